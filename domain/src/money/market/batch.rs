//! Some sellers billed out in one transaction.

use std::collections::BTreeMap;

use entity::{
    Certification, Currency, MarketplaceCategory, Month, PartnerId, PaymentState, SettlementBillId,
    SettlementBillState, UnbilledReason,
};
use sea_orm::{ConnectionTrait, DbBackend};

use super::decide::{Carried, Decided, NewBill, StandingBy, decide};
use super::open::{self, Open, Sellers};
use super::terms::{Terms, fees};
use super::withheld::{self, Withheld};
use super::write_bills;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, exec, query};
use crate::kernel::write::{Context, audit};
use crate::money::settlement_bill::named_category;

/// Key of the advisory lock under which bills are made: any number that no other lock of the database uses ("PCMK").
const MARKET_LOCK: i64 = 0x5043_4D4B;

/// Waits until nobody else makes bills, and keeps others out until the transaction ends. SQLite has one writer.
pub(super) async fn alone(tx: &Tx) -> Result<()> {
    if tx.backend() == DbBackend::Postgres {
        exec(tx.orm(), "SELECT pg_advisory_xact_lock($1)", [MARKET_LOCK.into()]).await?;
    }
    Ok(())
}

/// What is known of a seller.
#[derive(Clone, Debug, Default)]
struct Seller {
    name: String,
    certified: bool,
    standing: StandingBy,
}

/// Bills `sellers` out for `month`: those who have no bill of it yet. Returns how many bills were made.
pub(super) async fn bill_out(
    store: &Store,
    context: &Context,
    month: Month,
    sellers: Sellers,
) -> Result<usize> {
    let tx = store.begin().await?;
    alone(&tx).await?;
    let now = store.clock.now();
    let open = open::groups(tx.orm(), month, sellers).await?;
    let known = if open.is_empty() { BTreeMap::new() } else { known(tx.orm(), month, sellers).await? };
    let terms = Terms::load(tx.orm(), sellers).await?;
    let (mut bills, mut rows) = (Vec::new(), Vec::new());
    for groups in open.chunk_by(|a, b| a.partner_id == b.partner_id) {
        let Some(partner) = groups.first().map(|group| group.partner_id) else { continue };
        let seller = known.get(&partner).cloned().unwrap_or_default();
        let decided = of_seller(month, groups, &seller, partner, &terms)?;
        rows.extend(decided.unbilled.into_iter().map(|unbilled| Withheld {
            seller: seller.name.clone(),
            partner_id: Some(partner),
            currency: unbilled.currency,
            reason: unbilled.reason,
            amount: unbilled.amount,
            detail: String::new(),
        }));
        bills.extend(decided.bills);
    }
    let states: Vec<_> = bills.iter().map(|bill| begins_in(bill, month, &terms)).collect();
    write_bills::write(&tx, store, context, now, month, &bills, &states).await?;
    withheld::replace(&tx, store, now, month, sellers, &rows).await?;
    if !bills.is_empty() {
        let detail = serde_json::json!({ "bills": bills.len(), "after": sellers.after, "to": sellers.to });
        audit(&tx, store, context, "settlementBillOut", &month.to_string(), None, &detail, now).await?;
    }
    crate::kernel::crash::point("market.bill_out");
    tx.commit().await?;
    Ok(bills.len())
}

/// Where the request that pays a bill begins. PURE.
fn begins_in(bill: &NewBill, month: Month, terms: &Terms) -> PaymentState {
    match terms.of(bill.partner_id, bill.category, month) {
        Some(terms) if terms.needs_confirmation => PaymentState::PendingConfirm,
        _ => PaymentState::AwaitCountersign,
    }
}

fn of_seller(
    month: Month,
    groups: &[Open],
    seller: &Seller,
    partner: PartnerId,
    terms: &Terms,
) -> Result<Decided> {
    let fees = |category, origin| terms.of(partner, category, origin).map(fees);
    decide(month, groups, seller.certified, &seller.standing, fees)
        .map_err(|_| Error::Invariant(format!("the sales of {partner} do not fit 64 bits of micros")))
}

/// Notes that a seller could not be billed, in a transaction of its own.
pub(super) async fn note_failure(store: &Store, month: Month, sellers: Sellers, error: &Error) -> Result<()> {
    let tx = store.begin().await?;
    alone(&tx).await?;
    let now = store.clock.now();
    let programme = "SELECT marketplace_name FROM partner WHERE id = $1 AND marketplace_name IS NOT NULL";
    let Some(row) = crate::kernel::store::query_one(tx.orm(), programme, [sellers.to.0.into()]).await? else {
        return Ok(());
    };
    let currency =
        "SELECT p.currency FROM consumption_payment p WHERE p.marketplace = $1 ORDER BY p.month DESC LIMIT 1";
    let seller: String = row.try_get_by_index(0)?;
    let Some(row) = crate::kernel::store::query_one(tx.orm(), currency, [seller.as_str().into()]).await?
    else {
        return Ok(());
    };
    let failed = Withheld {
        seller,
        partner_id: Some(sellers.to),
        currency: row.try_get_by_index(0)?,
        reason: UnbilledReason::Failed,
        amount: 0,
        detail: error.to_string(),
    };
    withheld::replace(&tx, store, now, month, sellers, &[failed]).await?;
    tx.commit().await
}

/// Names, certification and bills of sellers.
async fn known<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    sellers: Sellers,
) -> Result<BTreeMap<PartnerId, Seller>> {
    let range = [sellers.after.0.into(), sellers.to.0.into()];
    let sql = "SELECT s.id, s.marketplace_name, b.certification FROM partner s \
               LEFT JOIN business_information b ON b.partner_id = s.id \
               WHERE s.id > $1 AND s.id <= $2 AND s.marketplace_name IS NOT NULL";
    let mut known = BTreeMap::new();
    for row in query(connection, sql, range.clone()).await? {
        let certification: Option<String> = row.try_get_by_index(2)?;
        let certified = certification.as_deref() == Some(Certification::Certified.name());
        let seller = Seller { name: row.try_get_by_index(1)?, certified, standing: StandingBy::new() };
        known.insert(PartnerId(row.try_get_by_index(0)?), seller);
    }
    let sql = "SELECT id, partner_id, currency, category, month, state, sales - platform_fee - operating_fee, amount \
               FROM settlement_bill WHERE partner_id > $1 AND partner_id <= $2 AND state <> 'CANCELLED' \
               ORDER BY month, id";
    for row in query(connection, sql, range).await? {
        let partner = PartnerId(row.try_get_by_index(1)?);
        let (category, state): (String, String) = (row.try_get_by_index(3)?, row.try_get_by_index(5)?);
        let key: (Currency, MarketplaceCategory) = (row.try_get_by_index(2)?, named_category(&category)?);
        let (exact, amount): (i64, i64) = (row.try_get_by_index(6)?, row.try_get_by_index(7)?);
        let standing = known.entry(partner).or_default().standing.entry(key).or_default();
        let fits = || Error::Invariant(format!("the bills of {partner} do not fit 64 bits of micros"));
        standing.so_far.exact = standing.so_far.exact.checked_add(exact).ok_or_else(fits)?;
        standing.so_far.amount = standing.so_far.amount.checked_add(amount).ok_or_else(fits)?;
        let of = Month(row.try_get_by_index(4)?);
        standing.billed |= of == month;
        if state == SettlementBillState::Carried.name() {
            let id = SettlementBillId(row.try_get_by_index(0)?);
            standing.carried.push(Carried { id, month: of, amount });
        }
    }
    Ok(known)
}
