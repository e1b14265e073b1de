//! Marketplace settlement: bills with their lines, terms, what is not billed, and what was sold.

use entity::{
    Currency, CustomerId, MarketplaceCategory, MarketplaceLineState, Month, PartnerId, ProductId,
    SettlementBillId, UnbilledReason, marketplace_category, marketplace_terms, payment_request,
    settlement_bill, settlement_bill_line, settlement_withheld,
};
use sea_orm::{FromQueryResult, QueryResult};

use super::listing::Listing;
use super::predicate::Predicate;
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::money::market::open::{sales, unpaid};

/// The bills a caller sees: a partner its own.
#[must_use]
pub fn bills(scope: Scope) -> Listing<settlement_bill::Model> {
    Listing::of_table("settlement_bill", scope.bills("partner_id", 1))
}

/// A line with its bill's currency.
#[derive(Clone, Debug)]
pub struct BillLine {
    /// The line.
    pub row: settlement_bill_line::Model,
    /// The currency of its bill.
    pub currency: Currency,
}

/// The lines of bills; whoever sees a bill sees its lines.
#[must_use]
pub fn bill_lines(scope: Scope) -> Listing<BillLine> {
    Listing::new(
        "settlement_bill_line.*, settlement_bill.currency AS bill_currency",
        "settlement_bill_line JOIN settlement_bill ON settlement_bill.id = settlement_bill_line.bill_id",
        scope.bills("settlement_bill.partner_id", 1),
        |row| {
            let currency = row.try_get("", "bill_currency")?;
            Ok(BillLine { row: settlement_bill_line::Model::from_query_result(row, "")?, currency })
        },
    )
}

/// What bill-outs did not bill: a partner sees its own.
#[must_use]
pub fn withheld(scope: Scope) -> Listing<settlement_withheld::Model> {
    Listing::of_table("settlement_withheld", scope.bills("partner_id", 1))
}

/// Terms: a partner sees its own and those of everybody.
#[must_use]
pub fn terms(scope: Scope) -> Listing<marketplace_terms::Model> {
    let seen = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(id) => Predicate::new("(partner_id IS NULL OR partner_id = $1)", vec![id.0.into()]),
        Scope::Customer(_) => Predicate::never(),
    };
    Listing::of_table("marketplace_terms", seen)
}

/// The categories of products that have one of their own.
pub async fn categories(store: &Store, products: &[ProductId]) -> Result<Vec<marketplace_category::Model>> {
    let of = Predicate::key_in("product_id", products.iter().map(|id| id.0.into()).collect());
    Listing::of_table("marketplace_category", Predicate::always()).all(store, of, "product_id").await
}

/// A bill with the live request that holds it.
#[derive(Clone, Debug)]
pub struct Requested {
    /// The bill.
    pub bill: SettlementBillId,
    /// The request.
    pub request: payment_request::Model,
}

/// The requests that hold bills now; of a void bill, the one that held it.
pub async fn requests(store: &Store, scope: Scope, bills: &[SettlementBillId]) -> Result<Vec<Requested>> {
    let of =
        Predicate::key_in("payment_request_item.source_id", bills.iter().map(|id| id.0.into()).collect());
    let list: Listing<Requested> = Listing::new(
        "payment_request.*, payment_request_item.source_id AS bill_id",
        "payment_request_item JOIN payment_request ON payment_request.id = payment_request_item.request_id",
        Predicate::from(scope.bills("payment_request.partner_id", 1)).and(Predicate::compare(
            "payment_request_item.source",
            "=",
            "SETTLEMENT_BILL",
        )),
        |row| {
            let bill = SettlementBillId(row.try_get("", "bill_id")?);
            Ok(Requested { bill, request: payment_request::Model::from_query_result(row, "")? })
        },
    );
    list.all(store, of, "payment_request_item.live, payment_request.id").await
}

/// What was sold to a customer of a product in a month, and what of it is billed. Amounts are micros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldLine {
    /// The month of the payments.
    pub month: Month,
    /// The name under which was sold.
    pub seller: String,
    /// The partner of that name; 0 for none.
    pub partner_id: PartnerId,
    /// Who bought; 0 while the account is nobody's.
    pub customer_id: CustomerId,
    /// What was sold.
    pub product_id: ProductId,
    /// The currency.
    pub currency: Currency,
    /// The category of the product.
    pub category: MarketplaceCategory,
    /// What is paid.
    pub sales: i64,
    /// What is not paid yet.
    pub unpaid: i64,
    /// What bills hold of it.
    pub billed: i64,
    /// The seller's business information is certified.
    certified: bool,
    /// Terms hold for the seller, the category and the month.
    has_terms: bool,
    /// A bill-out of the month, or of a later one, is finished.
    billed_out: bool,
}

