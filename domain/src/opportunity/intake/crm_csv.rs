//! PURE. The vendor's opportunities as its CRM writes them: a CSV text, one row each.

use entity::{BudgetState, Day, PurchasePhase, Timestamp};

use super::share::Share;
use crate::kernel::csv_table::{self, Form, Record};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::exact::Exact;
use crate::opportunity::content::edit::{Changes, Patch};

/// Most rows of one import: one transaction writes them.
pub const ROWS_LIMIT: usize = 1_000;
/// Columns a file must have.
pub const NEEDED: &[&str] =
    &["crm_no", "name", "customer_name", "province", "demand_tag", "expected_sign_on"];
/// Columns a file may have besides.
pub const OPTIONAL: &[&str] = &[
    "shared_at",
    "description",
    "credit_code",
    "city",
    "industry",
    "contact_name",
    "contact_title",
    "contact_phone",
    "contact_email",
    "services",
    "need",
    "decision_maker",
    "budget_state",
    "budget_amount",
    "purchase_phase",
    "expected_amount",
    "currency",
    "expected_delivery_on",
];

/// A row as it was read.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line of the file on which it stands.
    pub line: u64,
    /// The opportunity, as far as the row could be read.
    pub share: Share,
    /// Refusals of the cells that could not be read.
    pub faults: Vec<Refusal>,
    /// Nothing could: what else is wrong is not known.
    pub broken: bool,
}

/// Reads the rows. A file that cannot be read at all is refused as a whole.
pub fn read(text: &str) -> Result<Vec<Row>> {
    let form = Form { needed: NEEDED, optional: OPTIONAL, rows: ROWS_LIMIT };
    Ok(csv_table::read(text, form)?.iter().map(row).collect())
}

/// A row by the names of its columns; what is empty is not given.
fn row(record: &Record) -> Row {
    let mut faults: Vec<Refusal> = record.broken.iter().cloned().collect();
    let broken = !faults.is_empty();
    let value = |name: &str| record.value(name);
    let text = |name: &str| value(name).map_or(Patch::Keep, |value| Patch::Set(value.to_owned()));
    let mut read = Reading { faults: &mut faults };
    let budget_state = "NONE, PLANNED, APPLIED or APPROVED";
    let phase = "TOP_LEVEL_DESIGN, PLANNING, TENDER_PREPARATION, SELECTION or CONTRACTING";
    let changes = Changes {
        name: text("name"),
        description: text("description"),
        customer_name: text("customer_name"),
        credit_code: text("credit_code"),
        province: text("province"),
        city: text("city"),
        industry: text("industry"),
        contact_name: text("contact_name"),
        contact_title: text("contact_title"),
        contact_phone: text("contact_phone"),
        contact_email: text("contact_email"),
        services: value("services").map_or(Patch::Keep, |list| {
            Patch::Set(list.split(';').map(|name| name.trim().to_owned()).collect())
        }),
        need: text("need"),
        decision_maker: text("decision_maker"),
        budget_state: read.patch("budgetState", value("budget_state"), budget_state, BudgetState::from_name),
        budget_amount: read.patch("budgetAmount", value("budget_amount"), AMOUNT, amount),
        purchase_phase: read.patch("purchasePhase", value("purchase_phase"), phase, PurchasePhase::from_name),
        expected_amount: read.patch("expectedAmount", value("expected_amount"), AMOUNT, amount),
        currency: read.patch("currencyCode", value("currency"), "a currency, e.g. CNY", |v| v.parse().ok()),
        expected_sign_on: read.patch("expectedSignOn", value("expected_sign_on"), DAY, day),
        expected_delivery_on: read.patch("expectedDeliveryOn", value("expected_delivery_on"), DAY, day),
        ..Changes::default()
    };
    let instant = "an instant with its zone, e.g. 2026-10-01T09:00:00+08:00";
    let shared_at = match read.patch("sharedAt", value("shared_at"), instant, Timestamp::parse_rfc3339) {
        Patch::Set(at) => Some(at),
        Patch::Keep | Patch::Erase => None,
    };
    let crm_no = Some(value("crm_no").unwrap_or_default().to_owned());
    let demand_tag = value("demand_tag").unwrap_or_default().to_owned();
    Row { line: record.line, share: Share { changes, demand_tag, shared_at, crm_no }, faults, broken }
}

const AMOUNT: &str = "an amount, e.g. 250000.50";
const DAY: &str = "a day, e.g. 2027-03-01";

fn day(text: &str) -> Option<Day> {
    text.parse().ok()
}

/// An amount in micros, if it has no more decimals than that.
fn amount(text: &str) -> Option<i64> {
    let exact = Exact::parse(text.as_bytes()).ok()?;
    exact.round_to_micros().filter(|micros| Exact::from_micros(*micros) == exact)
}

/// Notes what cannot be read.
struct Reading<'a> {
    faults: &'a mut Vec<Refusal>,
}

impl Reading<'_> {
    fn patch<T>(
        &mut self,
        field: &str,
        value: Option<&str>,
        rule: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Patch<T> {
        let Some(value) = value else { return Patch::Keep };
        let read = read(value);
        if read.is_none() {
            self.faults.push(Refusal::at(field, Code::Invalid, rule));
        }
        read.map_or(Patch::Keep, Patch::Set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "crm_no,name,customer_name,province,demand_tag,expected_sign_on";

    #[test]
    fn rows_know_their_line_and_what_is_empty_is_not_given() {
        let text = format!(
            "\u{feff}{HEADER},services,expected_amount,shared_at\n\
             C1,Lake,Acme,Shanghai,BIG_DATA,2027-03-01,compute; storage,1250.5,2026-10-01T09:00:00+08:00\n\n\
             C2,Lake,Acme,Shanghai,BIG_DATA,2027-03-01,,,\n"
        );
        let rows = read(&text).unwrap();
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        let first = &rows[0].share;
        assert_eq!(first.changes.services, Patch::Set(vec!["compute".into(), "storage".into()]));
        assert_eq!(first.changes.expected_amount, Patch::Set(1_250_500_000));
        assert_eq!(first.shared_at, Timestamp::parse_rfc3339("2026-10-01T01:00:00Z"));
        assert_eq!(rows[1].share.changes.expected_amount, Patch::Keep);
        assert!(rows.iter().all(|row| row.faults.is_empty()));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_field() {
        let header = format!("{HEADER},budget_state,expected_amount,currency,shared_at");
        let text = format!("{header}\nC1,Lake,Acme,Shanghai,AI,soon,RICH,1e-7,YUAN,2026-10-01\n");
        let rows = read(&text).unwrap();
        let named: Vec<_> = rows[0].faults.iter().map(|fault| fault.path.join(".")).collect();
        assert_eq!(named, ["budgetState", "expectedAmount", "currencyCode", "expectedSignOn", "sharedAt"]);
    }
}
