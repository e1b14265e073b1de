//! Payment requests against the ledger: what is under way and what was paid, partner by partner.

use std::collections::BTreeMap;

use entity::{Currency, PartnerId, PaymentState};
use sea_orm::ConnectionTrait;

use super::machine::holds_money;
use crate::kernel::check::Check;
use crate::kernel::error::Result;
use crate::kernel::store::query;

/// Requests whose money is in payout = IN_PAYOUT, and requests that are paid = PAID, for every partner and currency;
/// every request is the sum of its items.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    Ok(vec![
        against(connection, "payment requests under way = ledger", "IN_PAYOUT", holds_money).await?,
        against(connection, "payment requests paid = ledger", "PAID", |state| state == PaymentState::Paid)
            .await?,
        items(connection).await?,
    ])
}

async fn against<C: ConnectionTrait>(
    connection: &C,
    name: &'static str,
    account: &str,
    counts: impl Fn(PaymentState) -> bool,
) -> Result<Check> {
    let states: Vec<String> =
        PaymentState::ALL.iter().filter(|s| counts(**s)).map(|s| format!("'{}'", s.name())).collect();
    let sql = format!(
        "SELECT partner_id, currency, CAST(SUM(requested) AS BIGINT), CAST(SUM(posted) AS BIGINT) FROM ( \
         SELECT partner_id, currency, amount AS requested, 0 AS posted FROM payment_request WHERE state IN ({}) \
         UNION ALL SELECT partner_id, currency, 0, amount FROM ledger_entry WHERE account = '{account}') both_sides \
         GROUP BY partner_id, currency ORDER BY partner_id, currency",
        states.join(", ")
    );
    let mut sums: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
    let mut example = None;
    for row in query(connection, &sql, []).await? {
        let (partner, currency): (i64, Currency) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let (requested, posted): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let sum = sums.entry(currency).or_default();
        sum.0 += i128::from(requested);
        sum.1 += i128::from(posted);
        if requested != posted && example.is_none() {
            let id = PartnerId(partner);
            example = Some(format!("{id}: {requested} micros {currency} requested, {posted} in {account}"));
        }
    }
    let side = |of: fn(&(i128, i128)) -> i128| {
        sums.iter().map(|(currency, pair)| format!("{currency} {}", of(pair))).collect::<Vec<_>>().join(", ")
    };
    let mut check = Check::equal(name, side(|pair| pair.0), side(|pair| pair.1));
    check.holds &= example.is_none();
    Ok(check.example(example))
}

async fn items<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let sql = "SELECT r.id, r.amount, CAST(COALESCE((SELECT SUM(i.amount) FROM payment_request_item i \
               WHERE i.request_id = r.id), 0) AS BIGINT) FROM payment_request r ORDER BY r.id";
    let rows = query(connection, sql, []).await?;
    let (mut right, mut example) = (0_usize, None);
    for row in &rows {
        let (id, amount, sum): (i64, i64, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if amount == sum {
            right += 1;
        } else if example.is_none() {
            let id = entity::PaymentRequestId(id);
            example = Some(format!("{id}: {amount} micros, its items {sum}"));
        }
    }
    let check = Check::equal("payment requests = their items", rows.len().to_string(), right.to_string());
    Ok(check.example(example))
}
