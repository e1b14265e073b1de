//! Identities of sums: what was gathered from payments and lines against what is kept beside them.

use std::collections::{BTreeMap, BTreeSet};

use entity::{Currency, ImportId, Month, PartnerId};
use rustc_hash::FxHashSet;
use sea_orm::ConnectionTrait;

use super::gather::Payments;
use super::seen::TooMany;
use super::work::Books;
use super::{Check, money};
use crate::kernel::error::Result;
use crate::kernel::exact::Exact;
use crate::kernel::store::{query, query_one};
use crate::settlement::sums::LineTotal;

/// Payable of all payments of a month = counted + not counted + unmatched, wherever it was posted.
pub(super) async fn payments_are_lines_or_unmatched<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    payments: &Payments,
    books: &Books,
) -> Result<Vec<Check>> {
    let mut unmatched: BTreeMap<Currency, i128> = BTreeMap::new();
    let sql = "SELECT currency, amount FROM unmatched_total WHERE month = $1";
    for row in query(connection, sql, [month.0.into()]).await? {
        *unmatched.entry(row.try_get_by_index(0)?).or_default() +=
            i128::from(row.try_get_by_index::<i64>(1)?);
    }
    let mut currencies: BTreeSet<Currency> = unmatched.keys().copied().collect();
    currencies.extend(payments.payable.keys().filter(|(m, _)| *m == month).map(|(_, c)| *c));
    currencies.extend(books.sums.keys().filter(|(m, _)| *m == month).map(|(_, c)| *c));
    let checks = currencies.into_iter().map(|currency| {
        let at = (month, currency);
        let paid = payments.payable.get(&at).copied().unwrap_or(0);
        let (counted, not) = books.sums.get(&at).copied().unwrap_or((0, 0));
        let waits = unmatched.get(&currency).copied().unwrap_or(0);
        let right = format!("{} + {} + {}", money(counted), money(not), money(waits));
        let mut check = Check::equal("payments = counted + not counted + unmatched", money(paid), right);
        check.holds = paid == counted + not + waits;
        check.of(month, Some(currency))
    });
    Ok(checks.collect())
}

/// Counted lines posted in a month = basis of its bills + what waits for partners set aside, once it is final.
pub(super) async fn counted_is_billed<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    totals: &[LineTotal],
) -> Result<Vec<Check>> {
    let final_run =
        "SELECT id FROM settlement_run WHERE month = $1 AND kind = 'FINAL' AND state = 'SUCCEEDED'";
    if query_one(connection, final_run, [month.0.into()]).await?.is_none() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT partner_id FROM settlement_quarantine WHERE run_id IN ({final_run})");
    let mut aside: FxHashSet<PartnerId> = FxHashSet::default();
    for row in query(connection, &sql, [month.0.into()]).await? {
        aside.insert(PartnerId(row.try_get_by_index(0)?));
    }
    // By partner: what its lines count, and what its bill says.
    let mut bills: BTreeMap<(Currency, PartnerId), (i128, i128)> = BTreeMap::new();
    let mut currencies: BTreeSet<Currency> = BTreeSet::new();
    for total in totals {
        currencies.insert(total.currency);
        if total.counts() {
            bills.entry((total.currency, total.bill_to_id)).or_default().0 += i128::from(total.amount);
        }
    }
    let sql = "SELECT partner_id, currency, basis FROM incentive_bill WHERE month = $1";
    for row in query(connection, sql, [month.0.into()]).await? {
        let (partner, currency) = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        currencies.insert(currency);
        bills.entry((currency, partner)).or_default().1 += i128::from(row.try_get_by_index::<i64>(2)?);
    }
    Ok(currencies.into_iter().map(|currency| billed(month, currency, &bills, &aside)).collect())
}

fn billed(
    month: Month,
    currency: Currency,
    bills: &BTreeMap<(Currency, PartnerId), (i128, i128)>,
    aside: &FxHashSet<PartnerId>,
) -> Check {
    let (mut counted, mut billed, mut waits, mut example) = (0_i128, 0_i128, 0_i128, None);
    for ((_, partner), (lines, bill)) in bills.iter().filter(|((c, _), _)| *c == currency) {
        counted += lines;
        billed += bill;
        if aside.contains(partner) {
            waits += lines;
        } else if lines != bill && example.is_none() {
            example = Some(format!("{partner}: lines {}, bill {}", money(*lines), money(*bill)));
        }
    }
    let right = format!("{} + {}", money(billed), money(waits));
    let mut check = Check::equal("counted lines = billed + set aside", money(counted), right);
    check.holds = counted == billed + waits;
    check.of(month, Some(currency)).example(example)
}

