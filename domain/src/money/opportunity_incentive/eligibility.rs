//! Whether an opportunity earns the incentive: everything that speaks against it, and what it would come to.

use entity::{
    CloudAccountId, Day, Month, OpportunityKind, OpportunityState, PartnerId, PceClaimId, customer_profile,
    opportunity, partner_offering, pce_incentive_policy, pce_profile,
};
use sea_orm::{ConnectionTrait, EntityTrait, Value};

use super::{basis, policy, price};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{placeholders_behind, query, query_one};
use crate::programme::calendar::Calendar;

/// What speaks for and against a claim.
#[derive(Clone, Debug)]
pub struct Examined {
    /// Everything that speaks against it; empty if it may be claimed.
    pub violations: Vec<Refusal>,
    /// The policy of the month of signing.
    pub policy: Option<pce_incentive_policy::Model>,
    /// The year of signing.
    pub year: i32,
    /// The accounts whose cash counts.
    pub accounts: Vec<CloudAccountId>,
    /// The months whose cash counts.
    pub months: Vec<Month>,
    /// The orders it rests on.
    pub orders: Vec<String>,
    /// The cash so far, in micros.
    pub basis: i64,
    /// What it would come to now, in micros.
    pub amount: i64,
}

/// Looks at everything. `own` is the claim that there is already and that is not in its own way.
pub async fn examine<C: ConnectionTrait>(
    connection: &C,
    opportunity: &opportunity::Model,
    own: Option<PceClaimId>,
) -> Result<Examined> {
    let against = |code, detail: &str| Refusal::at("opportunityId", code, detail);
    let name = opportunity.name.as_str();
    let mut violations = Vec::new();
    if opportunity.kind != OpportunityKind::Po {
        violations.push(against(Code::PceNotPartners, name));
    }
    let signed = matches!(opportunity.state, OpportunityState::Won | OpportunityState::Delivered);
    let won_at = opportunity.won_at.filter(|_| signed);
    if won_at.is_none() {
        violations.push(against(Code::PceNotSigned, opportunity.state.name()));
    }
    if !core(connection, opportunity.partner_id).await? {
        violations.push(against(Code::PceNotCore, name));
    }
    if !listed(connection, opportunity).await? {
        violations.push(against(Code::PceOfferingNotListed, name));
    }
    violations.extend(customer(connection, opportunity).await?);
    let accounts = basis::accounts(connection, opportunity.id).await?;
    if accounts.is_empty() {
        violations.push(against(Code::PceNoAccount, name));
    }
    let orders = basis::orders(connection, opportunity.id).await?;
    if orders.is_empty() {
        violations.push(against(Code::PceNoOrder, name));
    }
    let (mut policy, mut year) = (None, 0);
    if let Some(at) = won_at {
        let day = Day::of(Calendar::load(connection).await?.day_of(at));
        let month = Month(day.0 / 100);
        year = month.year();
        policy = policy::of_month(connection, month, opportunity.currency).await?;
        if policy.is_none() {
            violations.push(against(Code::PceNoPolicy, &format!("{month} {}", opportunity.currency)));
        }
    }
    let months = match (&policy, won_at) {
        (Some(policy), Some(at)) => {
            let day = Day::of(Calendar::load(connection).await?.day_of(at));
            basis::months(Month(day.0 / 100), policy.months)
        }
        _ => Vec::new(),
    };
    violations.extend(taken(connection, opportunity, own, (&accounts, &months, &orders)).await?);
    let mut examined = Examined { violations, policy, year, accounts, months, orders, basis: 0, amount: 0 };
    price(connection, opportunity, own, &mut examined).await?;
    Ok(examined)
}

/// What it would come to now.
async fn price<C: ConnectionTrait>(
    connection: &C,
    opportunity: &opportunity::Model,
    own: Option<PceClaimId>,
    examined: &mut Examined,
) -> Result<()> {
    let (Some(policy), Some(partner)) = (&examined.policy, opportunity.partner_id) else { return Ok(()) };
    let used = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM pce_claim \
                WHERE partner_id = $1 AND year = $2 AND currency = $3 AND id <> $4 AND state NOT IN ('IN_REVIEW', 'REJECTED')";
    let values: [Value; 4] =
        [partner.0.into(), examined.year.into(), policy.currency.into(), own.map_or(0, |id| id.0).into()];
    let row = query_one(connection, used, values).await?;
    let used: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    examined.basis =
        basis::cash(connection, partner, &examined.accounts, &examined.months, policy.currency).await?.max(0);
    examined.amount = price::amount(policy, examined.basis, used)
        .map_err(|_| Error::Invariant(format!("a claim for {} overflows", opportunity.id)))?;
    Ok(())
}

