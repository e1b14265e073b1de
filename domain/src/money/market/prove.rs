//! The proof of settlement bills: against their lines, the ledger, payment requests, terms, and what customers paid.

use std::collections::BTreeMap;

use entity::{Currency, Month, PartnerId, SettlementBillId};
use sea_orm::ConnectionTrait;

use super::open::{SALES, Sellers, groups, strangers};
use super::price::fee;
use super::terms::Terms;
use crate::kernel::check::Check;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;
use crate::money::settlement_bill::named_category;
use crate::settlement::price::Overflow;

/// Sellers whose open sales are read at once: bounds memory, not the proof.
const AT_ONCE: usize = 500;
/// No payment is of a later month.
const EVER: Month = Month(209_912);

/// Proves all bills.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    Ok(vec![
        looked_at(connection, "settlement bills = their lines", LINES).await?,
        looked_at(connection, "settlement bills = items of requests", ITEMS).await?,
        posted(connection).await?,
        fees_are_those_of_the_terms(connection).await?,
        paid_is_billed_or_open(connection).await?,
    ])
}

/// Each bill, and 1 if it is the sum of its lines.
const LINES: &str = "SELECT b.id, CAST(CASE WHEN b.sales = COALESCE(l.sales, 0) AND b.platform_fee = COALESCE(l.platform_fee, 0) \
    AND b.operating_fee = COALESCE(l.operating_fee, 0) AND b.amount = COALESCE(l.amount, 0) \
    AND b.lines = COALESCE(l.lines, 0) THEN 1 ELSE 0 END AS BIGINT) \
    FROM settlement_bill b LEFT JOIN (SELECT bill_id, SUM(sales) AS sales, SUM(platform_fee) AS platform_fee, \
    SUM(operating_fee) AS operating_fee, SUM(amount) AS amount, COUNT(*) AS lines \
    FROM settlement_bill_line GROUP BY bill_id) l ON l.bill_id = b.id ORDER BY b.id";

/// Each bill, and 1 if one live request holds it with its amount while it is BILLED, none while it is CARRIED, and
/// none any more but a cancelled one once it is CANCELLED.
const ITEMS: &str = "SELECT b.id, CAST(CASE WHEN b.state = 'BILLED' AND i.live = 1 AND i.amount = b.amount THEN 1 \
    WHEN b.state = 'CARRIED' AND COALESCE(i.live, 0) = 0 THEN 1 \
    WHEN b.state = 'CANCELLED' AND i.live = 0 AND i.void = 1 THEN 1 ELSE 0 END AS BIGINT) \
    FROM settlement_bill b LEFT JOIN (SELECT x.source_id, SUM(CASE WHEN x.live THEN 1 ELSE 0 END) AS live, \
    SUM(CASE WHEN x.live THEN x.amount ELSE 0 END) AS amount, \
    SUM(CASE WHEN r.state = 'CANCELLED' THEN 1 ELSE 0 END) AS void FROM payment_request_item x \
    JOIN payment_request r ON r.id = x.request_id WHERE x.source = 'SETTLEMENT_BILL' GROUP BY x.source_id) i \
    ON i.source_id = b.id ORDER BY b.id";

async fn looked_at<C: ConnectionTrait>(connection: &C, name: &'static str, sql: &str) -> Result<Check> {
    let (mut all, mut right, mut example) = (0_usize, 0_usize, None);
    for row in query(connection, sql, []).await? {
        all += 1;
        if row.try_get_by_index::<i64>(1)? == 1 {
            right += 1;
        } else if example.is_none() {
            example = Some(SettlementBillId(row.try_get_by_index(0)?).to_string());
        }
    }
    Ok(Check::equal(name, all.to_string(), right.to_string()).example(example))
}

/// Every bill was posted once with its amount, and nothing else was posted as a bill.
async fn posted<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let sql = "SELECT t.entity, CAST(SUM(e.amount) AS BIGINT), COUNT(*) FROM ledger_transaction t \
               JOIN ledger_entry e ON e.partner_id = t.partner_id AND e.seq = t.seq \
               WHERE t.kind = 'BILL_OUT' AND e.account = 'EARNED' GROUP BY t.entity";
    let mut postings: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in query(connection, sql, []).await? {
        postings.insert(row.try_get_by_index(0)?, (row.try_get_by_index(1)?, row.try_get_by_index(2)?));
    }
    let (mut all, mut right, mut example) = (0_usize, 0_usize, None);
    for row in query(connection, "SELECT id, amount FROM settlement_bill ORDER BY id", []).await? {
        let (id, amount) = (SettlementBillId(row.try_get_by_index(0)?), row.try_get_by_index::<i64>(1)?);
        let posting = postings.remove(&id.to_string());
        all += 1;
        if posting == (amount != 0).then_some((-amount, 1)) {
            right += 1;
        } else if example.is_none() {
            let earned = posting.map_or(0, |(earned, _)| -earned);
            example = Some(format!("{id}: {amount} micros, {earned} posted"));
        }
    }
    if let Some((entity, _)) = postings.pop_first() {
        all += 1;
        example.get_or_insert(format!("{entity} was posted and is no bill"));
    }
    Ok(Check::equal("settlement bills = ledger", all.to_string(), right.to_string()).example(example))
}

