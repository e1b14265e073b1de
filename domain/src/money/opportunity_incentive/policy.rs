//! Policies of the incentive for opportunities: what they earn, by the month in which they were signed.

use entity::{Currency, Month, PcePolicyId, pce_incentive_policy};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::check_name;
use crate::programme::incentive_policy::ONE_PPM;

/// Most months whose cash counts: three years, as long as a contract usually is.
pub const MONTHS_LIMIT: i32 = 36;

/// A policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPolicy {
    /// What it is called.
    pub name: String,
    /// The first month of signing it is for.
    pub valid_from: Month,
    /// The last one; none if it goes on until the next policy begins.
    pub valid_to: Option<Month>,
    /// The currency.
    pub currency: Currency,
    /// Of the customer's cash, in parts per million.
    pub rate_ppm: i32,
    /// Months whose cash counts, from the month of signing.
    pub months: i32,
    /// Most that one opportunity earns, in micros.
    pub opportunity_cap: i64,
    /// Most that a partner earns with opportunities signed in a year, in micros.
    pub year_cap: i64,
}

/// Everything at fault with a policy. PURE.
#[must_use]
pub fn faults(new: &NewPolicy) -> Vec<Refusal> {
    let invalid = |path: &str, detail: String| Refusal::at(path, Code::Invalid, detail);
    let mut faults = Vec::new();
    faults.extend(check_name("name", &new.name).err());
    if new.valid_to.is_some_and(|to| to < new.valid_from) {
        faults.push(invalid("validTo", format!("not before {}", new.valid_from)));
    }
    if !(1..=ONE_PPM).contains(&new.rate_ppm) {
        faults.push(invalid("ratePpm", format!("1 to {ONE_PPM}")));
    }
    if !(1..=MONTHS_LIMIT).contains(&new.months) {
        faults.push(invalid("months", format!("1 to {MONTHS_LIMIT}")));
    }
    let unit = new.currency.minor_unit_micros();
    for (path, cap) in [("opportunityCap", new.opportunity_cap), ("yearCap", new.year_cap)] {
        if cap <= 0 || cap % unit != 0 {
            faults.push(invalid(path, format!("above zero, in multiples of {}", new.currency.text(unit))));
        }
    }
    faults
}

/// Makes a policy. One begins in a month for each currency; policies are not changed, the next one takes over.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewPolicy,
) -> Result<PcePolicyId> {
    let faults = faults(&input);
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let write = match Write::begin(store, context, "pceIncentivePolicyCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let row = pce_incentive_policy::Model {
        id: PcePolicyId(store.ids.next(write.now)),
        name: input.name.trim().to_owned(),
        valid_from: input.valid_from,
        valid_to: input.valid_to,
        currency: input.currency,
        rate_ppm: input.rate_ppm,
        months: input.months,
        opportunity_cap: input.opportunity_cap,
        year_cap: input.year_cap,
        created_by: write.actor().subject.clone(),
        created_at: write.now,
    };
    let id = row.id;
    let same = pce_incentive_policy::Entity::find()
        .filter(pce_incentive_policy::Column::Currency.eq(row.currency))
        .filter(pce_incentive_policy::Column::ValidFrom.eq(row.valid_from));
    if same.one(write.tx().orm()).await?.is_some() {
        return Err(Refusal::at(
            "validFrom",
            Code::AlreadyExists,
            format!("{} {}", input.valid_from, input.currency),
        )
        .into());
    }
    let values = row.into_active_model().reset_all();
    pce_incentive_policy::Entity::insert(values).exec_without_returning(write.tx().orm()).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// The policy of what was signed in `month`: the latest that began, if it has not ended.
pub(super) async fn of_month<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    currency: Currency,
) -> Result<Option<pce_incentive_policy::Model>> {
    let latest = pce_incentive_policy::Entity::find()
        .filter(pce_incentive_policy::Column::Currency.eq(currency))
        .filter(pce_incentive_policy::Column::ValidFrom.lte(month))
        .order_by_desc(pce_incentive_policy::Column::ValidFrom)
        .one(connection)
        .await?;
    Ok(latest.filter(|policy| policy.valid_to.is_none_or(|to| month <= to)))
}
