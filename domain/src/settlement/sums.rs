//! The sums of lines that bills rest on, and what they are rated by.

use entity::{
    AssociationMode, Currency, Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind, Reason, partner,
    product,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::price::{Group, Performer};
use crate::error::{Error, Result};
use crate::performance::history::History;
use crate::programme::incentive_policy::{Policy, load_all};
use crate::store::query;

/// Lines summed over customers and charging modes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTotal {
    /// Who is billed; 0 for nobody.
    pub bill_to_id: PartnerId,
    /// Whose performance it is; 0 for nobody's.
    pub partner_id: PartnerId,
    /// The month it belongs to.
    pub origin_month: Month,
    /// Mode; none for nobody's.
    pub mode: Option<AssociationMode>,
    /// The product.
    pub product_id: ProductId,
    /// The currency.
    pub currency: Currency,
    /// Why it counted or not.
    pub reason: Reason,
    /// Lines summed.
    pub lines: i64,
    /// Sum in micros.
    pub amount: i64,
    /// Payments.
    pub payments: i64,
}

impl LineTotal {
    /// `true` for performance.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.reason == Reason::Counted
    }
}

/// Sums the lines of `month` for partners after `from` up to `to`, in a fixed order. An overflow of a sum is
/// an error of the database, never a wrap.
pub async fn line_totals<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    from: i64,
    to: i64,
) -> Result<Vec<LineTotal>> {
    let key = "bill_to_id, partner_id, origin_month, mode, product_id, currency, reason";
    let sql = format!(
        "SELECT {key}, COUNT(*), CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) FROM performance_line \
         WHERE month = $1 AND bill_to_id > $2 AND bill_to_id <= $3 GROUP BY {key} ORDER BY {key}"
    );
    let rows = query(connection, &sql, [month.0.into(), from.into(), to.into()]).await?;
    rows.iter()
        .map(|row| {
            let reason: i16 = row.try_get_by_index(6)?;
            Ok(LineTotal {
                bill_to_id: PartnerId(row.try_get_by_index(0)?),
                partner_id: PartnerId(row.try_get_by_index(1)?),
                origin_month: Month(row.try_get_by_index(2)?),
                mode: AssociationMode::from_code(row.try_get_by_index(3)?),
                product_id: ProductId(row.try_get_by_index(4)?),
                currency: row.try_get_by_index(5)?,
                reason: Reason::from_code(reason)
                    .ok_or_else(|| Error::Invariant(format!("reason {reason}")))?,
                lines: row.try_get_by_index(7)?,
                amount: row.try_get_by_index(8)?,
                payments: row.try_get_by_index(9)?,
            })
        })
        .collect()
}

/// A digest of sums in their order: equal books have equal digests.
#[must_use]
pub fn digest(totals: &[LineTotal]) -> String {
    let mut hasher = blake3::Hasher::new();
    for total in totals {
        let numbers = [
            total.bill_to_id.0,
            total.partner_id.0,
            i64::from(total.origin_month.0),
            i64::from(total.mode.map_or(0, AssociationMode::code)),
            total.product_id.0,
            i64::from(total.reason.code()),
            total.lines,
            total.amount,
            total.payments,
        ];
        for number in numbers {
            hasher.update(&number.to_le_bytes());
        }
        hasher.update(total.currency.as_str().as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// What groups are rated by.
#[derive(Debug)]
pub struct Catalogue {
    /// Incentive policies, oldest first.
    pub policies: Vec<Policy>,
    performers: FxHashMap<PartnerId, Performer>,
    classes: FxHashMap<ProductId, String>,
    history: History,
}

impl Catalogue {
    /// Reads partners, products and policies.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let mut history = History::default();
        history.refresh(connection).await?;
        let partners = partner::Entity::find().all(connection).await?;
        let products = product::Entity::find().all(connection).await?;
        Ok(Self {
            policies: load_all(connection).await?,
            performers: partners
                .into_iter()
                .map(|p| (p.id, Performer { kind: p.kind, tier: p.tier }))
                .collect(),
            classes: products.into_iter().map(|p| (p.id, p.class)).collect(),
            history,
        })
    }

    /// What a rate may ask of a partner.
    #[must_use]
    pub fn performer(&self, id: PartnerId) -> Option<&Performer> {
        self.performers.get(&id)
    }

    /// `true` for a reseller.
    #[must_use]
    pub fn is_reseller(&self, id: PartnerId) -> bool {
        self.performer(id).is_some_and(|p| p.kind == PartnerKind::Reseller)
    }

    /// The group in which a sum is priced.
    #[must_use]
    pub fn group(&self, total: &LineTotal) -> Option<Group> {
        Some(Group {
            origin_month: total.origin_month,
            partner_id: total.partner_id,
            mode: total.mode?,
            product_class: self.classes.get(&total.product_id).cloned().unwrap_or_default(),
            policy: match self.history.policy(total.product_id, total.origin_month) {
                // Performance under this policy does not count; what still does was counted before.
                ProductPolicyKind::NoPerformance => ProductPolicyKind::Ordinary,
                policy => policy,
            },
        })
    }
}