async fn core<C: ConnectionTrait>(connection: &C, partner: Option<PartnerId>) -> Result<bool> {
    let Some(partner) = partner else { return Ok(false) };
    let profile = pce_profile::Entity::find_by_id(partner).one(connection).await?;
    Ok(profile.is_some_and(|profile| profile.core_map && profile.joined_at.is_some()))
}

async fn listed<C: ConnectionTrait>(connection: &C, opportunity: &opportunity::Model) -> Result<bool> {
    let Some(offering) = opportunity.offering_id else { return Ok(false) };
    let offering = partner_offering::Entity::find_by_id(offering).one(connection).await?;
    Ok(offering.is_some_and(|offering| offering.white_listed))
}

/// The customer is an enterprise whose account bears the name of the opportunity.
async fn customer<C: ConnectionTrait>(
    connection: &C,
    opportunity: &opportunity::Model,
) -> Result<Vec<Refusal>> {
    let profile = match opportunity.customer_id {
        None => None,
        Some(id) => customer_profile::Entity::find_by_id(id).one(connection).await?,
    };
    let against = |code, detail: &str| Refusal::at("opportunityId", code, detail);
    let Some(profile) = profile else {
        return Ok(vec![against(Code::PceNotEnterprise, &opportunity.customer_name)]);
    };
    let mut violations = Vec::new();
    if !profile.enterprise {
        violations.push(against(Code::PceNotEnterprise, &opportunity.customer_name));
    }
    if profile.name_key != opportunity.name_key {
        violations.push(against(Code::PceNameDiffers, &opportunity.customer_name));
    }
    Ok(violations)
}

/// Another claim in the way: of the same opportunity, or on the same orders or the cash of the same months.
async fn taken<C: ConnectionTrait>(
    connection: &C,
    opportunity: &opportunity::Model,
    own: Option<PceClaimId>,
    (accounts, months, orders): (&[CloudAccountId], &[Month], &[String]),
) -> Result<Vec<Refusal>> {
    let own = own.map_or(0, |id| id.0);
    let mut violations = Vec::new();
    let claim = "SELECT id FROM pce_claim WHERE opportunity_id = $1 AND id <> $2";
    if let Some(row) = query_one(connection, claim, [opportunity.id.0.into(), own.into()]).await? {
        let id = PceClaimId(row.try_get_by_index(0)?).to_string();
        violations.push(Refusal::at("opportunityId", Code::PceClaimedAlready, id));
    }
    if !orders.is_empty() {
        let list = placeholders_behind(1, orders.len());
        let sql = format!(
            "SELECT order_no FROM pce_claim_order WHERE claim_id <> $1 AND order_no IN {list} ORDER BY order_no"
        );
        let values = std::iter::once(own.into()).chain(orders.iter().map(|no| no.as_str().into()));
        for row in query(connection, &sql, values).await? {
            let no: String = row.try_get_by_index(0)?;
            violations.push(Refusal::at("opportunityId", Code::PceGroundTaken, no));
        }
    }
    if !accounts.is_empty() && !months.is_empty() {
        let sql = format!(
            "SELECT DISTINCT m.month, a.account_no FROM pce_claim_month m JOIN cloud_account a ON a.id = m.account_id \
             WHERE m.claim_id <> $1 AND m.account_id IN {} AND m.month IN {} ORDER BY m.month, a.account_no",
            placeholders_behind(1, accounts.len()),
            placeholders_behind(1 + accounts.len(), months.len())
        );
        let values = std::iter::once::<Value>(own.into())
            .chain(accounts.iter().map(|id| id.0.into()))
            .chain(months.iter().map(|month| month.0.into()));
        for row in query(connection, &sql, values).await? {
            let (month, account): (i32, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let ground = format!("{account}, {}", Month(month));
            violations.push(Refusal::at("opportunityId", Code::PceGroundTaken, ground));
        }
    }
    Ok(violations)
}
