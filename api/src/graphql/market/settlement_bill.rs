//! Marketplace settlement bills with their lines.

use domain::money::market::labels;
use domain::reading::Order;
use domain::reading::money::market::BillLine;
use domain::reading::{self, Key};
use entity::payment_request;
use entity::{PartnerId, SettlementBillId, settlement_bill};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{AmountFilter, CurrencyFilter, IdFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{MarketplaceCategoryFilter, SettlementBillStateFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::RequestsOf;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for settlement_bill::Model {
    const NAME: &'static str = "SettlementBill";

    fn object() -> Object<Self> {
        Object::<Self>::new("What the vendor owes a seller for its sales on the marketplace, by the bill-out of a month, in one currency and category; below zero what the seller owes, which is carried forward.")
            .node(|row| row.id)
            .one("partner", "The seller.", |row| Some(row.partner_id))
            .field("month", "The month that was billed out.", |row| row.month)
            .field("currencyCode", "The currency.", |row| row.currency)
            .field("category", "The category of what was sold.", |row| Choice(row.category))
            .field("state", "The state of the bill.", |row| Choice(row.state))
.said("label", "The state as people read it, in the request's language.", |row, env| labels::of_bill(row.state, env.lang()))
            .object("sales", "Sales: what customers paid less what earlier bills hold.", |row| Money::of(row.sales, row.currency))
            .object("platformFee", "The fee for the platform, taken of the sales so far, less what earlier bills hold.", |row| Money::of(row.platform_fee, row.currency))
            .object("operatingFee", "The fee for operating the platform, taken of the sales so far, less what earlier bills hold.", |row| Money::of(row.operating_fee, row.currency))
            .object("amount", "The amount that the seller gets: sales less fees.", |row| Money::of(row.amount, row.currency))
            .field("createdAt", "The instant at which it was made.", |row| row.created_at)
            .field("version", "Grows with every change.", |row| row.version)
            .column("paymentRequest", "The payment request that holds it; of a void bill, the one that held it. Null while it is carried forward.", |env, bills, _| Box::pin(requests(env, bills)))
            .below_in_order("lines", "Its lines in order, with what rounding left over as a line of its own.", ("bill_id", |bill| bill.id.0), |env| reading::money::market::bill_lines(env.scope), || Order { name: "settlementBillLines".into(), keys: vec![Key::int("line_no")], descending: false })
    }
}

impl Shown for BillLine {
    const NAME: &'static str = "SettlementBillLine";

    fn object() -> Object<Self> {
        Object::<Self>::new("A line of a settlement bill: what changed since earlier bills for a month, customer and product.")
            .field("lineNo", "Its number in the bill, from 1.", |row| row.row.line_no)
            .field("kind", "The kind of line.", |row| Choice(row.row.kind))
            .field("originMonth", "The month the sales belong to.", |row| row.row.origin_month)
            .one("customer", "The customer that bought; null if the caller does not see it, or the account is nobody's.", |row| Some(row.row.customer_id))
            .one("product", "The product that was sold; null for the residue.", |row| Some(row.row.product_id))
            .object("sales", "The sales that it adds.", |row| Money::of(row.row.sales, row.currency))
            .field("platformFeePpm", "Platform fee, in parts per million of sales.", |row| row.row.platform_fee_ppm)
            .field("operatingFeePpm", "Operating fee, in parts per million of sales.", |row| row.row.operating_fee_ppm)
            .object("platformFee", "The fee of all sales so far, rounded once, less what earlier bills hold of it.", |row| Money::of(row.row.platform_fee, row.currency))
            .object("operatingFee", "The fee for operating the platform, taken of the sales so far, less what earlier bills hold.", |row| Money::of(row.row.operating_fee, row.currency))
            .object("amount", "Sales less fees.", |row| Money::of(row.row.amount, row.currency))
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<SettlementBillId, _>(
        "settlementBill",
        "A settlement bill by id; null if the caller sees none.",
        "The bill's id.",
    )
    .list(
        "settlementBills",
        "The settlement bills the caller sees: a partner its own. Latest month first.",
        |env| reading::money::market::bills(env.scope),
    )
}

impl Paged for BillLine {
    const PAGE: &'static str = "A page of lines of a settlement bill.";
    const EDGE: &'static str = "A line with its cursor.";
}

impl Paged for settlement_bill::Model {
    const PAGE: &'static str = "A page of settlement bills.";
    const EDGE: &'static str = "A bill with its cursor.";
}

impl Listable for settlement_bill::Model {
    fn list() -> List {
        List {
            filter: Filter::new("SettlementBillFilter", "Conditions on settlement bills.")
                .by("partner", "By seller.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("month", "By month.", |f: &MonthFilter| f.on("month"))
                .by("state", "By state.", |f: &SettlementBillStateFilter| f.on("state"))
                .by("category", "By category.", |f: &MarketplaceCategoryFilter| f.on("category"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
                .by("amount", "By what the seller gets.", |f: &AmountFilter| f.on("amount")),
            order: OrderBy::new("settlementBills", "SettlementBillOrder", "The order of settlement bills.")
                .by("MONTH", "The month.", [Key::int("month"), Key::int("id")])
                .by("AMOUNT", "The amount that the seller gets.", [Key::int("amount"), Key::int("id")])
                .descending(),
        }
    }
}

/// The live request of each bill, or the last one it had.
async fn requests(
    env: &Env,
    bills: &[settlement_bill::Model],
) -> Outcome<Vec<Option<payment_request::Model>>> {
    let carried = |bill: &settlement_bill::Model| bill.state == entity::SettlementBillState::Carried;
    let keys = bills.iter().filter(|bill| !carried(bill)).map(|bill| RequestsOf(bill.id)).collect();
    let mut found = env.load(keys).await?;
    Ok(bills.iter().map(|bill| found.remove(&RequestsOf(bill.id))?.pop().map(|last| last.request)).collect())
}
