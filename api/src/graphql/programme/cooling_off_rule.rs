//! Rules on the cooling-off of customers that change their partner.

use async_graphql::{ID, InputObject};
use domain::programme::cooling_off::{self, SetRule};
use domain::programme::settings;
use entity::{Timestamp, cooling_off_rule, programme};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::CoolingOffCustomers;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::DateTime;

/// Longest reason, in characters: what fits a page of an audit trail.
const REASON_LIMIT: usize = 1_000;

impl Shown for cooling_off_rule::Model {
    const NAME: &'static str = "CoolingOffRule";

    fn object() -> Object<Self> {
        Object::<Self>::new("A rule on customers that change their partner, until the next one.")
            .field("validFrom", "It holds for associations that begin from this instant on.", |rule| {
                rule.valid_from
            })
            .field("months", "Calendar months in which nothing counts; 0 for none.", |rule| {
                i32::from(rule.months)
            })
            .field("customers", "The customers it holds for.", |rule| Choice(rule.customers))
            .field(
                "changedAt",
                "The instant at which it was set; null for what an installation begins with.",
                |rule| Some(rule.changed_at).filter(|at| at.0 > 0),
            )
    }
}

/// The rules, for each of `programmes`.
pub(super) async fn all(
    env: &Env,
    programmes: &[programme::Model],
) -> Outcome<Vec<Vec<cooling_off_rule::Model>>> {
    let rules = cooling_off::all(env.store.db()).await?;
    Ok(programmes.iter().map(|_| rules.clone()).collect())
}

/// A rule to be set.
#[derive(InputObject)]
pub(crate) struct CoolingOffRuleSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// It holds for associations that begin from this instant on; not in or before a final month.
    valid_from: DateTime,
    /// Calendar months in which nothing counts, 0 to 24.
    months: i32,
    /// The customers it holds for.
    customers: CoolingOffCustomers,
    /// The reason, kept in the audit trail; at most 1000 characters.
    reason: String,
}

impl Change for CoolingOffRuleSetInput {
    type Gives = Timestamp;
    const NAME: &'static str = "coolingOffRuleSet";
    const DOC: &'static str =
        "Sets from when on which customers cool off how long when they change their partner.";
    const INPUT: &'static str = "The rule to be set.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.column("programme", "The settings with all rules.", |env, changes, _| {
            Box::pin(async move {
                let programme = settings::load(env.store.db()).await?;
                Ok(changes.iter().map(|_| Some(programme.clone())).collect())
            })
        })
    }

    async fn change(self, env: &Env) -> domain::Result<Timestamp> {
        let mut checks = Checks::default();
        checks.text("reason", &self.reason, REASON_LIMIT);
        checks.done()?;
        let rule = SetRule {
            valid_from: self.valid_from.0,
            // Anything that does not fit is out of bounds anyway.
            months: i16::try_from(self.months).unwrap_or(i16::MAX),
            customers: self.customers.0,
            reason: self.reason,
        };
        cooling_off::set(&env.store, &env.context(), Some(&self.idempotency_key), rule).await
    }
}

/// Adds the change of the rules.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CoolingOffRuleSetInput>()
}
