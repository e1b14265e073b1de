//! What customers paid sellers, and what bills hold of it: the one statement over marketplace payments.

use entity::{Currency, CustomerId, MarketplaceCategory, Month, PartnerId, ProductId};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::kernel::error::Result;
use crate::kernel::store::query;
use crate::money::settlement_bill::named_category;

/// [`SALES`], for statements that are put together where they are compiled.
macro_rules! sales {
    () => {
        "(CASE WHEN p.settled OR i.paid_at IS NOT NULL THEN p.cash + p.stored_value_card ELSE 0 END \
         + CASE WHEN i.paid_at IS NOT NULL THEN p.credit + p.debt ELSE 0 END)"
    };
}
/// [`UNPAID`], for the same.
macro_rules! unpaid {
    () => {
        "(CASE WHEN p.settled OR i.paid_at IS NOT NULL THEN 0 ELSE p.cash + p.stored_value_card END \
         + CASE WHEN i.paid_at IS NOT NULL THEN 0 ELSE p.credit + p.debt END)"
    };
}
pub(crate) use {sales, unpaid};

/// What the seller is owed of a payment `p` with invoice `i`: what the customer really paid. As for performance,
/// cash and stored-value card count when settled or invoiced and paid, credit and debt when their invoice is paid;
/// vouchers, coupons, bonus and write-offs are the vendor's gift and never the seller's sale.
pub const SALES: &str = sales!();
/// What it would be owed, were it paid.
pub const UNPAID: &str = unpaid!();

/// A seller's sales of a month to a customer of a product, in one currency. Amounts are micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The seller.
    pub partner_id: PartnerId,
    /// The currency.
    pub currency: Currency,
    /// The category of the product.
    pub category: MarketplaceCategory,
    /// The month of the payments.
    pub origin_month: Month,
    /// Who bought; 0 while the account is nobody's.
    pub customer_id: CustomerId,
    /// What was sold.
    pub product_id: ProductId,
    /// Everything the seller is owed for, as it is known now.
    pub total: i64,
    /// What was not paid yet.
    pub unpaid: i64,
    /// What bills that are not cancelled hold of the total.
    pub held: i64,
    /// The platform fee in them.
    pub platform_held: i64,
    /// The operating fee in them.
    pub operating_held: i64,
}

/// Who is looked at: sellers behind one id, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sellers {
    /// Not this one, the next.
    pub after: PartnerId,
    /// Up to this one.
    pub to: PartnerId,
}

/// The groups of `sellers` in which something is to be billed or not paid, of payments up to `month`; in the order
/// of sellers, currencies, months, customers, products. Every payment of a seller is read once, from an index.
pub async fn groups<C: ConnectionTrait>(connection: &C, month: Month, sellers: Sellers) -> Result<Vec<Open>> {
    let sql = format!(
        "SELECT g.partner_id, g.currency, COALESCE(c.category, 'GOODS'), g.month, g.customer_id, g.product_id, \
         g.total, g.unpaid, g.held, g.platform, g.operating FROM ( \
         SELECT partner_id, currency, month, customer_id, product_id, CAST(SUM(total) AS BIGINT) AS total, \
         CAST(SUM(unpaid) AS BIGINT) AS unpaid, CAST(SUM(held) AS BIGINT) AS held, \
         CAST(SUM(platform) AS BIGINT) AS platform, CAST(SUM(operating) AS BIGINT) AS operating FROM ( \
         SELECT s.id AS partner_id, p.currency AS currency, p.month AS month, COALESCE(a.customer_id, 0) AS customer_id, \
         p.product_id AS product_id, {SALES} AS total, {UNPAID} AS unpaid, 0 AS held, 0 AS platform, 0 AS operating \
         FROM partner s JOIN consumption_payment p ON p.marketplace = s.marketplace_name \
         JOIN cloud_account a ON a.id = p.account_id LEFT JOIN invoice i ON i.id = p.invoice_id \
         WHERE s.id > $1 AND s.id <= $2 AND p.marketplace IS NOT NULL AND p.month <= $3 \
         UNION ALL \
         SELECT b.partner_id, b.currency, l.origin_month, l.customer_id, l.product_id, 0, 0, l.sales, l.platform_fee, \
         l.operating_fee FROM settlement_bill b JOIN settlement_bill_line l ON l.bill_id = b.id \
         WHERE b.partner_id > $1 AND b.partner_id <= $2 AND b.state <> 'CANCELLED' AND l.kind <> 'RESIDUE' \
         AND l.origin_month <= $3) both_sides \
         GROUP BY partner_id, currency, month, customer_id, product_id \
         HAVING SUM(total) <> SUM(held) OR SUM(unpaid) <> 0) g \
         LEFT JOIN marketplace_category c ON c.product_id = g.product_id \
         ORDER BY g.partner_id, g.currency, g.month, g.customer_id, g.product_id"
    );
    let values: [Value; 3] = [sellers.after.0.into(), sellers.to.0.into(), month.0.into()];
    query(connection, &sql, values).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Open> {
    let category: String = row.try_get_by_index(2)?;
    Ok(Open {
        partner_id: PartnerId(row.try_get_by_index(0)?),
        currency: row.try_get_by_index(1)?,
        category: named_category(&category)?,
        origin_month: Month(row.try_get_by_index(3)?),
        customer_id: CustomerId(row.try_get_by_index(4)?),
        product_id: ProductId(row.try_get_by_index(5)?),
        total: row.try_get_by_index(6)?,
        unpaid: row.try_get_by_index(7)?,
        held: row.try_get_by_index(8)?,
        platform_held: row.try_get_by_index(9)?,
        operating_held: row.try_get_by_index(10)?,
    })
}

/// Sales under a name that is no partner's, in micros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The name.
    pub name: String,
    /// The currency.
    pub currency: Currency,
    /// Sales that are paid.
    pub total: i64,
}

/// What was sold up to `month` under names that are no partner's.
pub async fn strangers<C: ConnectionTrait>(connection: &C, month: Month) -> Result<Vec<Stranger>> {
    let sql = format!(
        "SELECT p.marketplace, p.currency, CAST(SUM({SALES}) AS BIGINT) FROM consumption_payment p \
         LEFT JOIN invoice i ON i.id = p.invoice_id LEFT JOIN partner s ON s.marketplace_name = p.marketplace \
         WHERE p.marketplace IS NOT NULL AND p.month <= $1 AND s.id IS NULL AND NOT EXISTS \
         (SELECT 1 FROM seller_name n WHERE n.name = p.marketplace AND n.kind = 'VENDOR') \
         GROUP BY p.marketplace, p.currency HAVING SUM({SALES}) <> 0 ORDER BY 1, 2"
    );
    let rows = query(connection, &sql, [month.0.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Stranger {
                name: row.try_get_by_index(0)?,
                currency: row.try_get_by_index(1)?,
                total: row.try_get_by_index(2)?,
            })
        })
        .collect()
}
