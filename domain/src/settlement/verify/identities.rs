//! Identities that one or two statements prove.

use entity::Month;

use super::{Check, currencies, money, sum};
use crate::error::Result;
use crate::exact::Exact;
use crate::store::{Store, query, query_one};

/// Payable of all payments of a month = counted + not counted + unmatched, wherever it was posted.
pub(super) async fn payments_are_lines_or_unmatched(store: &Store, month: Month) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    for currency in currencies(store, month).await? {
        let values = || vec![month.0.into(), currency.into()];
        let one = |table: &str, column: &str, condition: &str| {
            format!("SELECT CAST(SUM({column}) AS BIGINT) FROM {table} WHERE {condition} AND currency = $2")
        };
        let payments = sum(store, &one("consumption_payment", "payable", "month = $1"), values()).await?;
        let counted =
            sum(store, &one("performance_line", "amount", "origin_month = $1 AND reason = 0"), values())
                .await?;
        let not =
            sum(store, &one("performance_line", "amount", "origin_month = $1 AND reason <> 0"), values())
                .await?;
        let unmatched = sum(store, &one("unmatched_total", "amount", "month = $1"), values()).await?;
        let right = format!("{} + {} + {}", money(counted), money(not), money(unmatched));
        let mut check = Check::equal("payments = counted + not counted + unmatched", money(payments), right);
        check.holds = Some(payments) == counted.checked_add(not).and_then(|s| s.checked_add(unmatched));
        checks.push(check.of(month, Some(currency)));
    }
    Ok(checks)
}

/// Counted lines posted in a month = basis of its bills + what waits for partners set aside, once it is final.
pub(super) async fn counted_is_billed(store: &Store, month: Month) -> Result<Vec<Check>> {
    let final_run =
        "SELECT id FROM settlement_run WHERE month = $1 AND kind = 'FINAL' AND state = 'SUCCEEDED'";
    if query_one(store.db(), final_run, [month.0.into()]).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut checks = Vec::new();
    for currency in currencies(store, month).await? {
        let values = || vec![month.0.into(), currency.into()];
        let set_aside = format!(
            "EXISTS (SELECT 1 FROM settlement_quarantine q WHERE q.run_id IN ({final_run}) \
             AND q.partner_id = performance_line.bill_to_id)"
        );
        let lines = "SELECT CAST(SUM(amount) AS BIGINT) FROM performance_line WHERE month = $1 AND currency = $2 AND reason = 0";
        let counted = sum(store, lines, values()).await?;
        let aside = sum(store, &format!("{lines} AND {set_aside}"), values()).await?;
        let bills =
            "SELECT CAST(SUM(basis) AS BIGINT) FROM incentive_bill WHERE month = $1 AND currency = $2";
        let billed = sum(store, bills, values()).await?;
        let right = format!("{} + {}", money(billed), money(aside));
        let mut check = Check::equal("counted lines = billed + set aside", money(counted), right);
        check.holds = Some(counted) == billed.checked_add(aside);
        checks.push(check.of(month, Some(currency)).example(differing_bill(store, month).await?));
    }
    Ok(checks)
}

async fn differing_bill(store: &Store, month: Month) -> Result<Option<String>> {
    let sql = "SELECT b.partner_id, b.basis, (SELECT CAST(SUM(l.amount) AS BIGINT) FROM performance_line l \
               WHERE l.month = b.month AND l.bill_to_id = b.partner_id AND l.currency = b.currency AND l.reason = 0) \
               FROM incentive_bill b WHERE b.month = $1 ORDER BY b.partner_id";
    for row in query(store.db(), sql, [month.0.into()]).await? {
        let (partner, basis): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let lines: Option<i64> = row.try_get_by_index(2)?;
        if lines.unwrap_or(0) != basis {
            let id = entity::PartnerId(partner);
            return Ok(Some(format!("{id}: lines {}, bill {}", money(lines.unwrap_or(0)), money(basis))));
        }
    }
    Ok(None)
}

