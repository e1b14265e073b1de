//! Payment requests, written out.

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

/// Payment requests as a sheet.
pub(super) struct PaymentRequests {
    partners: Partners,
    currencies: Currencies,
}

impl Sheet for PaymentRequests {
    const COLUMNS: &'static [&'static str] = &[
        "request_id",
        "partner_id",
        "partner_name",
        "kind",
        "way",
        "category",
        "month",
        "state",
        "state_since",
        "currency",
        "amount",
        "payout_no",
        "reason",
        "created_at",
    ];

    fn open(reader: &mut Reader, scope: Scope) -> Result<Self> {
        Ok(Self { partners: Partners::read(reader, scope)?, currencies: Currencies::default() })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted = Predicate::from(scope.bills("partner_id", 1)).and(filter.on("month", "partner_id", ""));
        let (wanted, numbers) = numbered(wanted)?;
        let sql = format!(
            "SELECT id, partner_id, kind, way, category, month, state, state_since, currency, amount, payout_no, reason, \
             created_at FROM payment_request WHERE {wanted} ORDER BY month, id"
        );
        let count = Some((format!("SELECT COUNT(*) FROM payment_request WHERE {wanted}"), numbers.clone()));
        Ok(Select { sql, count, numbers })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        cells.id("request", row.int()?);
        self.partners.cells(row.int()?, cells);
        cells.text(row.text()?);
        cells.text(row.text()?);
        cells.text(row.text()?);
        cells.month(Month(row.int32()?));
        cells.text(row.text()?);
        cells.instant(Some(Timestamp(row.int()?)));
        let currency = self.currencies.read(row)?;
        cells.plain(currency.as_str());
        cells.amount(row.int()?, currency);
        cells.text(row.text()?);
        cells.text(row.text()?);
        cells.instant(Some(Timestamp(row.int()?)));
        Ok(())
    }
}
