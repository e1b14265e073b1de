//! The bills that stand, with their lines.

use std::collections::BTreeMap;

use entity::{Month, incentive_bill, incentive_bill_line};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::Place;
use super::difference::{Says, Shown, Subject};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;
use crate::settlement::price::parse_pico;

/// A bill that stands.
#[derive(Debug)]
pub(super) struct Standing {
    /// The bill.
    pub(super) bill: incentive_bill::Model,
    /// Its lines in their order.
    pub(super) lines: Vec<Shown>,
}

/// Reads the bills of `month` of partners after `from` up to `to`.
pub(super) async fn read<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    (from, to): (i64, i64),
) -> Result<BTreeMap<Place, Standing>> {
    let of_range = "b.month = $1 AND b.partner_id > $2 AND b.partner_id <= $3";
    let values: [Value; 3] = [month.0.into(), from.into(), to.into()];
    let sql = format!("SELECT b.* FROM incentive_bill b WHERE {of_range}");
    let mut found = BTreeMap::new();
    for row in query(connection, &sql, values.clone()).await? {
        let bill = incentive_bill::Model::from_query_result(&row, "")?;
        found.insert((bill.partner_id, bill.currency), Standing { bill, lines: Vec::new() });
    }
    let sql = format!(
        "SELECT l.*, b.partner_id AS billed_id, b.currency AS bill_currency FROM incentive_bill b \
         JOIN incentive_bill_line l ON l.bill_id = b.id WHERE {of_range} ORDER BY l.bill_id, l.line_no"
    );
    for row in query(connection, &sql, values).await? {
        let place = (row.try_get::<i64>("", "billed_id")?.into(), row.try_get("", "bill_currency")?);
        let line = shown(incentive_bill_line::Model::from_query_result(&row, "")?)?;
        if let Some(standing) = found.get_mut(&place) {
            standing.lines.push(line);
        }
    }
    Ok(found)
}

fn shown(row: incentive_bill_line::Model) -> Result<Shown> {
    let exact = parse_pico(&row.exact)
        .ok_or_else(|| Error::Invariant("a bill line's exact amount is no number".into()))?;
    let subject = Subject {
        kind: row.kind,
        origin_month: row.origin_month,
        partner: row.partner_id,
        mode: row.mode,
        product_class: row.product_class,
    };
    let rate = row.policy_id.zip(row.rate_seq).map(|(policy, seq)| (policy, seq, row.rate_ppm));
    Ok((subject, Says { rate, basis: row.basis, exact, amount: row.amount, note: row.note }))
}