/// Every bill = the sum of its lines, residue included, in amount and basis.
pub(super) async fn bills_are_their_lines(store: &Store, month: Month) -> Result<Check> {
    let sql = "SELECT b.id, b.amount, b.basis, COALESCE(CAST(SUM(l.amount) AS BIGINT), 0), \
               COALESCE(CAST(SUM(l.basis) AS BIGINT), 0) \
               FROM incentive_bill b LEFT JOIN incentive_bill_line l ON l.bill_id = b.id WHERE b.month = $1 \
               GROUP BY b.id, b.amount, b.basis ORDER BY b.id";
    let (mut bills, mut lines, mut example) = (0_i128, 0_i128, None);
    for row in query(store.db(), sql, [month.0.into()]).await? {
        let id: i64 = row.try_get_by_index(0)?;
        let numbers: [i64; 4] = [
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
            row.try_get_by_index(4)?,
        ];
        bills += i128::from(numbers[0]);
        lines += i128::from(numbers[2]);
        if (numbers[0], numbers[1]) != (numbers[2], numbers[3]) && example.is_none() {
            let id = entity::IncentiveBillId(id);
            example = Some(format!("{id}: bill {}, lines {}", money(numbers[0]), money(numbers[2])));
        }
    }
    let mut check =
        Check::equal("bills = their lines with residue (micros)", bills.to_string(), lines.to_string());
    check.holds = check.holds && example.is_none();
    Ok(check.of(month, None).example(example))
}

/// Every receipt = the payments it brought: count, stored sum, and the exact accepted sum rounded.
pub(super) async fn receipts_are_payments(store: &Store) -> Result<Vec<Check>> {
    let accepted = sum(store, "SELECT CAST(SUM(rows_accepted) AS BIGINT) FROM bill_import", vec![]).await?;
    let stored = sum(store, "SELECT COUNT(*) FROM consumption_payment", vec![]).await?;
    let counts = Check::equal("rows accepted = payments", accepted.to_string(), stored.to_string());
    let rows = query(
        store.db(),
        "SELECT t.import_id, t.currency, t.stored_micros, t.accepted_total, \
         COALESCE((SELECT CAST(SUM(p.payable) AS BIGINT) FROM consumption_payment p \
         WHERE p.import_id = t.import_id AND p.currency = t.currency), 0), i.rows_accepted \
         FROM import_total t JOIN bill_import i ON i.id = t.import_id ORDER BY t.import_id, t.currency",
        [],
    )
    .await?;
    let (mut left, mut right, mut example) = (0_i128, 0_i128, None);
    for row in rows {
        let id = entity::ImportId(row.try_get_by_index(0)?);
        let currency: String = row.try_get_by_index(1)?;
        let (kept, found): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(4)?);
        let exact: Option<Exact> = row.try_get_by_index::<String>(3)?.parse().ok();
        let rows: i64 = row.try_get_by_index(5)?;
        (left, right) = (left + i128::from(kept), right + i128::from(found));
        // Each account is rounded once: at most half a micro each, and there are at most as many as rows.
        let near = exact
            .and_then(|e| e.checked_sub(Exact::from_micros(kept)))
            .and_then(Exact::round_to_micros)
            .is_some_and(|d| d.abs() <= rows / 2 + 1);
        if (kept != found || !near) && example.is_none() {
            example = Some(format!("{id}, {currency}: receipt {}, payments {}", money(kept), money(found)));
        }
    }
    let mut sums = Check::equal("receipts = payments (micros)", left.to_string(), right.to_string());
    sums.holds = sums.holds && example.is_none();
    Ok(vec![counts, sums.example(example)])
}

/// No row of a source stands twice: occurrence numbers of equal rows have no gap and no repetition.
pub(super) async fn nothing_twice(store: &Store) -> Result<Check> {
    let sql = "SELECT import_id, line_no, COUNT(*) FROM consumption_payment GROUP BY import_id, line_no \
               HAVING COUNT(*) > 1 ORDER BY import_id, line_no LIMIT 1";
    let row = query_one(store.db(), sql, []).await?;
    let example = match &row {
        None => None,
        Some(row) => {
            let (import, line): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Some(format!("{}, line {line}", entity::ImportId(import)))
        }
    };
    let found = if row.is_some() { "at least 1" } else { "0" };
    Ok(Check::equal("source lines stored twice", found, "0").example(example))
}
