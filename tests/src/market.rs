//! Sellers of the marketplace for tests: partners with a name there, their terms, and what they sold.

use domain::money::market::terms::{self, SetTerms};
use domain::programme::partner::{self, NewPartner};
use entity::{Certification, MarketplaceCategory, PartnerId, PartnerKind};

use crate::partner::certify;
use crate::world::{World, month};

/// A partner that sells under its own name, not certified.
///
/// # Panics
/// If it is refused.
pub async fn seller(world: &World, name: &str) -> PartnerId {
    let input = NewPartner {
        kind: PartnerKind::SolutionProvider,
        name: name.into(),
        tier: "STANDARD".into(),
        region: "CN-EAST".into(),
        may_own_customers: true,
        marketplace_name: Some(name.into()),
    };
    partner::create(&world.store, &world.context, None, input).await.expect("a seller")
}

/// A seller that is certified.
///
/// # Panics
/// If it is refused.
pub async fn certified_seller(world: &World, name: &str) -> PartnerId {
    let id = seller(world, name).await;
    certify(world, id, Certification::Certified).await;
    id
}

/// Terms of everybody for goods, in parts per million.
///
/// # Panics
/// If they are refused.
pub async fn goods_terms(world: &World, valid_from: &str, platform_fee_ppm: i32, operating_fee_ppm: i32) {
    let input = SetTerms {
        partner_id: None,
        category: MarketplaceCategory::Goods,
        valid_from: month(valid_from),
        platform_fee_ppm,
        operating_fee_ppm,
        needs_confirmation: false,
    };
    terms::set(&world.store, &world.context, None, input).await.expect("terms");
}

/// One row of a bill with [`crate::world::FOCUS_HEADER`], in USD: `account` bought from `seller`.
#[must_use]
pub fn sale(seller: &str, account: &str, amount: &str, when: &str, note: &str) -> String {
    sale_as("Purchase", seller, account, amount, when, note)
}

/// The same in a category of charges.
#[must_use]
pub fn sale_as(category: &str, seller: &str, account: &str, amount: &str, when: &str, note: &str) -> String {
    format!(
        "{amount},USD,{category},,{when},Marketplace Software,Other,{account},Cloud,{seller},Cloud,,{note}"
    )
}
