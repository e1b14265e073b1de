//! Payment requests added up by what the caller asks for, in one statement.

use std::borrow::Cow;

use entity::{
    Currency, Listed as _, Month, PartnerId, PaymentKind, PaymentState, PayoutWay, RowReader, Timestamp,
};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::money::payment::machine::{self, Stage};
use crate::reading::list::grouped_sql::{Group, Grouped, read_columns};
use crate::reading::list::page::Key;
use crate::reading::list::predicate::Predicate;
use crate::reading::performance::performance_sum::quarter;

/// A dimension by which sums of requests can be grouped. Currencies are always kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestDimension {
    /// The partner that is paid.
    Partner,
    /// Marketplace or incentive.
    Kind,
    /// The way of payment.
    Way,
    /// The stage of the state.
    Stage,
    /// The state of the requests.
    State,
    /// The latest month that is paid.
    Month,
    /// The quarter of that month.
    Quarter,
}

impl RequestDimension {
    const ALL: [Self; 7] =
        [Self::Partner, Self::Kind, Self::Way, Self::Stage, Self::State, Self::Month, Self::Quarter];

    fn group(self) -> Group {
        match self {
            Self::Partner => Group::by(Key::int("partner_id"), "partner_id"),
            Self::Kind => Group::by(Key::text("kind"), "kind"),
            Self::Way => Group::by(Key::text("way"), "way"),
            Self::Stage => Group { sql: Cow::Owned(stage_sql()), ..Group::by(Key::text("stage"), "") },
            Self::State => Group::by(Key::text("state"), "state"),
            Self::Month => Group::by(Key::int("month"), "month"),
            Self::Quarter => quarter("month"),
        }
    }
}

/// The names of the states of one stage. PURE.
fn states_of(stage: Stage) -> Vec<&'static str> {
    let of = PaymentState::ALL.iter().filter(|state| machine::stage(**state) == stage);
    of.map(|state| state.name()).collect()
}

/// The stage of the state of a row. PURE.
fn stage_sql() -> String {
    let case = |stage: &Stage| {
        let states: Vec<_> = states_of(*stage).into_iter().map(|state| format!("'{state}'")).collect();
        (!states.is_empty()).then(|| format!("WHEN state IN ({}) THEN '{}'", states.join(", "), stage.name()))
    };
    let cases: Vec<_> = Stage::ALL.iter().filter_map(case).collect();
    format!("CASE {} ELSE '' END", cases.join(" "))
}

/// Requests in a state of one of `stages`.
#[must_use]
pub fn in_stages(stages: &[Stage]) -> Predicate {
    let states = stages.iter().flat_map(|stage| states_of(*stage));
    Predicate::one_of("state", states.map(Into::into).collect())
}

/// One group of requests. Members that were not grouped by are `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSum {
    /// The partner that is paid.
    pub partner_id: Option<PartnerId>,
    /// Marketplace or incentive.
    pub kind: Option<PaymentKind>,
    /// The way of payment.
    pub way: Option<PayoutWay>,
    /// The stage of the state.
    pub stage: Option<Stage>,
    /// The state of the requests.
    pub state: Option<PaymentState>,
    /// The latest month that is paid.
    pub month: Option<Month>,
    /// The quarter of that month.
    pub quarter: Option<i32>,
    /// The currency of the sums.
    pub currency: Currency,
    /// The number of them.
    pub count: i64,
    /// Their amounts, in micros.
    pub amount: i64,
    /// Since when the oldest stands where it stands.
    pub oldest_since: Timestamp,
}

const SUMS: &str =
    "COUNT(*) AS count, CAST(SUM(amount) AS BIGINT) AS amount, MIN(state_since) AS oldest_since";

/// The sums of the requests a caller sees, by what it names.
#[must_use]
pub fn sums(scope: Scope, by: &[RequestDimension]) -> Grouped<RequestSum> {
    let asked = RequestDimension::ALL.into_iter().filter(|dimension| by.contains(dimension));
    let mut groups: Vec<Group> = asked.map(RequestDimension::group).collect();
    groups.push(Group::by(Key::text("currency"), "currency"));
    let all = RequestDimension::ALL.map(|dimension| dimension.group().key);
    let columns = format!("{}, currency, count, amount, oldest_since", read_columns(&all, &groups));
    Grouped::new("payment_request", scope.bills("partner_id", 1).into(), groups, SUMS, columns, read)
}

fn read(row: &mut RowReader<'_>) -> Result<RequestSum> {
    Ok(RequestSum {
        partner_id: row.take()?,
        kind: row.take()?,
        way: row.take()?,
        stage: row.take::<Option<String>>()?.and_then(|name| Stage::published(&name)),
        state: row.take()?,
        month: row.take()?,
        quarter: row.take()?,
        currency: row.take()?,
        count: row.take()?,
        amount: row.take()?,
        oldest_since: row.take()?,
    })
}