impl SoldLine {
    /// Whether it is billed, and if not, why. PURE.
    #[must_use]
    pub fn state(&self) -> (MarketplaceLineState, Option<UnbilledReason>) {
        let reason = match () {
            () if self.partner_id.0 == 0 => UnbilledReason::UnknownSeller,
            () if self.sales == self.billed && self.unpaid == 0 => {
                return (MarketplaceLineState::Billed, None);
            }
            () if self.sales == self.billed => UnbilledReason::NotPaid,
            () if !self.certified => UnbilledReason::NotCertified,
            () if !self.has_terms => UnbilledReason::NoTerms,
            () if !self.billed_out => UnbilledReason::NotDue,
            () => UnbilledReason::NextBill,
        };
        (MarketplaceLineState::NotBilled, Some(reason))
    }
}

/// As in [`crate::money::market::open`], for all sellers and names.
const SOLD: &str = concat!(
    "(SELECT x.month, x.seller, COALESCE(s.id, 0) AS partner_id, x.customer_id, x.product_id, x.currency, \
    COALESCE(c.category, 'GOODS') AS category, x.sales, x.unpaid, x.billed, \
    CAST(CASE WHEN n.certification = 'CERTIFIED' THEN 1 ELSE 0 END AS BIGINT) AS certified, \
    CAST(CASE WHEN EXISTS (SELECT 1 FROM marketplace_terms t WHERE (t.partner_id IS NULL OR t.partner_id = s.id) \
    AND t.category = COALESCE(c.category, 'GOODS') AND t.valid_from <= x.month) THEN 1 ELSE 0 END AS BIGINT) AS has_terms, \
    CAST(CASE WHEN EXISTS (SELECT 1 FROM settlement_bill_out o WHERE o.month >= x.month AND o.finished_at IS NOT NULL) \
    THEN 1 ELSE 0 END AS BIGINT) AS billed_out FROM ( \
    SELECT month, seller, customer_id, product_id, currency, CAST(SUM(sales) AS BIGINT) AS sales, \
    CAST(SUM(unpaid) AS BIGINT) AS unpaid, CAST(SUM(billed) AS BIGINT) AS billed FROM ( \
    SELECT p.month AS month, p.marketplace AS seller, COALESCE(a.customer_id, 0) AS customer_id, p.product_id AS product_id, \
    p.currency AS currency, ",
    sales!(),
    " AS sales, ",
    unpaid!(),
    " AS unpaid, 0 AS billed \
    FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id LEFT JOIN invoice i ON i.id = p.invoice_id \
    WHERE p.marketplace IS NOT NULL \
    UNION ALL \
    SELECT l.origin_month, s.marketplace_name, l.customer_id, l.product_id, b.currency, 0, 0, l.sales \
    FROM settlement_bill b JOIN settlement_bill_line l ON l.bill_id = b.id JOIN partner s ON s.id = b.partner_id \
    WHERE b.state <> 'CANCELLED' AND l.kind <> 'RESIDUE') both_sides \
    GROUP BY month, seller, customer_id, product_id, currency \
    HAVING SUM(sales) <> 0 OR SUM(unpaid) <> 0 OR SUM(billed) <> 0) x \
    LEFT JOIN partner s ON s.marketplace_name = x.seller \
    LEFT JOIN business_information n ON n.partner_id = s.id \
    LEFT JOIN marketplace_category c ON c.product_id = x.product_id) sold"
);

/// What was sold on the marketplace: a partner sees what it sold.
#[must_use]
pub fn sold(scope: Scope) -> Listing<SoldLine> {
    Listing::new("sold.*", SOLD, scope.bills("partner_id", 1), read_sold)
}

fn read_sold(row: &QueryResult) -> Result<SoldLine> {
    let category: String = row.try_get("", "category")?;
    let flag = |name: &str| row.try_get::<i64>("", name).map(|n| n == 1);
    Ok(SoldLine {
        month: Month(row.try_get("", "month")?),
        seller: row.try_get("", "seller")?,
        partner_id: PartnerId(row.try_get("", "partner_id")?),
        customer_id: CustomerId(row.try_get("", "customer_id")?),
        product_id: ProductId(row.try_get("", "product_id")?),
        currency: row.try_get("", "currency")?,
        category: MarketplaceCategory::from_name(&category)
            .ok_or_else(|| Error::Invariant(format!("the marketplace has no category {category}")))?,
        sales: row.try_get("", "sales")?,
        unpaid: row.try_get("", "unpaid")?,
        billed: row.try_get("", "billed")?,
        certified: flag("certified")?,
        has_terms: flag("has_terms")?,
        billed_out: flag("billed_out")?,
    })
}
