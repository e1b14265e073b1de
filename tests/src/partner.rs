//! A partner: who acts for it, its business information, what its ledger holds.

use domain::kernel::store::query;
use domain::money::payment::business::{self, SetBusiness};
use domain::{Actor, Context, Principal};
use entity::{Certification, PartnerId};

use crate::world::World;

/// A person of a partner.
#[must_use]
pub fn member_of(partner_id: PartnerId) -> Context {
    let actor = Actor { subject: "member".into(), principal: Principal::Partner { partner_id } };
    Context { actor, request_id: None }
}

/// Sets where the business information of a partner stands.
///
/// # Panics
/// If it is refused.
pub async fn certify(world: &World, partner_id: PartnerId, certification: Certification) {
    let sql = "SELECT version FROM business_information WHERE partner_id = $1";
    let known = query(world.store.db(), sql, [partner_id.0.into()]).await.expect("a version");
    let version = known.first().map_or(0, |row| row.try_get_by_index(0).expect("a version"));
    let input = business_of(partner_id, version, certification);
    business::set(&world.store, &world.context, None, input).await.expect("business information");
}

/// Business information that can be certified.
#[must_use]
pub fn business_of(partner_id: PartnerId, version: i32, certification: Certification) -> SetBusiness {
    SetBusiness {
        partner_id,
        expected_version: version,
        certification,
        reason: None,
        legal_name: Some("Provider Ltd".into()),
        taxpayer_no: Some("91310000".into()),
        bank_account: Some("6222000011112222".into()),
        email: Some("finance@provider.example".into()),
        language: Some("en".into()),
    }
}

/// The balances of a partner's ledger in parts of so many micros, as text, zeros left out.
///
/// # Panics
/// If they cannot be read.
pub async fn balances(world: &World, partner: PartnerId, micros: i64) -> Vec<String> {
    let found =
        domain::money::ledger::balance::balances(world.store.db(), &[partner], None).await.expect("balances");
    let shown = found.iter().filter(|balance| balance.amount != 0);
    shown.map(|balance| format!("{} {}", balance.account, balance.amount / micros)).collect()
}
