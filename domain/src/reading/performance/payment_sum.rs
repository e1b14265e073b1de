//! Payments added up by what the caller asks for, in one statement.

use entity::{
    ChargeCategory, ChargingMode, CloudAccountId, Currency, CustomerId, Month, ProductId, RowReader,
};

use super::payment::seen;
use super::performance_sum::{PRODUCT, quarter};
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::performance::view::FROM;
use crate::reading::list::grouped_sql::{Group, Grouped, read_columns};
use crate::reading::list::page::Key;

/// A dimension by which sums of payments can be grouped. Currencies are always kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentDimension {
    /// The month it belongs to.
    Month,
    /// The quarter of that month.
    Quarter,
    /// The customer whose account it is.
    Customer,
    /// The account that was billed.
    Account,
    /// The product that was paid for.
    Product,
    /// The class of the product.
    ProductClass,
    /// Kind of charge.
    Category,
    /// The way in which it was charged.
    ChargingMode,
    /// The region in the bill.
    Region,
}

impl PaymentDimension {
    const ALL: [Self; 9] = [
        Self::Month,
        Self::Quarter,
        Self::Customer,
        Self::Account,
        Self::Product,
        Self::ProductClass,
        Self::Category,
        Self::ChargingMode,
        Self::Region,
    ];

    fn group(self) -> Group {
        match self {
            Self::Month => Group::by(Key::int("month"), "p.month"),
            Self::Quarter => quarter("p.month"),
            Self::Customer => Group::by(Key::int("customer_id"), "COALESCE(a.customer_id, 0)"),
            Self::Account => Group::by(Key::int("account_id"), "p.account_id"),
            Self::Product => Group::by(Key::int("product_id"), "p.product_id"),
            Self::ProductClass => Group {
                join: "JOIN product ON product.id = p.product_id",
                ..Group::by(Key::text("product_class"), PRODUCT)
            },
            Self::Category => Group::by(Key::int("category"), "p.category"),
            Self::ChargingMode => Group::by(Key::int("charging_mode"), "p.charging_mode"),
            Self::Region => Group::by(Key::text("region"), "p.region"),
        }
    }
}

/// One group of payments. Members that were not grouped by are `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentSum {
    /// The month they belong to.
    pub month: Option<Month>,
    /// The quarter of that month: 20263 for the third of 2026.
    pub quarter: Option<i32>,
    /// The customer whose they are; `None` also for nobody's.
    pub customer_id: Option<CustomerId>,
    /// The account that was billed.
    pub account_id: Option<CloudAccountId>,
    /// The product that was paid for.
    pub product_id: Option<ProductId>,
    /// The class of the product.
    pub product_class: Option<String>,
    /// Kind of charge.
    pub category: Option<ChargeCategory>,
    /// The way in which they were charged.
    pub charging_mode: Option<ChargingMode>,
    /// The region in the bill.
    pub region: Option<String>,
    /// The currency of the sums.
    pub currency: Currency,
    /// List prices, in micros.
    pub official: i64,
    /// Amounts that were to be paid, in micros.
    pub payable: i64,
    /// The number of payments.
    pub count: i64,
}

const SUMS: &str = "CAST(SUM(p.official) AS BIGINT) AS official, CAST(SUM(p.payable) AS BIGINT) AS payable, \
    COUNT(*) AS count";

/// The sums of the payments a caller sees, by what it names.
#[must_use]
pub fn sums(scope: Scope, by: &[PaymentDimension]) -> Grouped<PaymentSum> {
    let asked = PaymentDimension::ALL.into_iter().filter(|dimension| by.contains(dimension));
    let mut groups: Vec<Group> = asked.map(PaymentDimension::group).collect();
    groups.push(Group::by(Key::text("currency"), "p.currency"));
    let all = PaymentDimension::ALL.map(|dimension| dimension.group().key);
    let columns = format!("{}, currency, official, payable, count", read_columns(&all, &groups));
    Grouped::new(FROM, seen(scope), groups, SUMS, columns, read)
}

fn read(row: &mut RowReader<'_>) -> Result<PaymentSum> {
    Ok(PaymentSum {
        month: row.take()?,
        quarter: row.take()?,
        customer_id: row.take::<Option<CustomerId>>()?.filter(|id| id.0 != 0),
        account_id: row.take()?,
        product_id: row.take()?,
        product_class: row.take()?,
        category: row.take()?,
        charging_mode: row.take()?,
        region: row.take()?,
        currency: row.take()?,
        official: row.take()?,
        payable: row.take()?,
        count: row.take()?,
    })
}
