//! What the vendor takes of sales: terms by category, for everybody or for one seller, from a month on.

use entity::{MarketplaceCategory, Month, PartnerId, SettlementBillId, TermsId, marketplace_terms};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};

use super::open::Sellers;
use super::price::Fees;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, query, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::partner;

/// The whole, in parts per million: fees cannot be more than sales.
pub const WHOLE_PPM: i32 = 1_000_000;

/// Terms to be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetTerms {
    /// For whom; none for every seller without terms of its own.
    pub partner_id: Option<PartnerId>,
    /// For which category.
    pub category: MarketplaceCategory,
    /// First month of sales they hold for.
    pub valid_from: Month,
    /// Platform fee, in parts per million.
    pub platform_fee_ppm: i32,
    /// Operating fee, in parts per million.
    pub operating_fee_ppm: i32,
    /// The seller confirms the bill before it is countersigned.
    pub needs_confirmation: bool,
}

/// Sets terms. Refused for months of which something is billed by them: what was taken stays provable.
pub async fn set(store: &Store, context: &Context, key: Option<&str>, input: SetTerms) -> Result<TermsId> {
    check(&input)?;
    let write = match Write::begin(store, context, "marketplaceTermsSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    super::batch::alone(write.tx()).await?;
    if let Some(id) = input.partner_id {
        partner::find(orm, "partnerId", id).await?;
    }
    refuse_what_is_billed(orm, &input).await?;
    let sql = "INSERT INTO marketplace_terms (id, partner_id, category, valid_from, platform_fee_ppm, operating_fee_ppm, \
               needs_confirmation, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
               ON CONFLICT (COALESCE(partner_id, 0), category, valid_from) DO UPDATE SET platform_fee_ppm = excluded.platform_fee_ppm, \
               operating_fee_ppm = excluded.operating_fee_ppm, needs_confirmation = excluded.needs_confirmation, \
               created_by = excluded.created_by, created_at = excluded.created_at RETURNING id";
    let values: [Value; 9] = [
        store.ids.next(write.now).into(),
        input.partner_id.map(|id| id.0).into(),
        input.category.name().into(),
        input.valid_from.0.into(),
        input.platform_fee_ppm.into(),
        input.operating_fee_ppm.into(),
        input.needs_confirmation.into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
    ];
    let id = match query_one(orm, sql, values).await? {
        Some(row) => TermsId(row.try_get_by_index(0)?),
        None => return Err(crate::Error::Invariant("terms were not written".into())),
    };
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

fn check(input: &SetTerms) -> Result<()> {
    let mut refusals = Vec::new();
    for (field, ppm) in
        [("platformFeePpm", input.platform_fee_ppm), ("operatingFeePpm", input.operating_fee_ppm)]
    {
        if !(0..=WHOLE_PPM).contains(&ppm) {
            refusals.push(Refusal::at(
                field,
                Code::Invalid,
                format!("{field} lies between 0 and {WHOLE_PPM}"),
            ));
        }
    }
    if refusals.is_empty() && input.platform_fee_ppm + input.operating_fee_ppm > WHOLE_PPM {
        let detail = format!("both fees together are at most {WHOLE_PPM}");
        refusals.push(Refusal::at("operatingFeePpm", Code::Invalid, detail));
    }
    if refusals.is_empty() { Ok(()) } else { Err(crate::Error::Refused(refusals)) }
}

async fn refuse_what_is_billed<C: ConnectionTrait>(connection: &C, input: &SetTerms) -> Result<()> {
    let sql = "SELECT b.id FROM settlement_bill b JOIN settlement_bill_line l ON l.bill_id = b.id \
               WHERE b.state <> 'CANCELLED' AND b.category = $1 AND l.kind <> 'RESIDUE' AND l.origin_month >= $2 \
               AND (CAST($3 AS BIGINT) = 0 OR b.partner_id = $3) ORDER BY b.id LIMIT 1";
    let values: [Value; 3] = [
        input.category.name().into(),
        input.valid_from.0.into(),
        input.partner_id.map_or(0, |id| id.0).into(),
    ];
    if let Some(row) = query_one(connection, sql, values).await? {
        let bill = SettlementBillId(row.try_get_by_index(0)?);
        let detail =
            format!("sales of {} or later are billed by {bill}; begin with a later month", input.valid_from);
        return Err(Refusal::at("validFrom", Code::Invalid, detail).into());
    }
    Ok(())
}

/// The terms of some sellers.
#[derive(Clone, Debug, Default)]
pub struct Terms(Vec<marketplace_terms::Model>);

impl Terms {
    /// Those of everybody, and of `sellers`.
    pub async fn load<C: ConnectionTrait>(connection: &C, sellers: Sellers) -> Result<Self> {
        let sql = "SELECT * FROM marketplace_terms WHERE partner_id IS NULL OR (partner_id > $1 AND partner_id <= $2) \
                   ORDER BY valid_from";
        let rows = query(connection, sql, [sellers.after.0.into(), sellers.to.0.into()]).await?;
        let rows = rows.iter().map(|row| Ok(marketplace_terms::Model::from_query_result(row, "")?));
        Ok(Self(rows.collect::<Result<_>>()?))
    }

    /// PURE. The terms for sales of a month: the latest of the seller's own, else the latest of everybody.
    #[must_use]
    pub fn of(
        &self,
        partner: PartnerId,
        category: MarketplaceCategory,
        month: Month,
    ) -> Option<&marketplace_terms::Model> {
        let latest = |of: Option<PartnerId>| {
            self.0
                .iter()
                .filter(|t| t.partner_id == of && t.category == category && t.valid_from <= month)
                .max_by_key(|t| t.valid_from)
        };
        latest(Some(partner)).or_else(|| latest(None))
    }
}

/// What terms take.
#[must_use]
pub fn fees(terms: &marketplace_terms::Model) -> Fees {
    Fees { platform_ppm: terms.platform_fee_ppm, operating_ppm: terms.operating_fee_ppm }
}

#[cfg(test)]
mod tests {
    use entity::Timestamp;

    use super::*;

    fn row(partner: Option<i64>, from: i32, ppm: i32) -> marketplace_terms::Model {
        marketplace_terms::Model {
            id: TermsId(1),
            partner_id: partner.map(PartnerId),
            category: MarketplaceCategory::Goods,
            valid_from: Month(from),
            platform_fee_ppm: ppm,
            operating_fee_ppm: 0,
            needs_confirmation: false,
            created_by: "test".into(),
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn a_sellers_own_terms_win_then_the_latest_that_began() {
        let terms = Terms(vec![
            row(None, 202_601, 1),
            row(None, 202_609, 2),
            row(Some(7), 202_603, 3),
            row(Some(7), 202_606, 4),
        ]);
        for (partner, month, expected) in [
            (7, 202_512, None),
            (7, 202_602, Some(1)),
            (7, 202_603, Some(3)),
            (7, 202_612, Some(4)),
            (8, 202_608, Some(1)),
            (8, 202_609, Some(2)),
        ] {
            let found = terms.of(PartnerId(partner), MarketplaceCategory::Goods, Month(month));
            assert_eq!(found.map(|t| t.platform_fee_ppm), expected, "{partner} {month}");
        }
        assert!(terms.of(PartnerId(7), MarketplaceCategory::Solutions, Month(202_612)).is_none());
    }
}
