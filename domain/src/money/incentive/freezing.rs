//! Freezing what customers have not paid, and taking account of it when later bills correct the month.
//!
//! What is frozen was earned already in the ledger. When the customer pays, the month's performance is corrected in a
//! later bill; that correction brings the same money once more. So whatever was released before is taken off the bill
//! that corrects it, and whatever a bill corrects while it is still frozen is not released any more.

use std::collections::BTreeMap;

use entity::{
    AssociationMode, BillLineKind, CustomerId, FreezeId, Month, PartnerId, ProductId, Reason, Timestamp,
    incentive_bill, incentive_bill_line, incentive_freeze,
};
use sea_orm::{FromQueryResult, Value};

use super::freeze::{Rate, RateKey, Unpaid, frozen, proportion};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, exec, insert_rows, placeholders_behind, query};
use crate::settlement::catalogue::Catalogue;
use crate::settlement::price::rate_for;
use crate::settlement::sums::LineTotal;

/// Freezes what the unpaid consumption of the bill's month would earn; returns the sum in micros.
pub(super) async fn freeze(
    tx: &Tx,
    store: &Store,
    catalogue: &Catalogue,
    bill: &incentive_bill::Model,
    lines: &[incentive_bill_line::Model],
    now: Timestamp,
) -> Result<i64> {
    let open = unpaid_lines(tx, bill).await?;
    let Some(policy) = catalogue.policy(bill.month).filter(|_| !open.is_empty()) else {
        return Ok(0);
    };
    let mut rates: BTreeMap<RateKey, Rate<'_>> = BTreeMap::new();
    for rate in &policy.rates {
        let of_rate = |line: &&incentive_bill_line::Model| {
            line.kind == BillLineKind::Base
                && line.policy_id == Some(policy.policy.id)
                && line.rate_seq == Some(rate.seq)
                && line.basis > 0
        };
        let counted = lines.iter().filter(of_rate).map(|line| line.basis).sum();
        rates.insert((policy.policy.id.0, rate.seq), Rate { model: rate, counted });
    }
    let mut unpaid = Vec::new();
    for (customer, total) in &open {
        let Some(group) = catalogue.group(total) else { continue };
        let Some(performer) = catalogue.performer(total.partner_id) else { continue };
        if let Some(rate) = rate_for(&policy.rates, &group, performer) {
            let rate = (policy.policy.id.0, rate.seq);
            unpaid.push(Unpaid { rate, customer: *customer, mode: group.mode, basis: total.amount });
        }
    }
    let overflow = |_| Error::Invariant(format!("what is frozen of {} overflows", bill.id));
    let all = frozen(bill.currency, &rates, &unpaid).map_err(overflow)?;
    let rows = all.iter().flat_map(|f| -> [Value; 12] {
        [
            store.ids.next(now).into(),
            bill.id.0.into(),
            bill.partner_id.0.into(),
            bill.month.0.into(),
            f.customer.0.into(),
            f.mode.code().into(),
            bill.currency.into(),
            f.unpaid.into(),
            f.amount.into(),
            f.amount.into(),
            "FROZEN".into(),
            now.0.into(),
        ]
    });
    let head = "INSERT INTO incentive_freeze (id, bill_id, partner_id, month, customer_id, mode, currency, unpaid, amount, \
                remaining, state, created_at)";
    insert_rows(tx.orm(), head, 12, rows.collect(), "").await?;
    Ok(all.iter().map(|f| f.amount).sum())
}

/// The unpaid lines of the bill's month, by customer and what decides about the rate, as of all that was posted.
async fn unpaid_lines(tx: &Tx, bill: &incentive_bill::Model) -> Result<Vec<(CustomerId, LineTotal)>> {
    let months = months_from(tx, bill.month).await?;
    let list = placeholders_behind(3, months.len());
    let sql = format!(
        "SELECT customer_id, partner_id, mode, product_id, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) \
         FROM performance_line WHERE bill_to_id = $1 AND origin_month = $2 AND currency = $3 AND reason = {} \
         AND month IN {list} GROUP BY customer_id, partner_id, mode, product_id HAVING SUM(amount) <> 0 ORDER BY 1, 2, 3, 4",
        Reason::Unpaid.code()
    );
    let mut values: Vec<Value> = vec![bill.partner_id.0.into(), bill.month.0.into(), bill.currency.into()];
    values.extend(months.iter().map(|month| Value::from(month.0)));
    let rows = query(tx.orm(), &sql, values).await?;
    rows.iter()
        .map(|row| {
            let total = LineTotal {
                bill_to_id: bill.partner_id,
                partner_id: PartnerId(row.try_get_by_index(1)?),
                origin_month: bill.month,
                mode: AssociationMode::from_code(row.try_get_by_index(2)?),
                product_id: ProductId(row.try_get_by_index(3)?),
                currency: bill.currency,
                reason: Reason::Unpaid,
                lines: 1,
                amount: row.try_get_by_index(4)?,
                payments: row.try_get_by_index(5)?,
            };
            Ok((CustomerId(row.try_get_by_index(0)?), total))
        })
        .collect()
}

