//! Lines of incentive bills, written out.

use entity::{AssociationMode, Month};

use super::cells::Cells;
use super::filter::ExportFilter;
use super::names::Partners;
use super::sheet::{Select, Sheet, numbered};
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::performance::fact::Currencies;
use crate::reading::Predicate;

/// Lines of incentive bills.
pub(super) struct BillLines {
    partners: Partners,
    currencies: Currencies,
}

impl Sheet for BillLines {
    const COLUMNS: &'static [&'static str] = &[
        "bill_id",
        "billed_partner_id",
        "billed_partner_name",
        "month",
        "line",
        "kind",
        "origin_month",
        "partner_id",
        "partner_name",
        "association_mode",
        "product_class",
        "rate_ppm",
        "currency",
        "basis",
        "exact",
        "amount",
        "note",
    ];

    fn open(reader: &mut Reader, scope: Scope) -> Result<Self> {
        Ok(Self { partners: Partners::read(reader, scope)?, currencies: Currencies::default() })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted =
            Predicate::from(scope.bills("b.partner_id", 1)).and(filter.on("b.month", "b.partner_id", ""));
        let (wanted, numbers) = numbered(wanted)?;
        let from = "incentive_bill_line l JOIN incentive_bill b ON b.id = l.bill_id";
        let sql = format!(
            "SELECT l.bill_id, b.partner_id, b.month, l.line_no, l.kind, l.origin_month, l.partner_id, l.mode, \
             l.product_class, l.rate_ppm, b.currency, l.basis, l.exact, l.amount, l.note FROM {from} \
             WHERE {wanted} ORDER BY b.month, l.bill_id, l.line_no"
        );
        let count = Some((format!("SELECT COUNT(*) FROM {from} WHERE {wanted}"), numbers.clone()));
        Ok(Select { sql, count, numbers })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        cells.id("bill", row.int()?);
        self.partners.cells(row.int()?, cells);
        cells.month(Month(row.int32()?));
        cells.int(row.int()?);
        cells.text(row.text()?);
        cells.month(Month(row.int32()?));
        self.partners.cells(row.int()?, cells);
        let mode = row.optional()?.and_then(|code| i16::try_from(code).ok());
        cells.code(mode.and_then(AssociationMode::from_code).map(AssociationMode::name));
        cells.text(row.text()?);
        cells.int(row.int()?);
        let currency = self.currencies.read(row)?;
        cells.plain(currency.as_str());
        cells.amount(row.int()?, currency);
        cells.code(row.text()?);
        cells.amount(row.int()?, currency);
        cells.text(row.text()?);
        Ok(())
    }
}
