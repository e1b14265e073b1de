//! Payments as lists.

use entity::{CloudAccountId, Month, Timestamp};
use sea_orm::Value;

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::performance::refs::PaymentRef;
use crate::performance::view::{FROM, PaymentView};
use crate::reading::list::listing::Listing;
use crate::reading::list::page::{Key, KeyValue, Order};
use crate::reading::list::predicate::Predicate;

/// The payments a caller sees. A partner sees those of the time in which it had the customer, or a reseller that was its own
/// then.
#[must_use]
pub fn list(scope: Scope) -> Listing<PaymentView> {
    Listing::of(FROM, seen(scope))
}

/// The condition that a caller sees payment `p` of account `a`.
pub(crate) fn seen(scope: Scope) -> Predicate {
    scope.customers_at("a.customer_id", "p.consumed_at", 1).into()
}

/// The one order of payments: that of their key.
#[must_use]
pub fn order() -> Order {
    let keys = vec![
        Key::int("p.month"),
        Key::int("p.account_id"),
        Key::int("p.consumed_at"),
        Key::bytes("p.fingerprint"),
        Key::int("p.occurrence"),
    ];
    Order { name: "payments".into(), keys, descending: false }
}

/// The payments with these references, those the caller sees.
pub async fn by_refs(store: &Store, scope: Scope, refs: &[PaymentRef]) -> Result<Vec<PaymentView>> {
    let one = |p: &PaymentRef| {
        let values: Vec<Value> = vec![
            p.month.0.into(),
            p.account_id.0.into(),
            p.consumed_at.0.into(),
            p.fingerprint.to_vec().into(),
            p.occurrence.into(),
        ];
        Predicate::new(
            "(p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence) = ($1, $2, $3, $4, $5)",
            values,
        )
    };
    list(scope).all(store, Predicate::any(refs.iter().map(one)), "p.month, p.account_id").await
}

/// The key of a payment in that order.
#[must_use]
pub fn key(payment: &PaymentRef) -> Vec<KeyValue> {
    vec![
        KeyValue::Int(payment.month.0.into()),
        KeyValue::Int(payment.account_id.0),
        KeyValue::Int(payment.consumed_at.0),
        KeyValue::Bytes(payment.fingerprint.to_vec()),
        KeyValue::Int(payment.occurrence.into()),
    ]
}

/// The payment of a key; `None` if it is no payment's.
#[must_use]
pub fn reference(key: &[KeyValue]) -> Option<PaymentRef> {
    use KeyValue::{Bytes, Int};
    let [Int(month), Int(account), Int(consumed_at), Bytes(fingerprint), Int(occurrence)] = key else {
        return None;
    };
    Some(PaymentRef {
        month: Month(i32::try_from(*month).ok()?),
        account_id: CloudAccountId(*account),
        consumed_at: Timestamp(*consumed_at),
        fingerprint: fingerprint.as_slice().try_into().ok()?,
        occurrence: i32::try_from(*occurrence).ok()?,
    })
}
