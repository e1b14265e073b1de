//! Reads what the product says, in names and numbers of plans.

use std::collections::BTreeMap;

use domain::Result;
use domain::kernel::store::query;
use entity::{AssociationMode, ChargingMode, ImportId, ProductPolicyKind, bill_import};
use oracle::amount::Amount;
use oracle::plan::{Mode, Policy};
use oracle::seen::{Bill, BillLine, Group, LineKey, Receipt, Seen, Sum};
use oracle::time::Month;
use sea_orm::{EntityTrait, QueryResult};
use tests::world::World;

use super::words::{plan_charging, plan_mode, plan_policy};

type Row = QueryResult;

/// Everything there is to see.
pub(super) async fn seen(world: &World) -> Result<Seen> {
    Ok(Seen {
        months: months(world).await?,
        lines: lines(world).await?,
        unmatched: unmatched(world).await?,
        bills: bills(world).await?,
    })
}

async fn rows(world: &World, sql: &str) -> Result<Vec<Row>> {
    query(world.store.db(), sql, []).await
}

fn mode(row: &Row, at: usize) -> Result<Option<Mode>> {
    Ok(row.try_get_by_index::<Option<i16>>(at)?.and_then(AssociationMode::from_code).map(plan_mode))
}

fn policy(row: &Row, at: usize) -> Result<Policy> {
    let kind = ProductPolicyKind::from_code(row.try_get_by_index(at)?).expect("a policy");
    Ok(plan_policy(kind))
}

async fn months(world: &World) -> Result<BTreeMap<Month, (String, bool)>> {
    let sql = "SELECT month, state, closed FROM settlement_month WHERE state <> 'OPEN'";
    let read = |row: &Row| {
        Ok((Month(row.try_get_by_index(0)?), (row.try_get_by_index(1)?, row.try_get_by_index(2)?)))
    };
    rows(world, sql).await?.iter().map(read).collect()
}

async fn lines(world: &World) -> Result<BTreeMap<LineKey, Sum>> {
    let sql = "SELECT l.month, l.origin_month, COALESCE(p.name, '-'), COALESCE(b.name, '-'), c.name, l.mode, \
               d.provider, d.code, l.charging_mode, l.currency, l.reason, l.amount, l.payments, d.class \
               FROM performance_line l LEFT JOIN partner p ON p.id = l.partner_id \
               LEFT JOIN partner b ON b.id = l.bill_to_id JOIN customer c ON c.id = l.customer_id \
               JOIN product d ON d.id = l.product_id WHERE l.amount <> 0 OR l.payments <> 0";
    let read = |row: &Row| {
        let text = |at: usize| row.try_get_by_index::<String>(at);
        let charging = ChargingMode::from_code(row.try_get_by_index(8)?).expect("a charging mode");
        let key = LineKey {
            posted: Month(row.try_get_by_index(0)?),
            origin: Month(row.try_get_by_index(1)?),
            partner: text(2)?,
            bill_to: text(3)?,
            customer: text(4)?,
            mode: mode(row, 5)?,
            product: oracle::oracle::product_name(&text(6)?, &text(7)?, &text(13)?),
            charging: plan_charging(charging),
            currency: text(9)?,
            reason: row.try_get_by_index(10)?,
        };
        Ok((key, (row.try_get_by_index(11)?, row.try_get_by_index(12)?)))
    };
    rows(world, sql).await?.iter().map(read).collect()
}

async fn unmatched(world: &World) -> Result<BTreeMap<(Month, String, String), Sum>> {
    let sql = "SELECT u.month, a.provider, a.account_no, u.currency, u.amount, u.payments \
               FROM unmatched_total u JOIN cloud_account a ON a.id = u.account_id";
    let read = |row: &Row| {
        let text = |at: usize| row.try_get_by_index::<String>(at);
        let account = format!("{}/{}", text(1)?, text(2)?);
        let key = (Month(row.try_get_by_index(0)?), account, text(3)?);
        Ok((key, (row.try_get_by_index(4)?, row.try_get_by_index(5)?)))
    };
    rows(world, sql).await?.iter().map(read).collect()
}

