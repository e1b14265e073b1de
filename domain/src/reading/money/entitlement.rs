//! What partners may request, what is frozen, and which request holds what.

use entity::{
    Columns as _, EntitlementId, IncentiveBillId, PartnerId, PaymentRequestId, columns_as,
    incentive_entitlement, incentive_freeze, payout_preference,
};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders, query};
use crate::money::incentive::expire::FREE;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;
use crate::reading::money::payment_request::sees_money;

/// The entitlements a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<incentive_entitlement::Model> {
    let columns = columns_as::<incentive_entitlement::Model>("e");
    Listing::new(columns, "incentive_entitlement e", scope.bills("e.partner_id", 1), |row| {
        Ok(incentive_entitlement::Model::read(row)?)
    })
}

/// Entitlements that no request holds and that have neither lapsed nor been set off.
#[must_use]
pub fn free() -> Predicate {
    Predicate::new(format!("(e.state = 'OPEN' AND {FREE})"), vec![])
}

/// The frozen parts of bills, of those the caller sees.
pub async fn frozen(
    store: &Store,
    scope: Scope,
    bills: &[IncentiveBillId],
) -> Result<Vec<incentive_freeze::Model>> {
    let of = Predicate::key_in("bill_id", bills.iter().map(|id| id.0.into()).collect());
    Listing::of("incentive_freeze", scope.bills("partner_id", 1)).all(store, of, "bill_id, id").await
}

/// Which live request holds which of `entitlements`. Whoever sees an entitlement sees its request.
pub async fn holders(
    store: &Store,
    entitlements: &[EntitlementId],
) -> Result<Vec<(EntitlementId, PaymentRequestId)>> {
    if entitlements.is_empty() {
        return Ok(Vec::new());
    }
    let list = placeholders(1, entitlements.len());
    let sql = format!(
        "SELECT source_id, request_id FROM payment_request_item i WHERE source = 'ENTITLEMENT' AND live AND source_id IN {list}"
    );
    let rows = query(store.db(), &sql, entitlements.iter().map(|id| id.0.into())).await?;
    rows.iter()
        .map(|row| Ok((EntitlementId(row.try_get_by_index(0)?), PaymentRequestId(row.try_get_by_index(1)?))))
        .collect()
}

/// How `partners` want their incentives, of those whose money the caller sees.
pub async fn preferences(
    store: &Store,
    scope: Scope,
    partners: &[PartnerId],
) -> Result<Vec<payout_preference::Model>> {
    let seen = partners.iter().filter(|partner| sees_money(scope, **partner));
    let of = Predicate::key_in("partner_id", seen.map(|id| id.0.into()).collect());
    Listing::of("payout_preference", Predicate::always()).all(store, of, "partner_id").await
}
