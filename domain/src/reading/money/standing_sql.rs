//! The standing of partners' money, in plain signs: what is owed, under way, stuck, and paid.

use std::collections::BTreeMap;

use entity::{Currency, LedgerAccount, PartnerId, PaymentKind, PaymentState};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders, query};
use crate::money::ledger::balance::balances;
use crate::money::payment::machine;
use crate::reading::money::payment_request::sees_money;

/// The money of a partner in a currency, in micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The partner whose it is.
    pub partner_id: PartnerId,
    /// The currency of the amounts.
    pub currency: Currency,
    /// Earned, and not yet requested: what can be requested, and marketplace bills that are not handed in yet.
    pub owed: i64,
    /// Requested, and on its way.
    pub in_payment: i64,
    /// Requested, and refused or failed: somebody must act before it goes on.
    pub stuck: i64,
    /// Paid to the partner.
    pub paid: i64,
}

/// The standing of `partners`, of those whose money the caller sees.
pub async fn of(store: &Store, scope: Scope, partners: &[PartnerId]) -> Result<Vec<Standing>> {
    let seen: Vec<PartnerId> =
        partners.iter().copied().filter(|partner| sees_money(scope, *partner)).collect();
    if seen.is_empty() {
        return Ok(vec![]);
    }
    let mut found: BTreeMap<(PartnerId, Currency), Standing> = BTreeMap::new();
    for balance in balances(store.db(), &seen, None).await? {
        if balance.account == LedgerAccount::Payable {
            entry(&mut found, balance.partner_id, balance.currency).owed += balance.amount;
        }
    }
    let sql = format!(
        "SELECT partner_id, currency, kind, state, CAST(SUM(amount) AS BIGINT) FROM payment_request \
         WHERE partner_id IN {} GROUP BY partner_id, currency, kind, state",
        placeholders(1, seen.len())
    );
    for row in query(store.db(), &sql, seen.iter().map(|id| id.0.into())).await? {
        let standing = entry(&mut found, PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        let (kind, state): (PaymentKind, PaymentState) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let amount: i64 = row.try_get_by_index(4)?;
        match place(kind, state) {
            Some(Place::Owed) => standing.owed += amount,
            Some(Place::InPayment) => standing.in_payment += amount,
            Some(Place::Stuck) => standing.stuck += amount,
            Some(Place::Paid) => standing.paid += amount,
            None => {}
        }
    }
    Ok(found.into_values().collect())
}

fn entry(
    found: &mut BTreeMap<(PartnerId, Currency), Standing>,
    partner_id: PartnerId,
    currency: Currency,
) -> &mut Standing {
    let none = Standing { partner_id, currency, owed: 0, in_payment: 0, stuck: 0, paid: 0 };
    found.entry((partner_id, currency)).or_insert(none)
}

/// The place at which the money of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Owed,
    InPayment,
    Stuck,
    Paid,
}

/// The place of the money of a request of `kind` in `state`; nowhere if the request counts no more, or what it is made of
/// is counted already. PURE.
fn place(kind: PaymentKind, state: PaymentState) -> Option<Place> {
    match state {
        PaymentState::Paid => Some(Place::Paid),
        PaymentState::Cancelled => None,
        // Nobody handed it in: an incentive can still be requested otherwise, and is payable in the ledger.
        PaymentState::PendingSubmit | PaymentState::PendingConfirm => {
            (kind == PaymentKind::Marketplace).then_some(Place::Owed)
        }
        _ if machine::is_stuck(state) => Some(Place::Stuck),
        _ => Some(Place::InPayment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_was_rejected_is_not_on_its_way() {
        let of = |state| place(PaymentKind::Incentive, state);
        for state in PaymentState::ALL {
            let bad = ["REJECTED", "FAILED", "ERROR"].iter().any(|word| state.name().ends_with(word));
            assert_eq!(of(*state) == Some(Place::Stuck), bad, "{state}");
        }
        assert_eq!(of(PaymentState::Paid), Some(Place::Paid));
        assert_eq!((of(PaymentState::Cancelled), of(PaymentState::PendingSubmit)), (None, None));
        assert_eq!(place(PaymentKind::Marketplace, PaymentState::PendingConfirm), Some(Place::Owed));
    }
}