async fn bills(world: &World) -> Result<BTreeMap<(Month, String, String), Bill>> {
    let sql = "SELECT b.id, b.month, p.name, b.currency, b.state, b.parked_code, b.basis, b.amount \
               FROM incentive_bill b JOIN partner p ON p.id = b.partner_id";
    let mut lines = bill_lines(world).await?;
    let read = |row: &Row| {
        let mut lines = lines.remove(&row.try_get_by_index::<i64>(0)?).unwrap_or_default();
        lines.sort();
        let bill = Bill {
            state: row.try_get_by_index(4)?,
            parked: row.try_get_by_index(5)?,
            basis: row.try_get_by_index(6)?,
            amount: row.try_get_by_index(7)?,
            lines,
        };
        let key = (Month(row.try_get_by_index(1)?), row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        Ok((key, bill))
    };
    rows(world, sql).await?.iter().map(read).collect()
}

async fn bill_lines(world: &World) -> Result<BTreeMap<i64, Vec<BillLine>>> {
    let sql = "SELECT l.bill_id, l.kind, l.origin_month, p.name, l.mode, l.product_class, i.valid_from, \
               l.rate_seq, l.rate_ppm, l.basis, l.exact, l.amount, l.note, l.product_policy FROM incentive_bill_line l \
               LEFT JOIN partner p ON p.id = l.partner_id LEFT JOIN incentive_policy i ON i.id = l.policy_id";
    let mut lines: BTreeMap<i64, Vec<BillLine>> = BTreeMap::new();
    for row in rows(world, sql).await? {
        let kind: String = row.try_get_by_index(1)?;
        let group = match mode(&row, 4)? {
            Some(mode) if kind != "RESIDUE" => Some(Group {
                partner: row.try_get_by_index::<String>(3)?[1..].parse().expect("a partner's number"),
                mode,
                policy: policy(&row, 13)?,
                class: row.try_get_by_index::<Option<String>>(5)?.unwrap_or_default(),
            }),
            _ => None,
        };
        let rate = match row.try_get_by_index::<Option<i32>>(6)? {
            Some(from) => Some((Month(from), row.try_get_by_index(7)?, row.try_get_by_index(8)?)),
            None => None,
        };
        lines.entry(row.try_get_by_index(0)?).or_default().push(BillLine {
            kind,
            origin: Month(row.try_get_by_index(2)?),
            group,
            rate,
            basis: row.try_get_by_index(9)?,
            exact: pico(&row.try_get_by_index::<String>(10)?),
            amount: row.try_get_by_index(11)?,
            note: row.try_get_by_index(12)?,
        });
    }
    Ok(lines)
}

/// A decimal of a unit in 10⁻¹².
fn pico(text: &str) -> i128 {
    scaled(text, 12)
}

/// A decimal in units of its last of so many decimals; what is finer is compared nowhere.
fn scaled(text: &str, decimals: usize) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(part.len() <= decimals, "{text} is finer than plans are");
    sign * format!("{whole}{part:0<decimals$}").parse::<i128>().expect("a decimal")
}

/// The receipt of an import.
pub(super) async fn receipt(world: &World, id: ImportId) -> Result<Receipt> {
    let import = bill_import::Entity::find_by_id(id).one(world.store.db()).await?.expect("the import");
    assert_eq!(import.state, entity::ImportState::Completed, "{:?}", import.error_detail);
    let totals = domain::performance::import::receipt::totals(&world.store, id).await?;
    let billionths = |text: &str| scaled(text, 9);
    Ok(Receipt {
        read: import.rows_read,
        rejected: import.rows_rejected,
        duplicate: import.rows_unchanged,
        updated: import.rows_updated,
        accepted: import.rows_accepted,
        unmatched: import.rows_unmatched,
        totals: totals
            .iter()
            .map(|total| {
                let sums =
                    (billionths(&total.source_total), billionths(&total.accepted_total), total.stored_micros);
                (total.currency.to_string(), sums)
            })
            .collect(),
    })
}

#[test]
fn a_decimal_is_scaled_exactly() {
    assert_eq!(scaled("-1.05", 9), -1_050_000_000);
    assert_eq!(Amount(1_050_000_000).to_string(), "1.05");
    assert_eq!(pico("0.000000000001"), 1);
}
