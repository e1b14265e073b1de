//! What a bill-out did not bill, and why: rows by month, seller, currency and reason.

use std::collections::BTreeSet;

use entity::{Currency, EventTopic, Month, PartnerId, Timestamp, UnbilledReason};
use sea_orm::Value;
use serde_json::json;

use super::open::{Sellers, Stranger};
use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit_all};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query};

/// Something that is not billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The name under which was sold.
    pub seller: String,
    /// The partner of that name.
    pub partner_id: Option<PartnerId>,
    /// The currency.
    pub currency: Currency,
    /// Why.
    pub reason: UnbilledReason,
    /// Sales in micros.
    pub amount: i64,
    /// More about it.
    pub detail: String,
}

/// `true` if somebody has to do something: then it is told, once a month.
const fn is_told(reason: UnbilledReason) -> bool {
    matches!(reason, UnbilledReason::NotCertified | UnbilledReason::NoTerms | UnbilledReason::Failed)
}

/// Writes what is withheld of `sellers` in place of what was before, and tells of what is new.
pub(super) async fn replace(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    month: Month,
    sellers: Sellers,
    rows: &[Withheld],
) -> Result<()> {
    let (of, values) = ("month = $1 AND partner_id > $2 AND partner_id <= $3", of(month, sellers));
    let sql = format!("SELECT partner_id, currency, reason FROM settlement_withheld WHERE {of}");
    let mut known = BTreeSet::new();
    for row in query(tx.orm(), &sql, values.clone()).await? {
        let (partner, reason): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
        known.insert((PartnerId(partner), row.try_get_by_index::<Currency>(1)?, reason));
    }
    if !known.is_empty() {
        exec(tx.orm(), &format!("DELETE FROM settlement_withheld WHERE {of}"), values).await?;
    }
    insert(tx, now, month, rows).await?;
    let told = rows.iter().filter(|row| is_told(row.reason));
    let events: Vec<_> = told
        .filter_map(|row| Some((row, row.partner_id?)))
        .filter(|(row, partner)| !known.contains(&(*partner, row.currency, row.reason.name().to_owned())))
        .map(|(row, partner)| event(month, row, partner))
        .collect();
    emit_all(tx, store, now, &events).await
}

fn of(month: Month, sellers: Sellers) -> [Value; 3] {
    [month.0.into(), sellers.after.0.into(), sellers.to.0.into()]
}

fn event<'a>(month: Month, row: &Withheld, partner: PartnerId) -> NewEvent<'a> {
    NewEvent {
        topic: EventTopic::SettlementBill,
        kind: super::WITHHELD,
        entity: partner.to_string(),
        partner_id: Some(partner),
        detail: json!({
            "month": month.to_string(),
            "reason": row.reason.name(),
            "amountMicros": row.amount,
            "currency": row.currency.as_str(),
        }),
    }
}

/// Writes what was sold under names that are no partner's, in place of what was before.
pub(super) async fn replace_strangers(
    store: &Store,
    now: Timestamp,
    month: Month,
    found: Vec<Stranger>,
) -> Result<()> {
    let tx = store.begin().await?;
    super::batch::alone(&tx).await?;
    let sql = "DELETE FROM settlement_withheld WHERE month = $1 AND partner_id IS NULL";
    exec(tx.orm(), sql, [month.0.into()]).await?;
    let rows: Vec<_> = found
        .into_iter()
        .map(|stranger| Withheld {
            seller: stranger.name,
            partner_id: None,
            currency: stranger.currency,
            reason: UnbilledReason::UnknownSeller,
            amount: stranger.total,
            detail: String::new(),
        })
        .collect();
    insert(&tx, now, month, &rows).await?;
    tx.commit().await
}

async fn insert(tx: &Tx, now: Timestamp, month: Month, rows: &[Withheld]) -> Result<()> {
    let values = rows.iter().flat_map(|row| -> [Value; 8] {
        [
            month.0.into(),
            row.seller.as_str().into(),
            row.currency.into(),
            row.reason.name().into(),
            row.partner_id.map(|id| id.0).into(),
            row.amount.into(),
            row.detail.as_str().into(),
            now.0.into(),
        ]
    });
    let head =
        "INSERT INTO settlement_withheld (month, seller, currency, reason, partner_id, amount, detail, at)";
    let tail = "ON CONFLICT (month, seller, currency, reason) DO UPDATE SET amount = excluded.amount, detail = excluded.detail, \
                partner_id = excluded.partner_id, at = excluded.at";
    insert_rows(tx.orm(), head, 8, values.collect(), tail).await?;
    Ok(())
}