/// The known months from `month` on.
pub(super) async fn months_from(tx: &Tx, month: Month) -> Result<Vec<Month>> {
    let sql = "SELECT month FROM settlement_month WHERE month >= $1 ORDER BY month";
    let rows = query(tx.orm(), sql, [month.0.into()]).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0).map(Month)).collect::<Result<_, _>>()?)
}

/// Takes off what was released before for what this bill corrects.
pub(super) async fn net(
    tx: &Tx,
    bill: &incentive_bill::Model,
    amounts: &mut BTreeMap<AssociationMode, i64>,
) -> Result<()> {
    let sql = tx.holding(
        "SELECT * FROM incentive_freeze WHERE partner_id = $1 AND currency = $2 AND state = 'RELEASED' \
         AND netted_by IS NULL AND netting_month <= $3 ORDER BY id",
    );
    let values = [bill.partner_id.0.into(), bill.currency.into(), bill.month.0.into()];
    for row in query(tx.orm(), &sql, values).await? {
        let row = incentive_freeze::Model::from_query_result(&row, "")?;
        *amounts.entry(row.mode).or_default() -= row.remaining;
        let sql = "UPDATE incentive_freeze SET netted_by = $1 WHERE id = $2";
        exec(tx.orm(), sql, [bill.id.0.into(), row.id.0.into()]).await?;
    }
    Ok(())
}

/// Gives up what is frozen of earlier months as far as it is not unpaid any more by what this bill rests on: the
/// bill's own corrections bring it. Returns the sum in micros.
pub(super) async fn correct(tx: &Tx, bill: &incentive_bill::Model, now: Timestamp) -> Result<i64> {
    let sql = tx.holding(
        "SELECT * FROM incentive_freeze WHERE partner_id = $1 AND currency = $2 AND state = 'FROZEN' AND month < $3 ORDER BY id",
    );
    let values = [bill.partner_id.0.into(), bill.currency.into(), bill.month.0.into()];
    let mut corrected = 0_i64;
    for row in query(tx.orm(), &sql, values).await? {
        let row = incentive_freeze::Model::from_query_result(&row, "")?;
        let unpaid = posted(tx, &row, Reason::Unpaid, bill.month).await?;
        let left = proportion(row.amount, unpaid, row.unpaid).min(row.remaining);
        corrected += row.remaining - left;
        keep(tx, row.id, left, now).await?;
    }
    Ok(corrected)
}

/// What was posted for a frozen part in months up to `until`, with a reason, in micros.
pub(super) async fn posted(
    tx: &Tx,
    freeze: &incentive_freeze::Model,
    reason: Reason,
    until: Month,
) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM performance_line WHERE customer_id = $1 \
               AND month >= $2 AND month <= $3 AND bill_to_id = $4 AND origin_month = $2 AND mode = $5 AND currency = $6 AND reason = $7";
    let values = [
        freeze.customer_id.0.into(),
        freeze.month.0.into(),
        until.0.into(),
        freeze.partner_id.0.into(),
        freeze.mode.code().into(),
        freeze.currency.into(),
        reason.code().into(),
    ];
    let row = crate::kernel::store::query_one(tx.orm(), sql, values).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get_by_index(0)?))
}

/// What is left of a frozen part.
pub(super) async fn keep(tx: &Tx, id: FreezeId, left: i64, now: Timestamp) -> Result<()> {
    let sql = "UPDATE incentive_freeze SET remaining = $1, state = CASE WHEN $1 = 0 THEN 'CORRECTED' ELSE state END, \
               released_at = CASE WHEN $1 = 0 THEN $2 ELSE released_at END WHERE id = $3";
    exec(tx.orm(), sql, [left.into(), now.0.into(), id.0.into()]).await?;
    Ok(())
}
