//! Incentive bills, written out.

use entity::{Month, Timestamp};

use super::cells::Cells;
use super::filter::ExportFilter;
use super::names::Partners;
use super::sheet::{Select, Sheet, numbered};
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::performance::fact::Currencies;
use crate::reading::Predicate;

/// Incentive bills as a sheet.
pub(super) struct Bills {
    partners: Partners,
    currencies: Currencies,
}

impl Sheet for Bills {
    const COLUMNS: &'static [&'static str] = &[
        "bill_id",
        "partner_id",
        "partner_name",
        "month",
        "state",
        "currency",
        "basis",
        "amount",
        "confirm_by",
        "confirmed_at",
        "confirmed_by",
        "created_at",
    ];

    fn open(reader: &mut Reader, scope: Scope) -> Result<Self> {
        Ok(Self { partners: Partners::read(reader, scope)?, currencies: Currencies::default() })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted = Predicate::from(scope.bills("partner_id", 1)).and(filter.on("month", "partner_id", ""));
        let (wanted, numbers) = numbered(wanted)?;
        let sql = format!(
            "SELECT id, partner_id, month, state, currency, basis, amount, confirm_by, confirmed_at, confirmed_by, \
             created_at FROM incentive_bill WHERE {wanted} ORDER BY month, id"
        );
        let count = Some((format!("SELECT COUNT(*) FROM incentive_bill WHERE {wanted}"), numbers.clone()));
        Ok(Select { sql, count, numbers })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        cells.id("bill", row.int()?);
        self.partners.cells(row.int()?, cells);
        cells.month(Month(row.int32()?));
        cells.text(row.text()?);
        let currency = self.currencies.read(row)?;
        cells.plain(currency.as_str());
        cells.amount(row.int()?, currency);
        cells.amount(row.int()?, currency);
        cells.instant(row.optional()?.map(Timestamp));
        cells.instant(row.optional()?.map(Timestamp));
        cells.text(row.text()?);
        cells.instant(Some(Timestamp(row.int()?)));
        Ok(())
    }
}
