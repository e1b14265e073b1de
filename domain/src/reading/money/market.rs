//! Marketplace settlement: bills with their lines, terms, what is not billed, and what was sold.

use entity::{
    Columns, Currency, CustomerId, MarketplaceCategory, MarketplaceLineState, Month, PartnerId, ProductId,
    SettlementBillId, UnbilledReason, marketplace_category, marketplace_terms, payment_request, seller_name,
    settlement_bill, settlement_bill_line, settlement_withheld,
};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::money::market::open::{sales, unpaid};
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The bills a caller sees: a partner its own.
#[must_use]
pub fn bills(scope: Scope) -> Listing<settlement_bill::Model> {
    Listing::of("settlement_bill", scope.bills("partner_id", 1))
}

/// A line with its bill's currency.
#[derive(Clone, Debug, Columns)]
pub struct BillLine {
    /// The line.
    #[columns(row)]
    pub row: settlement_bill_line::Model,
    /// The currency of its bill.
    #[columns(sql = "settlement_bill.currency")]
    pub currency: Currency,
}

/// The lines of bills; whoever sees a bill sees its lines.
#[must_use]
pub fn bill_lines(scope: Scope) -> Listing<BillLine> {
    Listing::of(
        "settlement_bill_line JOIN settlement_bill ON settlement_bill.id = settlement_bill_line.bill_id",
        scope.bills("settlement_bill.partner_id", 1),
    )
}

/// What bill-outs did not bill: a partner sees its own.
#[must_use]
pub fn withheld(scope: Scope) -> Listing<settlement_withheld::Model> {
    Listing::of("settlement_withheld", scope.bills("partner_id", 1))
}

/// Terms: a partner sees its own and those of everybody.
#[must_use]
pub fn terms(scope: Scope) -> Listing<marketplace_terms::Model> {
    let seen = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(id, _) => Predicate::new("(partner_id IS NULL OR partner_id = $1)", vec![id.0.into()]),
        Scope::Customer(_) => Predicate::never(),
    };
    Listing::of("marketplace_terms", seen)
}

/// Names of sellers, for the vendor's staff.
#[must_use]
pub fn seller_names(scope: Scope) -> Listing<seller_name::Model> {
    Listing::of("seller_name", Predicate::vendor_only(scope))
}

/// The categories of products that have one of their own.
pub async fn categories(store: &Store, products: &[ProductId]) -> Result<Vec<marketplace_category::Model>> {
    let of = Predicate::key_in("product_id", products.iter().map(|id| id.0.into()).collect());
    Listing::of("marketplace_category", Predicate::always()).all(store, of, "product_id").await
}

/// A bill with the live request that holds it.
#[derive(Clone, Debug, Columns)]
pub struct Requested {
    /// The bill.
    #[columns(sql = "payment_request_item.source_id")]
    pub bill: SettlementBillId,
    /// The request.
    #[columns(row)]
    pub request: payment_request::Model,
}

/// The requests that hold bills now; of a void bill, the one that held it.
pub async fn requests(store: &Store, scope: Scope, bills: &[SettlementBillId]) -> Result<Vec<Requested>> {
    let of =
        Predicate::key_in("payment_request_item.source_id", bills.iter().map(|id| id.0.into()).collect());
    let list: Listing<Requested> = Listing::of(
        "payment_request_item JOIN payment_request ON payment_request.id = payment_request_item.request_id",
        Predicate::from(scope.bills("payment_request.partner_id", 1)).and(Predicate::compare(
            "payment_request_item.source",
            "=",
            "SETTLEMENT_BILL",
        )),
    );
    list.all(store, of, "payment_request_item.live, payment_request.id").await
}

/// What was sold to a customer of a product in a month, and what of it is billed. Amounts are micros.
#[derive(Clone, Debug, PartialEq, Eq, Columns)]
#[columns(table = "sold")]
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
    COALESCE(n.certification = 'CERTIFIED', FALSE) AS certified, \
    EXISTS (SELECT 1 FROM marketplace_terms t WHERE (t.partner_id IS NULL OR t.partner_id = s.id) \
    AND t.category = COALESCE(c.category, 'GOODS') AND t.valid_from <= x.month) AS has_terms, \
    EXISTS (SELECT 1 FROM settlement_bill_out o WHERE o.month >= x.month AND o.finished_at IS NOT NULL) AS billed_out FROM ( \
    SELECT month, seller, customer_id, product_id, currency, CAST(SUM(sales) AS BIGINT) AS sales, \
    CAST(SUM(unpaid) AS BIGINT) AS unpaid, CAST(SUM(billed) AS BIGINT) AS billed FROM ( \
    SELECT p.month AS month, p.marketplace AS seller, COALESCE(a.customer_id, 0) AS customer_id, p.product_id AS product_id, \
    p.currency AS currency, ",
    sales!(),
    " AS sales, ",
    unpaid!(),
    " AS unpaid, 0 AS billed \
    FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id LEFT JOIN invoice i ON i.id = p.invoice_id \
    WHERE p.marketplace IS NOT NULL AND NOT EXISTS \
    (SELECT 1 FROM seller_name v WHERE v.name = p.marketplace AND v.kind = 'VENDOR') \
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
    Listing::of(SOLD, scope.bills("partner_id", 1))
}
