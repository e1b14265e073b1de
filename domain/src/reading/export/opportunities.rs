//! Opportunities, written out. Whoever of the vendor's staff sees the export can fetch its file: persons are masked in
//! it, whoever asked.

use entity::{OpportunityKind, OpportunityState, Timestamp};

use super::cells::Cells;
use super::filter::ExportFilter;
use super::names::Partners;
use super::sheet::{Select, Sheet, numbered};
use crate::kernel::error::{Error, Result};
use crate::kernel::lang::Lang;
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::opportunity::content::contact::{Reader as Eyes, Standing, of_texts, shown};
use crate::opportunity::state::labels::label;
use crate::performance::fact::Currencies;
use crate::reading::opportunity::rows::visible;

/// Opportunities as a sheet, with persons as the reader may see them.
pub(super) struct Opportunities {
    partners: Partners,
    currencies: Currencies,
    eyes: Eyes<'static>,
}

impl Sheet for Opportunities {
    const COLUMNS: &'static [&'static str] = &[
        "opportunity_id",
        "kind",
        "state",
        "state_en",
        "state_zh",
        "state_since",
        "reason_code",
        "partner_id",
        "partner_name",
        "name",
        "customer_name",
        "credit_code",
        "province",
        "city",
        "industry",
        "contact_name",
        "contact_title",
        "contact_phone",
        "contact_email",
        "demand_tag",
        "need",
        "stage",
        "win_percent",
        "stale",
        "currency",
        "expected_amount",
        "expected_sign_on",
        "claimed_by",
        "submitted_at",
        "passed_at",
        "last_progress_at",
        "created_at",
    ];

    fn open(reader: &mut Reader, scope: Scope) -> Result<Self> {
        let eyes = match scope {
            Scope::Partner(..) => Eyes::Partner,
            Scope::All | Scope::Customer(_) => Eyes::Looks,
        };
        Ok(Self { partners: Partners::read(reader, scope)?, currencies: Currencies::default(), eyes })
    }

    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select> {
        let wanted = visible(scope).and(filter.on("expected_sign_on / 100", "partner_id", "customer_id"));
        let (wanted, numbers) = numbered(wanted)?;
        let sql = format!(
            "SELECT id, kind, state, state_since, reason_code, COALESCE(partner_id, 0), name, customer_name, credit_code, \
             province, city, industry, contact_hidden_by_partner, contact_hidden_by_vendor, contact_name, contact_title, \
             contact_phone, contact_email, demand_tag, need, stage, CAST(win_percent AS BIGINT), stale, currency, \
             expected_amount, CAST(expected_sign_on AS BIGINT), claimed_by, submitted_at, passed_at, last_progress_at, created_at \
             FROM opportunity WHERE {wanted} ORDER BY id"
        );
        let count = Some((format!("SELECT COUNT(*) FROM opportunity WHERE {wanted}"), numbers.clone()));
        Ok(Select { sql, count, numbers })
    }

    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()> {
        let unknown = |what: &str| Error::Invariant(format!("an opportunity is of no known {what}"));
        cells.id("opportunity", row.int()?);
        let kind = OpportunityKind::from_name(row.text()?.unwrap_or_default());
        let state = OpportunityState::from_name(row.text()?.unwrap_or_default());
        let kind = kind.ok_or_else(|| unknown("kind"))?;
        let state = state.ok_or_else(|| unknown("state"))?;
        cells.plain(kind.name());
        cells.plain(state.name());
        cells.text(Some(label(state, Lang::En)));
        cells.text(Some(label(state, Lang::ZhCn)));
        cells.instant(Some(Timestamp(row.int()?)));
        cells.code(row.text()?);
        self.partners.cells(row.int()?, cells);
        // Name, customer, credit code, province, city, industry.
        for _ in 0..6 {
            cells.text(row.text()?);
        }
        self.contact(kind, state, row, cells)?;
        // Demand tag, need, stage.
        for _ in 0..3 {
            cells.text(row.text()?);
        }
        match row.optional()? {
            None => cells.none(),
            Some(percent) => cells.int(percent),
        }
        cells.flag(row.flag()?);
        let currency = self.currencies.read(row)?;
        cells.plain(currency.as_str());
        match row.optional()? {
            None => cells.none(),
            Some(micros) => cells.amount(micros, currency),
        }
        let day = row.optional()?.and_then(|day| i32::try_from(day).ok()).map(entity::Day);
        cells.code(day.map(|day| day.to_string()).as_deref());
        cells.text(row.text()?);
        // Submitted, passed, last progress, created.
        for _ in 0..4 {
            cells.instant(row.optional()?.map(Timestamp));
        }
        Ok(())
    }
}

impl Opportunities {
    /// The person, as much of it as is shown.
    fn contact(
        &self,
        kind: OpportunityKind,
        state: OpportunityState,
        row: &mut Row<'_>,
        cells: &mut Cells,
    ) -> Result<()> {
        let (hidden_by_partner, hidden_by_vendor) = (row.flag()?, row.flag()?);
        let standing = Standing { kind, state, hidden_by_partner, hidden_by_vendor, claimed_by: None };
        let mut texts = [""; 4];
        for text in &mut texts {
            *text = row.text()?.unwrap_or_default();
        }
        let contact = of_texts(shown(standing, self.eyes), texts);
        for text in [contact.name, contact.title, contact.phone, contact.email] {
            cells.text(text.as_deref());
        }
        Ok(())
    }
}
