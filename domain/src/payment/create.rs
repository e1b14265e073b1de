//! Making a payment request out of what a partner may be paid.

use entity::{
    Currency, Month, PartnerId, PaymentActor, PaymentKind, PaymentOperation, PaymentRequestId, PaymentSource,
    PaymentState, PayoutWay, Timestamp, payment_request,
};
use sea_orm::Value;

use super::machine::Effect;
use super::{apply, clocks, effect, machine};
use crate::error::{Code, Error, Refusal, Result};
use crate::store::{Store, Tx, exec, insert_rows, query_one};
use crate::write::Context;

/// Most items of one request: its invoice list stays readable.
pub const ITEMS_LIMIT: usize = 500;

/// Something that is paid, or set off when below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What kind of thing.
    pub source: PaymentSource,
    /// Its key.
    pub id: i64,
    /// In micros.
    pub amount: i64,
}

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Who is paid.
    pub partner_id: PartnerId,
    /// What is paid.
    pub kind: PaymentKind,
    /// How.
    pub way: PayoutWay,
    /// Category of the bill; empty for incentives.
    pub category: String,
    /// The latest month it pays.
    pub month: Month,
    /// The currency of all items.
    pub currency: Currency,
    /// Where it begins: PENDING_CONFIRM or AWAIT_COUNTERSIGN for the marketplace, PENDING_SUBMIT for incentives.
    pub state: PaymentState,
    /// What is paid.
    pub items: Vec<Item>,
}

/// Makes the request inside `tx`. Refuses items that another request holds, and sums that are not above zero.
pub async fn create(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    new: NewRequest,
) -> Result<payment_request::Model> {
    let amount = amount(&new)?;
    let request = payment_request::Model {
        id: PaymentRequestId(store.ids.next(now)),
        partner_id: new.partner_id,
        kind: new.kind,
        way: new.way,
        category: new.category,
        month: new.month,
        currency: new.currency,
        amount,
        state: new.state,
        state_since: now,
        reason: None,
        transitions: 1,
        round: 0,
        payout_no: None,
        approved_by: None,
        created_by: context.actor.subject.clone(),
        created_at: now,
        version: 1,
    };
    insert(tx, &request).await?;
    insert_items(tx, &request, &new.items).await?;
    let role =
        machine::roles(&context.actor, request.partner_id).into_iter().next().unwrap_or(PaymentActor::System);
    apply::trail(tx, context, now, &request, (None, role), PaymentOperation::Create, None).await?;
    if effect::reserved_at_once(request.kind) {
        effect::apply(tx, now, &request, Effect::Reserve, PaymentOperation::Create.name()).await?;
    }
    clocks::turn(tx, store, now, None, &request).await?;
    apply::tell(tx, store, now, &request, None, PaymentOperation::Create, None).await?;
    Ok(request)
}

fn amount(new: &NewRequest) -> Result<i64> {
    if new.items.is_empty() || new.items.len() > ITEMS_LIMIT {
        let detail = format!("a payment request has 1 to {ITEMS_LIMIT} items");
        return Err(Refusal::at("items", Code::Invalid, detail).into());
    }
    let sum = new.items.iter().try_fold(0_i64, |sum, item| sum.checked_add(item.amount));
    let sum = sum.ok_or_else(|| Error::Invariant("a payment request overflows".into()))?;
    if sum <= 0 {
        return Err(Refusal::at("items", Code::NothingToPay, money(sum, new.currency)).into());
    }
    Ok(sum)
}

/// Micros as people write them, with the currency. PURE.
#[must_use]
pub fn money(micros: i64, currency: Currency) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, part) = (micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000);
    let part = format!("{part:06}");
    let digits = usize::try_from(currency.minor_digits()).unwrap_or(2);
    let keep = part.trim_end_matches('0').len().max(digits);
    let point = if keep == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{} {}", &part[..keep.min(6)], currency.as_str())
}

async fn insert(tx: &Tx, request: &payment_request::Model) -> Result<()> {
    let sql = "INSERT INTO payment_request (id, partner_id, kind, way, category, month, currency, amount, state, state_since, \
               transitions, round, created_by, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0, $11, $10, 1)";
    let values: [Value; 11] = [
        request.id.0.into(),
        request.partner_id.0.into(),
        request.kind.name().into(),
        request.way.name().into(),
        request.category.as_str().into(),
        request.month.0.into(),
        request.currency.into(),
        request.amount.into(),
        request.state.name().into(),
        request.state_since.0.into(),
        request.created_by.as_str().into(),
    ];
    exec(tx.orm(), sql, values).await?;
    Ok(())
}

/// One live request holds a source; the database itself refuses a second.
async fn insert_items(tx: &Tx, request: &payment_request::Model, items: &[Item]) -> Result<()> {
    let rows = items.iter().zip(1_i32..).flat_map(|(item, no)| -> [Value; 6] {
        let (source, live) = (item.source.name(), true);
        [request.id.0.into(), no.into(), source.into(), item.id.into(), item.amount.into(), live.into()]
    });
    let head = "INSERT INTO payment_request_item (request_id, item_no, source, source_id, amount, live)";
    let inserted = insert_rows(tx.orm(), head, 6, rows.collect(), "ON CONFLICT DO NOTHING").await?;
    if usize::try_from(inserted).is_ok_and(|n| n == items.len()) {
        return Ok(());
    }
    for item in items {
        let sql = "SELECT request_id FROM payment_request_item WHERE source = $1 AND source_id = $2 AND live = $3 AND request_id <> $4";
        let values = [item.source.name().into(), item.id.into(), true.into(), request.id.0.into()];
        if let Some(row) = query_one(tx.orm(), sql, values).await? {
            let other = PaymentRequestId(row.try_get_by_index(0)?);
            return Err(Refusal::at("items", Code::AlreadyRequested, other.to_string()).into());
        }
    }
    Err(Refusal::at("items", Code::Invalid, "the same item twice").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_the_decimals_of_its_currency_and_no_fewer_than_it_has() {
        let of = |code: &str| code.parse::<Currency>().unwrap();
        for (micros, currency, text) in [
            (1_500_000, "CNY", "1.50 CNY"),
            (-1, "CNY", "-0.000001 CNY"),
            (0, "JPY", "0 JPY"),
            (7_000_000, "JPY", "7 JPY"),
            (123_456_700, "USD", "123.4567 USD"),
        ] {
            assert_eq!(money(micros, of(currency)), text);
        }
    }
}
