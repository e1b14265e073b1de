//! The marketplace in the demonstration: terms, certified sellers, and the bill-out of the earlier month.

use std::io::Write;

use domain::market::terms::{SetTerms, set};
use domain::payment::business::{self, SetBusiness};
use domain::{Context, Store};
use entity::{Certification, MarketplaceCategory, Month, PartnerId, business_information};
use sea_orm::EntityTrait;

use super::plan::PARTNERS;
use crate::bill_out;

/// Platform fee of goods and of solutions, in parts per million.
const PLATFORM_FEES: [(MarketplaceCategory, i32); 2] =
    [(MarketplaceCategory::Goods, 120_000), (MarketplaceCategory::Solutions, 80_000)];
/// Operating fee of both, in parts per million.
const OPERATING_FEE: i32 = 30_000;

/// Sets the terms, certifies all sellers but the last, and bills `month` out.
pub(crate) async fn bill_out(
    store: &Store,
    context: &Context,
    partners: &[PartnerId],
    month: Month,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    for (category, platform_fee_ppm) in PLATFORM_FEES {
        let terms = SetTerms {
            partner_id: None,
            category,
            valid_from: month,
            platform_fee_ppm,
            operating_fee_ppm: OPERATING_FEE,
            needs_confirmation: false,
        };
        set(store, context, None, terms).await?;
    }
    let mut sellers: Vec<_> = PARTNERS.iter().zip(partners).filter(|(plan, _)| plan.shop.is_some()).collect();
    let uncertified = sellers.pop();
    for (plan, id) in sellers {
        certify(store, context, plan.name, *id).await?;
    }
    let bills = bill_out::bill_out(store, month).await?;
    writeln!(out, "\nBilled the marketplace out for {month}: {bills} bills.")?;
    if let Some((plan, _)) = uncertified {
        writeln!(out, "{} is not certified: it gets none yet.", plan.name)?;
    }
    bill_out::print(store, month, out).await
}

async fn certify(store: &Store, context: &Context, name: &str, partner_id: PartnerId) -> anyhow::Result<()> {
    let known = business_information::Entity::find_by_id(partner_id).one(store.db()).await?;
    if known.as_ref().is_some_and(|row| row.certification == Certification::Certified) {
        return Ok(());
    }
    let input = SetBusiness {
        partner_id,
        expected_version: known.map_or(0, |row| row.version),
        certification: Certification::Certified,
        reason: None,
        legal_name: format!("{name} Ltd"),
        taxpayer_no: "91310000MA1FL00000".into(),
        bank_account: "6222020000000001234".into(),
        email: String::new(),
        language: "zh-CN".into(),
    };
    business::set(store, context, None, input).await?;
    Ok(())
}
