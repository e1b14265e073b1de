//! Counts of each item of the checklist over sets of a month, with the first of them.

use entity::{Timestamp, settlement_month};
use sea_orm::{ConnectionTrait, Value};

use super::checklist::CloseItem;
use super::importing::under_way;
use crate::kernel::error::Result;
use crate::kernel::store::query_one;
use crate::performance::partner_sum;

/// The number of them and the first, in the order of the alphabet; none if there is nothing.
pub(super) async fn look<C: ConnectionTrait>(
    connection: &C,
    item: CloseItem,
    month: &settlement_month::Model,
    now: Timestamp,
) -> Result<Option<(i64, String)>> {
    if item == CloseItem::ImportUnfinished {
        return Ok(under_way(connection, now).await?.map(|import| (1, import)));
    }
    let of = month.month;
    let sums = partner_sum::source(connection, of).await?;
    let (sql, values): (String, Vec<Value>) = match item {
        CloseItem::NoPayments => (no_payments(), vec![of.0.into()]),
        CloseItem::Unmatched => (unmatched(), vec![of.0.into()]),
        CloseItem::Unclassified => (unclassified(), vec![of.0.into()]),
        CloseItem::Unlinked => (unlinked(sums), vec![of.0.into()]),
        CloseItem::NoPolicy => (no_policy(sums), vec![of.0.into()]),
        CloseItem::ImportFailed => (import_failed(), vec![month.starts_at.0.into()]),
        CloseItem::FileMissing => {
            let before = of.previous();
            let earlier = partner_sum::source(connection, before).await?;
            (file_missing(sums, earlier), vec![of.0.into(), before.0.into()])
        }
        CloseItem::NoPartner => (no_partner(sums), vec![of.0.into()]),
        CloseItem::DisputeOpen => (dispute_open(), vec![of.0.into()]),
        CloseItem::NoRate => (no_rate(), vec![of.0.into()]),
        CloseItem::Parked => (parked(), vec![of.0.into()]),
        CloseItem::RunFailed => (run_failed(), vec![of.0.into()]),
        CloseItem::JobFailed | CloseItem::ImportUnfinished => (job_failed(), vec![]),
    };
    let Some(row) = query_one(connection, &sql, values).await? else { return Ok(None) };
    let count: i64 = row.try_get_by_index(0)?;
    let example: Option<String> = row.try_get_by_index(1)?;
    Ok((count > 0).then(|| (count, example.unwrap_or_default())))
}

fn no_payments() -> String {
    "SELECT CAST(1 AS BIGINT), 'nothing is posted in it' FROM settlement_month WHERE month = $1 \
     AND NOT EXISTS (SELECT 1 FROM performance_line l WHERE l.month = $1) \
     AND NOT EXISTS (SELECT 1 FROM unmatched_total u WHERE u.month = $1 AND u.payments > 0)"
        .into()
}

fn unmatched() -> String {
    "SELECT COUNT(DISTINCT u.account_id), MIN(a.provider || ' ' || a.account_no) FROM unmatched_total u \
     JOIN cloud_account a ON a.id = u.account_id WHERE u.month = $1 AND u.payments > 0"
        .into()
}

fn unclassified() -> String {
    "SELECT COUNT(*), MIN(n.name) FROM seller_name n WHERE n.kind = 'UNDECIDED' \
     AND NOT EXISTS (SELECT 1 FROM partner s WHERE s.marketplace_name = n.name) \
     AND EXISTS (SELECT 1 FROM consumption_payment p WHERE p.marketplace = n.name \
     AND p.marketplace IS NOT NULL AND p.month <= $1)"
        .into()
}

fn unlinked(sums: &str) -> String {
    format!(
        "SELECT COUNT(DISTINCT p.id), MIN(p.name) FROM {sums} s JOIN partner p ON p.id = s.bill_to_id \
         WHERE s.month = $1 AND s.reason = 0 AND p.kind = 'RESELLER' AND s.amount <> 0"
    )
}

fn no_policy(sums: &str) -> String {
    format!(
        "SELECT COUNT(DISTINCT s.origin_month), CAST(MIN(s.origin_month) AS TEXT) FROM {sums} s \
         WHERE s.month = $1 AND s.reason = 0 AND s.amount <> 0 AND s.origin_month < \
         (SELECT COALESCE(MIN(v.valid_from), 999912) FROM incentive_policy v)"
    )
}

fn no_partner(sums: &str) -> String {
    format!(
        "SELECT COUNT(DISTINCT s.product_id), MIN(p.name) FROM {sums} s JOIN product p ON p.id = s.product_id \
         WHERE s.month = $1 AND s.partner_id = 0 AND s.amount <> 0"
    )
}

fn file_missing(sums: &str, earlier: &str) -> String {
    let providers = |sums: &str, month: &str| {
        format!(
            "SELECT p.provider FROM {sums} s JOIN product p ON p.id = s.product_id WHERE s.month = {month} \
             AND s.origin_month = {month} UNION SELECT a.provider FROM unmatched_total u \
             JOIN cloud_account a ON a.id = u.account_id WHERE u.month = {month} AND u.payments > 0"
        )
    };
    let (now, before) = (providers(sums, "$1"), providers(earlier, "$2"));
    format!("SELECT COUNT(*), MIN(provider) FROM ({before}) earlier WHERE provider NOT IN ({now})")
}

fn import_failed() -> String {
    "SELECT COUNT(*), MIN(f.file_name) FROM bill_import f WHERE f.state = 'FAILED' AND f.created_at >= $1 \
     AND NOT EXISTS (SELECT 1 FROM bill_import d WHERE d.file_name = f.file_name AND d.state = 'COMPLETED' \
     AND d.created_at >= f.created_at)"
        .into()
}

fn dispute_open() -> String {
    "SELECT COUNT(*), MIN(p.name) FROM bill_feedback f JOIN partner p ON p.id = f.partner_id \
     WHERE f.month = $1 AND f.state = 'OPEN'"
        .into()
}

fn no_rate() -> String {
    "SELECT COUNT(*), MIN(p.name) FROM incentive_bill b JOIN incentive_bill_line l ON l.bill_id = b.id \
     JOIN partner p ON p.id = l.partner_id WHERE b.month = $1 AND l.note = 'NO_RATE' AND l.basis <> 0 \
     AND EXISTS (SELECT 1 FROM incentive_policy v WHERE v.valid_from <= l.origin_month)"
        .into()
}

fn parked() -> String {
    "SELECT COUNT(*), MIN(p.name) FROM incentive_bill b JOIN partner p ON p.id = b.partner_id \
     WHERE (b.month = $1 AND b.parked_code IS NOT NULL) OR (b.month < $1 AND b.state = 'PARKED')"
        .into()
}

fn run_failed() -> String {
    "SELECT COUNT(*), MIN(kind || ': ' || COALESCE(error_code, '')) FROM settlement_run \
     WHERE month = $1 AND state = 'FAILED'"
        .into()
}

fn job_failed() -> String {
    "SELECT COUNT(*), MIN(name) FROM task WHERE failures > 0".into()
}
