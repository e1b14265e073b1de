//! The opportunity incentive in the demonstration: an opportunity that was signed, linked to an account and
//! an order of its customer, with a claim that waits for its review.

use std::io::Write;

use anyhow::Context as _;
use domain::kernel::store::query_one;
use domain::money::opportunity_incentive::claim::{self, NewClaim};
use domain::money::opportunity_incentive::policy::{self, NewPolicy};
use domain::opportunity::content::draft::Seen;
use domain::opportunity::progress::link::{self, Links};
use domain::programme::calendar::Calendar;
use domain::programme::customer_profile::{self, Profile, SetCustomerProfile};
use domain::{Context, Role, Store};
use entity::{CloudAccountId, CustomerId, Day, Month, OpportunityState, PartnerId, opportunity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::money::{member, operator};

/// Micros of a unit.
const UNIT: i64 = 1_000_000;
/// The order that was signed.
const ORDER: &str = "SO-2026-0042";

/// Claims for the partner's opportunity that was signed, and says so.
pub(crate) async fn claim_for_signed(
    store: &Store,
    context: &Context,
    partner: PartnerId,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let row = opportunity::Entity::find()
        .filter(opportunity::Column::State.eq(OpportunityState::Won))
        .filter(opportunity::Column::PartnerId.eq(partner.0))
        .one(store.db())
        .await?
        .context("an opportunity that was signed")?;
    let (account, customer) = account_of(store, partner).await?;
    let profile = Profile {
        legal_name: row.customer_name.clone(),
        credit_code: None,
        enterprise: true,
        office_id: None,
        owner: None,
        province: row.province.clone(),
        city: String::new(),
    };
    let input = SetCustomerProfile { customer_id: customer, expected_version: 0, profile };
    customer_profile::set(store, context, None, input).await?;
    let seen = Seen { id: row.id, expected_version: row.version };
    let input = Links { seen, accounts: vec![account], orders: vec![ORDER.into()] };
    link::link(store, &member(partner), None, input).await?;
    let today = Day::of(Calendar::load(store.db()).await?.day_of(store.clock.now()));
    let input = NewPolicy {
        name: "Opportunity incentive".into(),
        valid_from: Month(today.0 / 100),
        valid_to: None,
        currency: row.currency,
        rate_ppm: 30_000,
        months: 12,
        opportunity_cap: 100_000 * UNIT,
        year_cap: 500_000 * UNIT,
    };
    policy::create(store, &operator("demo-finance", Role::Finance), None, input).await?;
    let input = NewClaim { opportunity_id: row.id, note: "The order is signed.".into(), evidence: None };
    let id = claim::create(store, &member(partner), None, input).await?;
    writeln!(out, "An incentive is claimed for the one that is WON: {id} waits for its review.")?;
    Ok(())
}

/// An account of a customer that the partner has.
async fn account_of(store: &Store, partner: PartnerId) -> anyhow::Result<(CloudAccountId, CustomerId)> {
    let sql = "SELECT a.id, a.customer_id FROM cloud_account a JOIN association s ON s.customer_id = a.customer_id \
               WHERE s.partner_id = $1 AND s.valid_from <= $2 AND s.valid_to > $2 ORDER BY a.id LIMIT 1";
    let row = query_one(store.db(), sql, [partner.0.into(), store.clock.now().0.into()]).await?;
    let row = row.context("a customer of the partner that shares")?;
    Ok((CloudAccountId(row.try_get_by_index(0)?), CustomerId(row.try_get_by_index(1)?)))
}
