//! The marketplace in the demonstration: terms, and the bill-out of the earlier month.

use std::io::Write;

use anyhow::bail;
use domain::money::market::terms::{SetTerms, set};
use domain::money::payment::business::{self, SetBusiness};
use domain::{Context, Store};
use entity::{Certification, MarketplaceCategory, Month, PartnerId, business_information};
use sea_orm::EntityTrait;

use super::plan::PARTNERS;
use crate::verb::bill_out;

/// Platform fee of goods and of solutions, in parts per million.
const PLATFORM_FEES: [(MarketplaceCategory, i32); 2] =
    [(MarketplaceCategory::Goods, 120_000), (MarketplaceCategory::Solutions, 80_000)];
/// Operating fee of both, in parts per million.
const OPERATING_FEE: i32 = 30_000;

/// Sets the terms and bills `month` out. The first seller confirms its bills; the last one is being certified anew, so
/// that its sales are not billed until that is done.
pub(crate) async fn bill_out(
    store: &Store,
    context: &Context,
    partners: &[PartnerId],
    month: Month,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let sellers: Vec<_> = PARTNERS.iter().zip(partners).filter(|(plan, _)| plan.shop.is_some()).collect();
    let confirms = sellers.first().map(|(_, id)| **id);
    for (category, platform_fee_ppm) in PLATFORM_FEES {
        for partner_id in [None, confirms] {
            let terms = SetTerms {
                partner_id,
                category,
                valid_from: month,
                platform_fee_ppm,
                operating_fee_ppm: OPERATING_FEE,
                needs_confirmation: partner_id.is_some(),
            };
            set(store, context, None, terms).await?;
        }
    }
    let Some((plan, id)) = sellers.last() else { bail!("nobody sells on the marketplace") };
    certify(store, context, **id, Certification::ChangeInReview).await?;
    let bills = bill_out::bill_out(store, month).await?;
    writeln!(out, "\nBilled the marketplace out for {month}: {bills} bills.")?;
    bill_out::print(store, month, out).await?;
    certify(store, context, **id, Certification::Certified).await?;
    let bills = bill_out::bill_out(store, month).await?;
    writeln!(out, "{} is certified again: {bills} more bills.", plan.name)?;
    Ok(())
}

/// Sets where the business information of a partner stands.
async fn certify(
    store: &Store,
    context: &Context,
    partner_id: PartnerId,
    certification: Certification,
) -> anyhow::Result<()> {
    let known = business_information::Entity::find_by_id(partner_id).one(store.db()).await?;
    let Some(known) = known else { bail!("{partner_id} has no business information") };
    let input = SetBusiness {
        partner_id,
        expected_version: known.version,
        certification,
        reason: None,
        legal_name: None,
        taxpayer_no: None,
        bank_account: None,
        email: None,
        language: None,
    };
    business::set(store, context, None, input).await?;
    Ok(())
}
