//! Incentive policies: dated versions of rates. The version whose first month is the latest one not after a
//! month prices it (docs/domain.md, "Incentive policy").

use entity::{AssociationMode, IncentivePolicyId, Month, PartnerKind, incentive_policy, incentive_rate};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

use super::check_name;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};

/// Most rates of one policy.
pub const RATES_LIMIT: usize = 200;
/// One whole, in parts per million.
pub const ONE_PPM: i32 = 1_000_000;

/// One rate. The first rate of a policy that matches prices a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewRate {
    /// Only this product class.
    pub product_class: Option<String>,
    /// Only products of the policy kind SPECIFIC.
    pub specific_only: bool,
    /// Only this mode.
    pub mode: Option<AssociationMode>,
    /// Only partners of this kind.
    pub partner_kind: Option<PartnerKind>,
    /// Only partners of this tier.
    pub tier: Option<String>,
    /// Rate in parts per million.
    pub rate_ppm: i32,
    /// Performance in micros below which nothing is earned; none for no minimum.
    pub minimum: Option<i64>,
    /// Most that can be earned with this rate in a month, in micros.
    pub cap: Option<i64>,
}

/// A version of a policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPolicy {
    /// Name, shared by its versions.
    pub name: String,
    /// First month it prices.
    pub valid_from: Month,
    /// Its rates in the order of matching.
    pub rates: Vec<NewRate>,
}

/// Makes the next version of a policy.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewPolicy,
) -> Result<IncentivePolicyId> {
    check(&input)?;
    let write = match Write::begin(store, context, "incentivePolicyCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    // Two policies for one month, made at once, would not see each other.
    tx.lock_history(true).await?;
    refuse_closed(tx.orm(), input.valid_from).await?;
    let same = incentive_policy::Entity::find()
        .filter(incentive_policy::Column::ValidFrom.eq(input.valid_from))
        .order_by_desc(incentive_policy::Column::Version)
        .one(tx.orm())
        .await?;
    if let Some(same) = same {
        return Err(Refusal::at(
            "validFrom",
            Code::PolicyOverlaps,
            format!("{} v{}", same.name, same.version),
        )
        .into());
    }
    let last = incentive_policy::Entity::find()
        .filter(incentive_policy::Column::Name.eq(&input.name))
        .order_by_desc(incentive_policy::Column::Version)
        .one(tx.orm())
        .await?;
    let id = IncentivePolicyId(store.ids.next(write.now));
    let policy = incentive_policy::ActiveModel {
        id: Set(id),
        name: Set(input.name.clone()),
        version: Set(last.map_or(1, |l| l.version + 1)),
        valid_from: Set(input.valid_from),
        valid_to: Set(None),
        created_by: Set(write.actor().subject.clone()),
        created_at: Set(write.now),
    };
    policy.insert(tx.orm()).await?;
    for (seq, rate) in (1_i16..).zip(&input.rates) {
        let rate = incentive_rate::ActiveModel {
            policy_id: Set(id),
            seq: Set(seq),
            product_class: Set(rate.product_class.clone()),
            specific_only: Set(rate.specific_only),
            mode: Set(rate.mode),
            partner_kind: Set(rate.partner_kind),
            tier: Set(rate.tier.clone()),
            rate_ppm: Set(rate.rate_ppm),
            minimum: Set(rate.minimum),
            cap: Set(rate.cap),
        };
        rate.insert(tx.orm()).await?;
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Refuses a version that cannot be.
pub(crate) fn check(input: &NewPolicy) -> Result<()> {
    check_name("name", &input.name)?;
    let mut refusals = Vec::new();
    if input.rates.is_empty() || input.rates.len() > RATES_LIMIT {
        refusals.push(Refusal::at("rates", Code::Invalid, format!("a policy has 1 to {RATES_LIMIT} rates")));
    }
    for (i, rate) in input.rates.iter().enumerate() {
        let path = |field: &str| vec!["rates".to_owned(), i.to_string(), field.to_owned()];
        if !(0..=ONE_PPM).contains(&rate.rate_ppm) {
            let detail = format!("a rate lies between 0 and {ONE_PPM} ppm");
            refusals.push(Refusal { code: Code::Invalid, path: path("ratePpm"), detail });
        }
        if rate.minimum.is_some_and(|minimum| minimum < 0) {
            refusals.push(Refusal {
                code: Code::Invalid,
                path: path("minimum"),
                detail: "not below 0".into(),
            });
        }
        if rate.cap.is_some_and(|cap| cap <= 0) {
            refusals.push(Refusal { code: Code::Invalid, path: path("cap"), detail: "above 0".into() });
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(crate::Error::Refused(refusals)) }
}

async fn refuse_closed<C: ConnectionTrait>(connection: &C, from: Month) -> Result<()> {
    let closed = entity::settlement_month::Entity::find()
        .filter(entity::settlement_month::Column::Closed.eq(true))
        .filter(entity::settlement_month::Column::Month.gte(from))
        .one(connection)
        .await?;
    match closed {
        Some(closed) => Err(Refusal::at("validFrom", Code::MonthClosed, closed.month.to_string()).into()),
        None => Ok(()),
    }
}

/// A policy with its rates in the order of matching.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The version.
    pub policy: incentive_policy::Model,
    /// Its rates.
    pub rates: Vec<incentive_rate::Model>,
}

/// Every policy version, oldest first.
pub async fn load_all<C: ConnectionTrait>(connection: &C) -> Result<Vec<Policy>> {
    let policies = incentive_policy::Entity::find()
        .order_by_asc(incentive_policy::Column::ValidFrom)
        .all(connection)
        .await?;
    let mut rates = incentive_rate::Entity::find()
        .order_by_asc(incentive_rate::Column::PolicyId)
        .order_by_asc(incentive_rate::Column::Seq)
        .all(connection)
        .await?;
    Ok(policies
        .into_iter()
        .map(|policy| {
            let mine = rates.extract_if(.., |rate| rate.policy_id == policy.id).collect();
            Policy { policy, rates: mine }
        })
        .collect())
}

/// The policy that prices `month`. PURE.
#[must_use]
pub fn for_month(policies: &[Policy], month: Month) -> Option<&Policy> {
    policies.iter().rev().find(|p| p.policy.valid_from <= month)
}
