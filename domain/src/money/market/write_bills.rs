//! Writing bills: rows, postings, payment requests, events; many sellers in few statements.

use entity::{
    LedgerAccount, Month, PaymentKind, PaymentSource, PaymentState, PayoutWay, SettlementBillId,
    SettlementBillState, Timestamp,
};
use sea_orm::Value;

use super::decide::NewBill;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::emit_all;
use crate::kernel::store::{Store, Tx, exec, insert_rows, many_placeholders};
use crate::kernel::write::Context;
use crate::money::ledger::{Entry, Posting, post_many};
use crate::money::payment::create::{Item, NewRequest, create_many};
use crate::money::settlement_bill::{Told, event};

/// Keys of one statement.
const KEYS: usize = 500;

/// A bill with its key.
type Numbered<'a> = (SettlementBillId, &'a NewBill);

/// Writes the bills with what follows from them. `states` are those in which the requests that pay them begin.
pub(super) async fn write(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    month: Month,
    bills: &[NewBill],
    states: &[PaymentState],
) -> Result<()> {
    if bills.is_empty() {
        return Ok(());
    }
    let numbered: Vec<Numbered<'_>> =
        bills.iter().map(|bill| (SettlementBillId(store.ids.next(now)), bill)).collect();
    insert_bills(tx, now, month, &numbered).await?;
    insert_lines(tx, &numbered).await?;
    let postings: Vec<_> = numbered.iter().map(|(id, bill)| posting(*id, bill)).collect();
    post_many(tx, now, &postings).await?;
    let requests = numbered.iter().zip(states);
    let requests: Vec<_> =
        requests.filter_map(|((id, bill), state)| request(*id, bill, month, *state)).collect();
    create_many(tx, store, context, now, requests).await?;
    take_carried(tx, bills).await?;
    let mut events = Vec::with_capacity(bills.len());
    for (id, bill) in &numbered {
        let told = Told {
            id: *id,
            partner_id: bill.partner_id,
            state: state(bill),
            month,
            category: bill.category,
            amount: bill.priced.amount,
            currency: bill.currency,
        };
        let taken = bill.requested_with.iter().flatten();
        events.extend(
            taken.map(|old| event(Told { id: old.id, month: old.month, amount: old.amount, ..told })),
        );
        events.push(event(told));
    }
    emit_all(tx, store, now, &events).await
}

fn state(bill: &NewBill) -> SettlementBillState {
    if bill.requested_with.is_some() { SettlementBillState::Billed } else { SettlementBillState::Carried }
}

/// What a bill earns its seller, or what the seller owes by it. PURE.
fn posting<'a>(id: SettlementBillId, bill: &NewBill) -> Posting<'a> {
    let (amount, currency) = (bill.priced.amount, bill.currency);
    let account = if amount < 0 { LedgerAccount::Carried } else { LedgerAccount::Payable };
    let entry = |account, amount| Entry { account, currency, amount };
    let entries = vec![entry(LedgerAccount::Earned, -amount), entry(account, amount)];
    Posting { partner_id: bill.partner_id, kind: "BILL_OUT", entity: id.to_string(), entries }
}

/// The request that pays a bill, with the carried ones; none if it is carried itself. PURE.
fn request(id: SettlementBillId, bill: &NewBill, month: Month, state: PaymentState) -> Option<NewRequest> {
    let carried = bill.requested_with.as_ref()?.iter().map(|old| (old.id, old.amount));
    let item = |(id, amount): (SettlementBillId, i64)| Item {
        source: PaymentSource::SettlementBill,
        id: id.0,
        amount,
    };
    Some(NewRequest {
        partner_id: bill.partner_id,
        kind: PaymentKind::Marketplace,
        way: PayoutWay::BankTransfer,
        category: bill.category.name().to_owned(),
        month,
        currency: bill.currency,
        state,
        items: carried.chain([(id, bill.priced.amount)]).map(item).collect(),
    })
}

async fn insert_bills(tx: &Tx, now: Timestamp, month: Month, bills: &[Numbered<'_>]) -> Result<()> {
    let mut rows: Vec<Value> = Vec::new();
    for (id, bill) in bills {
        let priced = &bill.priced;
        let lines = i32::try_from(priced.lines.len())
            .map_err(|_| Error::Invariant(format!("a bill of {} has too many lines", bill.partner_id)))?;
        rows.extend::<[Value; 13]>([
            id.0.into(),
            bill.partner_id.0.into(),
            month.0.into(),
            bill.currency.into(),
            bill.category.name().into(),
            state(bill).name().into(),
            priced.sales.into(),
            priced.platform_fee.into(),
            priced.operating_fee.into(),
            priced.amount.into(),
            lines.into(),
            now.0.into(),
            1_i32.into(),
        ]);
    }
    let head = "INSERT INTO settlement_bill (id, partner_id, month, currency, category, state, sales, platform_fee, \
                operating_fee, amount, lines, created_at, version)";
    insert_rows(tx.orm(), head, 13, rows, "").await?;
    Ok(())
}

async fn insert_lines(tx: &Tx, bills: &[Numbered<'_>]) -> Result<()> {
    let mut rows: Vec<Value> = Vec::new();
    for (id, bill) in bills {
        for (line, no) in bill.priced.lines.iter().zip(1_i32..) {
            rows.extend::<[Value; 12]>([
                id.0.into(),
                no.into(),
                line.kind.name().into(),
                line.origin_month.0.into(),
                line.customer_id.0.into(),
                line.product_id.0.into(),
                line.sales.into(),
                line.fees.platform_ppm.into(),
                line.fees.operating_ppm.into(),
                line.platform_fee.into(),
                line.operating_fee.into(),
                line.amount.into(),
            ]);
        }
    }
    let head = "INSERT INTO settlement_bill_line (bill_id, line_no, kind, origin_month, customer_id, product_id, sales, \
                platform_fee_ppm, operating_fee_ppm, platform_fee, operating_fee, amount)";
    insert_rows(tx.orm(), head, 12, rows, "").await?;
    Ok(())
}

/// Carried bills that are requested now are carried no more.
async fn take_carried(tx: &Tx, bills: &[NewBill]) -> Result<()> {
    let taken = bills.iter().flat_map(|bill| bill.requested_with.iter().flatten());
    let ids: Vec<Value> = taken.map(|old| old.id.0.into()).collect();
    for chunk in ids.chunks(KEYS) {
        let list = many_placeholders(tx.orm(), 1, chunk.len());
        let sql = format!(
            "UPDATE settlement_bill SET state = 'BILLED', version = version + 1 WHERE state = 'CARRIED' AND id IN {list}"
        );
        let changed = exec(tx.orm(), &sql, chunk.to_vec()).await?.rows_affected();
        if usize::try_from(changed).is_ok_and(|n| n != chunk.len()) {
            return Err(Error::Invariant("a carried bill was taken by somebody else".into()));
        }
    }
    Ok(())
}
