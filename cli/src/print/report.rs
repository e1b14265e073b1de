//! The results of a month, read from the kept sums to the partner: per partner, by reason, corrections,
//! unmatched.

use domain::Store;
use domain::kernel::store::query;
use domain::performance::partner_sum::source;
use entity::{Currency, Month, Reason};
use sea_orm::QueryResult;

use crate::print::money;
use crate::print::table::with_head;

/// The partners' performance and bills of `month` as a table. A distributor's bill holds what its resellers
/// earned for it.
pub(crate) async fn partners(store: &Store, month: Month) -> anyhow::Result<String> {
    let sums = source(store.db(), month).await?;
    let sql = format!(
        "SELECT COALESCE(p.name, '(nobody)'), COALESCE(p.kind, ''), t.currency, \
        CAST(SUM(t.counted) AS BIGINT), CAST(SUM(t.not_counted) AS BIGINT), \
        CAST(SUM(t.basis) AS BIGINT), CAST(SUM(t.bill) AS BIGINT), MAX(t.state) FROM ( \
        SELECT partner_id, currency, CASE WHEN reason = 0 THEN amount ELSE 0 END AS counted, \
        CASE WHEN reason = 0 THEN 0 ELSE amount END AS not_counted, 0 AS basis, 0 AS bill, '' AS state \
        FROM {sums} WHERE month = $1 \
        UNION ALL SELECT partner_id, currency, 0, 0, basis, amount, state FROM incentive_bill WHERE month = $1 \
        ) t LEFT JOIN partner p ON p.id = t.partner_id GROUP BY p.id, p.name, p.kind, t.currency \
        ORDER BY p.kind, p.name, t.currency"
    );
    let mut table =
        with_head(&["partner", "kind", "", ">counted", ">not counted", ">bill rests on", ">bill", "state"]);
    for row in query(store.db(), &sql, [month.0.into()]).await? {
        let (name, kind, currency): (String, String, Currency) =
            (text(&row, 0)?, text(&row, 1)?, get(&row, 2)?);
        let amount = |index| anyhow::Ok(money::text(get(&row, index)?, currency));
        let state = text(&row, 7)?;
        let billed = |shown: String| if state.is_empty() { String::new() } else { shown };
        table.add_row([
            name,
            kind,
            currency.to_string(),
            amount(3)?,
            amount(4)?,
            billed(amount(5)?),
            billed(amount(6)?),
            state.clone(),
        ]);
    }
    Ok(table.to_string())
}

/// A table of amounts that did not count, by reason; of what was posted for closed months; of payments that
/// wait for their account.
pub(crate) async fn rest(store: &Store, month: Month) -> anyhow::Result<String> {
    let mut table = with_head(&["what", "", ">amount", ">payments"]);
    let sums = source(store.db(), month).await?;
    let sql = format!(
        "SELECT reason, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) \
        FROM {sums} WHERE month = $1 AND reason <> 0 GROUP BY reason, currency \
        HAVING SUM(amount) <> 0 OR SUM(payments) <> 0 ORDER BY reason, currency"
    );
    for row in query(store.db(), &sql, [month.0.into()]).await? {
        let reason = Reason::from_code(get(&row, 0)?).map_or("?", Reason::name);
        add(&mut table, &format!("not counted: {reason}"), &row)?;
    }
    let sql = format!(
        "SELECT origin_month, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) \
        FROM {sums} WHERE month = $1 AND origin_month <> $1 GROUP BY origin_month, currency \
        ORDER BY origin_month, currency"
    );
    for row in query(store.db(), &sql, [month.0.into()]).await? {
        add(&mut table, &format!("corrections of {}", Month(get(&row, 0)?)), &row)?;
    }
    let sql = "SELECT month, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) \
        FROM unmatched_total WHERE month = $1 GROUP BY month, currency ORDER BY currency";
    for row in query(store.db(), sql, [month.0.into()]).await? {
        add(&mut table, "unmatched: account of nobody", &row)?;
    }
    Ok(table.to_string())
}

fn add(table: &mut comfy_table::Table, what: &str, row: &QueryResult) -> anyhow::Result<()> {
    let currency: Currency = get(row, 1)?;
    let payments: i64 = get(row, 3)?;
    table.add_row([
        what.to_owned(),
        currency.to_string(),
        money::text(get(row, 2)?, currency),
        payments.to_string(),
    ]);
    Ok(())
}

fn get<T: sea_orm::TryGetable>(row: &QueryResult, index: usize) -> anyhow::Result<T> {
    Ok(row.try_get_by_index(index)?)
}

fn text(row: &QueryResult, index: usize) -> anyhow::Result<String> {
    get(row, index)
}