/// Fees of all bills of a group together are those of its sales together. Left out are groups with a void bill: a
/// bill that came after it was priced with what it held.
async fn fees_are_those_of_the_terms<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let everybody = Sellers { after: PartnerId(0), to: PartnerId(i64::MAX) };
    let terms = Terms::load(connection, everybody).await?;
    let sql = "SELECT b.partner_id, b.currency, b.category, l.origin_month, l.customer_id, l.product_id, \
               CAST(SUM(l.sales) AS BIGINT), CAST(SUM(l.platform_fee) AS BIGINT), CAST(SUM(l.operating_fee) AS BIGINT), \
               MIN(b.id) FROM settlement_bill b JOIN settlement_bill_line l ON l.bill_id = b.id WHERE l.kind <> 'RESIDUE' \
               GROUP BY b.partner_id, b.currency, b.category, l.origin_month, l.customer_id, l.product_id \
               HAVING SUM(CASE WHEN b.state = 'CANCELLED' THEN 1 ELSE 0 END) = 0 ORDER BY 10";
    let (mut all, mut right, mut example) = (0_usize, 0_usize, None);
    for row in query(connection, sql, []).await? {
        let (partner, currency) = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        let (category, origin): (String, i32) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let sales: i64 = row.try_get_by_index(6)?;
        let fees: (i64, i64) = (row.try_get_by_index(7)?, row.try_get_by_index(8)?);
        let of = terms.of(partner, named_category(&category)?, Month(origin));
        let overflow =
            |_: Overflow| Error::Invariant(format!("the sales of {partner} do not fit 64 bits of micros"));
        let expected = of
            .map(|terms| {
                let platform = fee(sales, terms.platform_fee_ppm, currency)?;
                Ok((platform, fee(sales, terms.operating_fee_ppm, currency)?))
            })
            .transpose()
            .map_err(overflow)?;
        all += 1;
        if expected == Some(fees) {
            right += 1;
        } else if example.is_none() {
            let bill = SettlementBillId(row.try_get_by_index(9)?);
            example = Some(format!("{bill} of {partner}, {}: {fees:?} for {expected:?}", Month(origin)));
        }
    }
    Ok(Check::equal("fees = terms × sales, rounded once", all.to_string(), right.to_string())
        .example(example))
}

type ByName = BTreeMap<(String, Currency), (i128, i128)>;

/// What customers paid under a name is what bills of that seller hold, and what the next bill-out would bill.
async fn paid_is_billed_or_open<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let mut sums = ByName::new();
    let sql = format!(
        "SELECT p.marketplace, p.currency, CAST(SUM({SALES}) AS BIGINT) FROM consumption_payment p \
         LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.marketplace IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM seller_name n WHERE n.name = p.marketplace AND n.kind = 'VENDOR') \
         GROUP BY p.marketplace, p.currency"
    );
    for row in query(connection, &sql, []).await? {
        let paid: i64 = row.try_get_by_index(2)?;
        sums.insert((row.try_get_by_index(0)?, row.try_get_by_index(1)?), (paid.into(), 0));
    }
    let sql = "SELECT s.marketplace_name, b.currency, CAST(SUM(l.sales) AS BIGINT) FROM settlement_bill b \
               JOIN settlement_bill_line l ON l.bill_id = b.id JOIN partner s ON s.id = b.partner_id \
               WHERE b.state <> 'CANCELLED' GROUP BY s.marketplace_name, b.currency";
    for row in query(connection, sql, []).await? {
        let billed: i64 = row.try_get_by_index(2)?;
        let name: Option<String> = row.try_get_by_index(0)?;
        sums.entry((name.unwrap_or_default(), row.try_get_by_index(1)?)).or_default().1 += i128::from(billed);
    }
    add_open(connection, &mut sums).await?;
    let wrong = sums.iter().find(|(_, (paid, accounted))| paid != accounted);
    let example = wrong.map(|((name, currency), (paid, accounted))| {
        format!("{name}: {paid} micros {currency} paid, {accounted} billed or open")
    });
    let mut by_currency: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
    for ((_, currency), (paid, accounted)) in &sums {
        let sum = by_currency.entry(*currency).or_default();
        *sum = (sum.0 + paid, sum.1 + accounted);
    }
    let side = |of: fn(&(i128, i128)) -> i128| {
        by_currency
            .iter()
            .map(|(currency, pair)| format!("{currency} {}", of(pair)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut check = Check::equal("paid to sellers = billed + open", side(|pair| pair.0), side(|pair| pair.1));
    check.holds &= example.is_none();
    Ok(check.example(example))
}

/// Adds what the next bill-out would find: of sellers, and of names that are no partner's.
async fn add_open<C: ConnectionTrait>(connection: &C, sums: &mut ByName) -> Result<()> {
    let sql = "SELECT id, marketplace_name FROM partner WHERE marketplace_name IS NOT NULL ORDER BY id";
    let mut names: BTreeMap<PartnerId, String> = BTreeMap::new();
    for row in query(connection, sql, []).await? {
        names.insert(PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
    }
    let ids: Vec<_> = names.keys().copied().collect();
    let mut after = PartnerId(0);
    for chunk in ids.chunks(AT_ONCE) {
        let Some(to) = chunk.last().copied() else { continue };
        for group in groups(connection, EVER, Sellers { after, to }).await? {
            let name = names.get(&group.partner_id).cloned().unwrap_or_default();
            let open = i128::from(group.total) - i128::from(group.held);
            sums.entry((name, group.currency)).or_default().1 += open;
        }
        after = to;
    }
    for stranger in strangers(connection, EVER).await? {
        sums.entry((stranger.name, stranger.currency)).or_default().1 += i128::from(stranger.total);
    }
    Ok(())
}