/// Every bill = the sum of its lines, residue included, in amount and basis.
pub(super) async fn bills_are_their_lines<C: ConnectionTrait>(connection: &C, month: Month) -> Result<Check> {
    let sql = "SELECT b.id, b.amount, b.basis, COALESCE(CAST(SUM(l.amount) AS BIGINT), 0), \
               COALESCE(CAST(SUM(l.basis) AS BIGINT), 0) \
               FROM incentive_bill b LEFT JOIN incentive_bill_line l ON l.bill_id = b.id WHERE b.month = $1 \
               GROUP BY b.id, b.amount, b.basis ORDER BY b.id";
    let (mut bills, mut lines, mut example) = (0_i128, 0_i128, None);
    for row in query(connection, sql, [month.0.into()]).await? {
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
pub(super) async fn receipts_are_payments<C: ConnectionTrait>(
    connection: &C,
    payments: &Payments,
) -> Result<Vec<Check>> {
    let sql = "SELECT CAST(SUM(rows_accepted + rows_updated) AS BIGINT), \
               CAST(SUM(rows_updated + rows_removed) AS BIGINT) FROM bill_import WHERE mode <> 'REPLACE_DRY'";
    let row = query_one(connection, sql, []).await?;
    let sum = |at| -> Result<i64> {
        let sum: Option<i64> = row.as_ref().map(|row| row.try_get_by_index(at)).transpose()?.flatten();
        Ok(sum.unwrap_or(0))
    };
    let stored: i64 = payments.brought.values().map(|brought| brought.payments).sum();
    let backs: i64 = payments.brought.values().map(|brought| brought.backs).sum();
    let counts = Check::equal("rows accepted + updated = payments", sum(0)?.to_string(), stored.to_string());
    let taken = Check::equal(
        "rows updated + removed = payments that take others back",
        sum(1)?.to_string(),
        backs.to_string(),
    );
    let rows = query(
        connection,
        "SELECT t.import_id, t.currency, t.stored_micros, t.accepted_total, i.rows_accepted + i.rows_updated \
         FROM import_total t JOIN bill_import i ON i.id = t.import_id WHERE i.mode <> 'REPLACE_DRY' ORDER BY t.import_id, t.currency",
        [],
    )
    .await?;
    let (mut left, mut right, mut example) = (0_i128, 0_i128, None);
    for row in rows {
        let id = ImportId(row.try_get_by_index(0)?);
        let currency: Currency = row.try_get_by_index(1)?;
        let kept: i64 = row.try_get_by_index(2)?;
        let found = payments.brought.get(&(id, currency)).copied().unwrap_or_default().micros;
        let exact: Option<Exact> = row.try_get_by_index::<String>(3)?.parse().ok();
        let rows: i64 = row.try_get_by_index(4)?;
        (left, right) = (left + i128::from(kept), right + found);
        // Each account is rounded once: at most half a micro each, and there are at most as many as rows.
        let near = exact
            .and_then(|e| e.checked_sub(Exact::from_micros(kept)))
            .and_then(Exact::round_to_micros)
            .is_some_and(|d| d.abs() <= rows / 2 + 1);
        if (i128::from(kept) != found || !near) && example.is_none() {
            example = Some(format!("{id}, {currency}: receipt {}, payments {}", money(kept), money(found)));
        }
    }
    let mut sums = Check::equal("receipts = payments (micros)", left.to_string(), right.to_string());
    sums.holds = sums.holds && example.is_none();
    Ok(vec![counts, taken, sums.example(example)])
}

/// No line of a source stands twice.
pub(super) async fn nothing_twice<C: ConnectionTrait>(connection: &C, payments: &Payments) -> Result<Check> {
    let twice = match payments.seen.twice() {
        Ok(twice) => twice,
        Err(TooMany) => twice_in_the_database(connection).await?,
    };
    let found = if twice.is_some() { "at least 1" } else { "0" };
    let example = twice.map(|(import, line)| format!("{import}, line {line}"));
    Ok(Check::equal("source lines stored twice", found, "0").example(example))
}

/// The slow way, for more lines than are remembered.
async fn twice_in_the_database<C: ConnectionTrait>(connection: &C) -> Result<Option<(ImportId, i64)>> {
    let sql = "SELECT import_id, line_no FROM consumption_payment GROUP BY import_id, line_no \
               HAVING COUNT(*) > 1 ORDER BY import_id, line_no LIMIT 1";
    let row = query_one(connection, sql, []).await?;
    row.map(|row| Ok((ImportId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).transpose()
}
