//! Payments, written out.

use entity::{ChargeCategory, ChargingMode, DetailType, Month, Timestamp};

use super::cells::Cells;
use super::filter::ExportFilter;
use super::names::Products;
use super::sheet::{Select, Sheet, numbered, unknown};
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::performance::fact::Currencies;
use crate::reading::performance::payment::seen;

/// Payments as a sheet.
pub(super) struct Payments {
    products: Products,
    currencies: Currencies,
}

/// Amounts of a payment, in the order of the columns.
const AMOUNTS: usize = 12;

impl Sheet for Payments {
    const COLUMNS: &'static [&'static str] = &[
        "month",
        "consumed_at",
        "provider",
        "account",
        "customer_id",
        "customer_name",
        Products::COLUMNS[0],
        Products::COLUMNS[1],
        Products::COLUMNS[2],
        "region",
        "charging_mode",
        "detail_type",
        "category",
        "correction",
        "settled",
        "invoice",
        "invoice_paid_at",
        "currency",
        "official",
        "discount",
        "truncated",
        "payable",
        "cash",
        "credit",
        "voucher",
        "cash_coupon",
        "stored_value_card",
        "bonus",
        "debt",
        "write_off",
        "external_id",
        "corrects_external_id",
    ];

    fn open(reader: &mut Reader, _scope: Scope) -> Result<Self> {
        Ok(Self { products: Products::read(reader)?, currencies: Currencies::default() })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted = seen(scope).and(filter.on("p.month", "", "a.customer_id"));
        let alone = scope == Scope::All && filter.customer_id.is_none();
        let (wanted, numbers) = numbered(wanted)?;
        let count = || format!("SELECT COUNT(*) FROM consumption_payment p WHERE {wanted}");
        let count = alone.then(|| (count(), numbers.clone()));
        let sql = format!(
            "SELECT {COLUMNS} FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
             LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN invoice i ON i.id = p.invoice_id WHERE {wanted}"
        );
        Ok(Select { sql, count, numbers })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        cells.month(Month(row.int32()?));
        cells.instant(Some(Timestamp(row.int()?)));
        cells.text(row.text()?);
        cells.text(row.text()?);
        cells.id("customer", row.optional()?.unwrap_or(0));
        cells.text(row.text()?);
        self.products.cells(row.int()?, cells);
        cells.text(row.text()?);
        let (charging, detail, category) = (row.code()?, row.code()?, row.code()?);
        let charging = ChargingMode::from_code(charging).ok_or_else(|| unknown("charging mode", charging))?;
        let detail = DetailType::from_code(detail).ok_or_else(|| unknown("detail type", detail))?;
        let category = ChargeCategory::from_code(category).ok_or_else(|| unknown("category", category))?;
        cells.plain(charging.name());
        cells.plain(detail.name());
        cells.plain(category.name());
        cells.flag(row.flag()?);
        cells.flag(row.flag()?);
        cells.text(row.text()?);
        cells.instant(row.optional()?.map(Timestamp));
        let currency = self.currencies.read(row)?;
        cells.plain(currency.as_str());
        for _ in 0..AMOUNTS {
            cells.amount(row.int()?, currency);
        }
        cells.text(row.text()?);
        cells.text(row.text()?);
        Ok(())
    }
}

const COLUMNS: &str = "p.month, p.consumed_at, a.provider, a.account_no, c.id, c.name, p.product_id, p.region, \
    p.charging_mode, p.detail_type, p.category, p.correction, p.settled, i.invoice_no, i.paid_at, p.currency, \
    p.official, p.discount, p.truncated, p.payable, p.cash, p.credit, p.voucher, p.cash_coupon, p.stored_value_card, \
    p.bonus, p.debt, p.write_off, p.external_id, p.corrects_external_id";
