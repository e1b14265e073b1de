//! What a transition does with the money and with what the request holds.

use entity::{LedgerAccount, PaymentKind, PceClaimOperation, Timestamp, payment_request};

use super::create::Item;
use super::machine::Effect;
use crate::kernel::error::Result;
use crate::kernel::machine::Turn;
use crate::kernel::store::{Tx, exec, query_one};
use crate::money::ledger::{Entry, Posting, post, post_many};
use crate::money::opportunity_incentive::follow::follow;
use crate::money::settlement_bill::voided;

/// Items of a request, added up by their sign, in micros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What is paid.
    pub positive: i64,
    /// What is set off: zero or below.
    pub negative: i64,
}

/// The postings of an effect: account and amount. PURE.
#[must_use]
pub fn entries(effect: Effect, sums: Sums) -> Vec<(LedgerAccount, i64)> {
    use LedgerAccount::{Carried, Earned, InPayout, Paid, Payable};
    let Sums { positive, negative } = sums;
    let amount = positive + negative;
    match effect {
        Effect::Reserve => vec![(Payable, -positive), (Carried, -negative), (InPayout, amount)],
        Effect::Unreserve => vec![(Payable, positive), (Carried, negative), (InPayout, -amount)],
        Effect::Pay => vec![(InPayout, -amount), (Paid, amount)],
        // What was set off is owed again; what the bills of this request brought is not earned.
        Effect::Void => vec![(InPayout, -amount), (Earned, positive), (Carried, negative)],
        Effect::Release
        | Effect::SignInvoices
        | Effect::PassInvoices
        | Effect::WithdrawInvoices
        | Effect::OpenRound
        | Effect::TurnClock
        | Effect::Tell => vec![],
    }
}

/// Posts what `effect` moves, and lets go of items where it says so.
pub(super) async fn move_money(
    turn: Turn<'_>,
    request: &payment_request::Model,
    effect: Effect,
    kind: &str,
) -> Result<()> {
    let sums = sums(turn.tx, request).await?;
    post(turn.tx, turn.now, posting(request, effect, sums, kind)).await?;
    if matches!(effect, Effect::Release | Effect::Void) {
        let sql = "UPDATE payment_request_item SET live = $1 WHERE request_id = $2";
        exec(turn.tx.orm(), sql, [false.into(), request.id.0.into()]).await?;
    }
    match effect {
        Effect::Release => follow(turn, &[request.id], PceClaimOperation::Release).await,
        Effect::Pay => follow(turn, &[request.id], PceClaimOperation::Pay).await,
        Effect::Void => voided(turn.tx, turn.store, turn.now, request).await,
        _ => Ok(()),
    }
}

/// Posts for requests just made, of their items, where their money is reserved at once.
pub(super) async fn reserve_new(
    tx: &Tx,
    now: Timestamp,
    made: &[payment_request::Model],
    items: &[Vec<Item>],
    kind: &str,
) -> Result<()> {
    let mut postings = Vec::with_capacity(made.len());
    for (request, items) in made.iter().zip(items).filter(|(request, _)| reserved_at_once(request.kind)) {
        let mut sums = Sums::default();
        for item in items {
            *if item.amount > 0 { &mut sums.positive } else { &mut sums.negative } += item.amount;
        }
        postings.push(posting(request, Effect::Reserve, sums, kind));
    }
    post_many(tx, now, &postings).await
}

fn posting<'a>(request: &payment_request::Model, effect: Effect, sums: Sums, kind: &'a str) -> Posting<'a> {
    let currency = request.currency;
    let entries = entries(effect, sums).into_iter();
    let entries = entries.map(|(account, amount)| Entry { account, currency, amount }).collect();
    Posting { partner_id: request.partner_id, kind, entity: request.id.to_string(), entries }
}

/// The items of a request by sign.
async fn sums(tx: &Tx, request: &payment_request::Model) -> Result<Sums> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END), 0) AS BIGINT), \
               CAST(COALESCE(SUM(CASE WHEN amount < 0 THEN amount ELSE 0 END), 0) AS BIGINT) \
               FROM payment_request_item WHERE request_id = $1";
    let Some(row) = query_one(tx.orm(), sql, [request.id.0.into()]).await? else {
        return Ok(Sums::default());
    };
    Ok(Sums { positive: row.try_get_by_index(0)?, negative: row.try_get_by_index(1)? })
}

/// `true` if the money of a request of this kind is reserved when it is made.
#[must_use]
pub const fn reserved_at_once(kind: PaymentKind) -> bool {
    matches!(kind, PaymentKind::Marketplace)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_effect_moves_money_without_making_any(positive in 1..i64::MAX / 4, part in 0.0..1.0_f64) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_arithmetic)]
            let negative = -((positive as f64 * part) as i64).min(positive - 1);
            let sums = Sums { positive, negative };
            for effect in [Effect::Reserve, Effect::Unreserve, Effect::Pay, Effect::Void] {
                let sum: i64 = entries(effect, sums).iter().map(|(_, amount)| amount).sum();
                proptest::prop_assert_eq!(sum, 0);
            }
            let back = entries(Effect::Unreserve, sums);
            for (account, amount) in entries(Effect::Reserve, sums) {
                proptest::prop_assert!(back.contains(&(account, -amount)));
            }
        }
    }
}
