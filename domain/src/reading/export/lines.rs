//! Performance lines, written out.

use entity::{AssociationMode, ChargingMode, Month, Reason};

use super::cells::Cells;
use super::filter::ExportFilter;
use super::names::{Partners, Products};
use super::sheet::{Select, Sheet, numbered, numbers, unknown};
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::performance::fact::Currencies;
use crate::reading::Predicate;

/// Performance lines as a sheet.
pub(super) struct Lines {
    partners: Partners,
    products: Products,
    currencies: Currencies,
}

impl Sheet for Lines {
    const COLUMNS: &'static [&'static str] = &[
        "month",
        "origin_month",
        "partner_id",
        "partner_name",
        "bill_to_id",
        "bill_to_name",
        "customer_id",
        "customer_name",
        "association_mode",
        Products::COLUMNS[0],
        Products::COLUMNS[1],
        Products::COLUMNS[2],
        "charging_mode",
        "reason",
        "amount",
        "currency",
        "payments",
    ];

    fn open(reader: &mut Reader, scope: Scope) -> Result<Self> {
        let (partners, products) = (Partners::read(reader, scope)?, Products::read(reader)?);
        Ok(Self { partners, products, currencies: Currencies::default() })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted = Predicate::from(scope.lines(1)).and(filter.on("month", "partner_id", "customer_id"));
        let (wanted, mut values) = numbered(wanted)?;
        let count = format!("SELECT COUNT(*) FROM performance_line WHERE {wanted}");
        let count = Some((count, values.clone()));
        let sql = if scope == Scope::All {
            format!(
                "SELECT {COLUMNS} FROM (SELECT * FROM performance_line WHERE {wanted}) l \
                 JOIN customer c ON c.id = l.customer_id"
            )
        } else {
            let (seen, more) = scope.customers("id", values.len() + 1);
            values.extend(numbers(more)?);
            format!(
                "SELECT {COLUMNS} FROM (SELECT * FROM performance_line WHERE {wanted}) l \
                 LEFT JOIN (SELECT id, name FROM customer WHERE {seen}) c ON c.id = l.customer_id"
            )
        };
        Ok(Select { sql, count, numbers: values })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        cells.month(Month(row.int32()?));
        cells.month(Month(row.int32()?));
        self.partners.cells(row.int()?, cells);
        self.partners.cells(row.int()?, cells);
        cells.id("customer", row.optional()?.unwrap_or(0));
        cells.text(row.text()?);
        cells.code(AssociationMode::from_code(row.code()?).map(AssociationMode::name));
        self.products.cells(row.int()?, cells);
        let (charging, reason) = (row.code()?, row.code()?);
        let charging = ChargingMode::from_code(charging).ok_or_else(|| unknown("charging mode", charging))?;
        let reason = Reason::from_code(reason).ok_or_else(|| unknown("reason", reason))?;
        cells.plain(charging.name());
        cells.plain(reason.name());
        let currency = self.currencies.read(row)?;
        cells.amount(row.int()?, currency);
        cells.plain(currency.as_str());
        cells.int(row.int()?);
        Ok(())
    }
}

const COLUMNS: &str = "l.month, l.origin_month, l.partner_id, l.bill_to_id, c.id, c.name, l.mode, l.product_id, \
    l.charging_mode, l.reason, l.currency, l.amount, l.payments";
