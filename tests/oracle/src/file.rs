//! The files of a plan's imports, as a provider would write them. Spelling, quoting and the order of columns change
//! from file to file and mean nothing.

use crate::amount::Amount;
use crate::plan::{Category, Charging, Fault, File, Format, Row};
use crate::random::Random;
use crate::time::{HOUR, Instant, Month, zone};

/// A column and how a row fills it.
struct Column<'a> {
    name: &'a str,
    cells: Vec<String>,
}

/// The text of a bill, not compressed.
#[must_use]
pub fn text(file: &File, programme_zone: &str) -> String {
    let mut spelling = Random::new(file.spelling);
    let mut columns = if file.format.native() {
        native(file, programme_zone, &mut spelling)
    } else {
        focus(file, &mut spelling)
    };
    spelling.shuffle(&mut columns);
    let line = |cells: Vec<&str>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",");
    let mut lines = vec![line(columns.iter().map(|column| column.name).collect())];
    for nth in 0..file.rows.len() {
        lines.push(line(columns.iter().map(|column| column.cells[nth].as_str()).collect()));
    }
    let end = if spelling.chance(20) { "\r\n" } else { "\n" };
    lines.join(end) + end
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A number in one of the ways in which it can be written.
fn number(amount: Amount, spelling: &mut Random) -> String {
    match spelling.between(0, 5) {
        0 if amount.0 != 0 => format!("{}e-9", amount.0),
        1 => format!("{:.1}", Padded(amount)),
        2 => format!("{:.9}", Padded(amount)),
        _ => amount.to_string(),
    }
}

/// An amount with at least so many decimals.
struct Padded(Amount);

impl std::fmt::Display for Padded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.0.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        write!(f, "{whole}.{part:0<width$}", width = f.precision().unwrap_or(1))
    }
}

/// An instant in one of the ways in which it can be written.
fn time(at: Instant, spelling: &mut Random) -> String {
    match spelling.between(0, 3) {
        0 => at.plus(8 * HOUR).to_string().replace('Z', "+08:00"),
        1 => at.plus(-5 * HOUR).to_string().replace('Z', "-05:00"),
        _ => at.to_string(),
    }
}

fn column<'a>(name: &'a str, file: &File, cell: impl FnMut(&Row) -> String) -> Column<'a> {
    Column { name, cells: file.rows.iter().map(cell).collect() }
}

fn or_empty(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn has(row: &Row, fault: Fault) -> bool {
    row.fault == Some(fault)
}

fn account(row: &Row) -> String {
    if has(row, Fault::Account) { String::new() } else { row.account.clone() }
}

fn currency(row: &Row) -> String {
    if has(row, Fault::Currency) { "XXX".to_owned() } else { row.currency.clone() }
}

fn focus<'a>(file: &File, spelling: &mut Random) -> Vec<Column<'a>> {
    let cost = |row: &Row, spelling: &mut Random| {
        if has(row, Fault::Amount) { "12.5 USD".to_owned() } else { number(row.parts.payable(), spelling) }
    };
    let start = |row: &Row, spelling: &mut Random| {
        if has(row, Fault::Time) { "yesterday".to_owned() } else { time(row.at, spelling) }
    };
    let seller = |row: &Row| row.seller.clone().unwrap_or_else(|| row.provider.clone());
    let mut columns = vec![
        column("BilledCost", file, |row| cost(row, spelling)),
        column("BillingCurrency", file, currency),
        column("ChargeCategory", file, |row| format!("{:?}", row.category)),
        column("ChargePeriodStart", file, |row| start(row, spelling)),
        column("ServiceName", file, |row| row.product.clone()),
        column("ServiceCategory", file, |row| row.class.clone()),
        column("SubAccountId", file, account),
        column("InvoiceIssuerName", file, |row| row.provider.clone()),
        column("InvoiceId", file, |row| or_empty(row.invoice.as_ref())),
        column("ResourceId", file, |row| row.resource.clone()),
        column("ChargeFrequency", file, |row| frequency(row).to_owned()),
        column("CommitmentDiscountType", file, |row| commitment(row).to_owned()),
        column("x_note", file, |_| spelling.bits().to_string()),
    ];
    if file.format == Format::Focus13 {
        columns.push(column("HostProviderName", file, |row| row.provider.clone()));
        columns.push(column("ServiceProviderName", file, seller));
    } else {
        columns.push(column("ProviderName", file, |row| row.provider.clone()));
        columns.push(column("PublisherName", file, seller));
    }
    columns
}

fn frequency(row: &Row) -> &'static str {
    match (row.category, row.charging) {
        (Category::Purchase, Charging::PayPerUse) => "Usage-Based",
        (Category::Purchase, _) => "One-Time",
        _ => "",
    }
}

fn commitment(row: &Row) -> &'static str {
    match row.charging {
        Charging::Reserved => "Reserved Instance",
        Charging::SavingsPlan => "Savings Plan",
        Charging::Subscription | Charging::PayPerUse => "",
    }
}

/// The names of the parts' columns, in the order of [`crate::plan::Parts::list`].
const PARTS: [&str; 8] = [
    "cash_amount",
    "credit_amount",
    "coupon_amount",
    "flexipurchase_coupon_amount",
    "stored_value_card_amount",
    "bonus_amount",
    "debt_amount",
    "writeoff_amount",
];

fn native<'a>(file: &File, programme_zone: &str, spelling: &mut Random) -> Vec<Column<'a>> {
    let zone = zone(programme_zone);
    // The list price is a tenth more than what is to be paid.
    let discount = |row: &Row| Amount(row.parts.payable().0 / 10);
    let payment = |row: &Row, spelling: &mut Random| match row.fault {
        Some(Fault::Amount) => "12,5x".to_owned(),
        Some(Fault::Identity) => number(Amount(row.parts.payable().0 + 1), spelling),
        _ => number(row.parts.payable(), spelling),
    };
    let consumed = |row: &Row, spelling: &mut Random| {
        if has(row, Fault::Time) { "yesterday".to_owned() } else { time(row.at, spelling) }
    };
    let cycle = |row: &Row| row.cycle.unwrap_or_else(|| Month::of(row.at, &zone)).to_string();
    let official = |row: &Row| Amount(row.parts.payable().0 + discount(row).0);
    let mut columns = vec![
        column("bill_cycle", file, cycle),
        column("provider", file, |row| row.provider.clone()),
        column("customer_account", file, account),
        column("consume_time", file, |row| consumed(row, spelling)),
        column("charging_mode", file, |row| charging(row).to_string()),
        column("bill_detail_type", file, |row| detail(row).to_string()),
        column("product_id", file, |row| row.product.clone()),
        column("service_type_code", file, |row| row.class.clone()),
        column("region_code", file, |row| row.resource.clone()),
        column("official_amount", file, |row| number(official(row), spelling)),
        column("official_discount_amount", file, |row| number(discount(row), spelling)),
        column("payment_amount", file, |row| payment(row, spelling)),
        column("currency", file, currency),
        column("trade_id", file, |row| or_empty(row.invoice.as_ref())),
        column("service_partner", file, |row| or_empty(row.seller.as_ref())),
        column("settled", file, |row| row.settled.map(|settled| settled.to_string()).unwrap_or_default()),
        column("tax", file, |row| (row.category == Category::Tax).to_string()),
    ];
    for (nth, name) in PARTS.into_iter().enumerate() {
        columns.push(column(name, file, |row| number(row.parts.list()[nth], spelling)));
    }
    columns
}

const fn charging(row: &Row) -> i16 {
    match row.charging {
        Charging::Subscription => 1,
        Charging::PayPerUse => 3,
        Charging::Reserved => 10,
        Charging::SavingsPlan => 11,
    }
}

const fn detail(row: &Row) -> i16 {
    let negative = row.parts.cash.0 < 0;
    match row.category {
        Category::Purchase if negative => 4,
        Category::Purchase => 1,
        Category::Adjustment if negative => 9,
        Category::Adjustment => 16,
        Category::Usage | Category::Credit | Category::Tax => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Parts;

    fn row() -> Row {
        Row {
            provider: "Cloud".into(),
            account: "a".into(),
            at: "2026-06-01T00:00:00Z".parse().unwrap(),
            cycle: None,
            product: "ecs".into(),
            class: "Compute".into(),
            currency: "USD".into(),
            category: Category::Usage,
            charging: Charging::PayPerUse,
            parts: Parts::cash(Amount::units(-12)),
            seller: None,
            invoice: None,
            settled: None,
            resource: "r".into(),
            fault: None,
        }
    }

    #[test]
    fn numbers_are_spelled_in_many_ways_and_mean_the_same() {
        let mut spelling = Random::new(1);
        let spelled: std::collections::BTreeSet<String> =
            (0..50).map(|_| number("-12.5".parse().unwrap(), &mut spelling)).collect();
        let expected = ["-12.5", "-12.500000000", "-12500000000e-9"].map(str::to_owned);
        assert_eq!(spelled, expected.into());
    }

    #[test]
    fn every_row_has_a_cell_in_every_column_whatever_the_format() {
        for format in [Format::Focus, Format::Focus13, Format::Native] {
            let file = File { format, settled: true, spelling: 3, crash: None, rows: vec![row(), row()] };
            let text = text(&file, "Asia/Shanghai");
            let widths: Vec<usize> = text.lines().map(|line| line.split(',').count()).collect();
            assert_eq!(widths.len(), 3, "{text}");
            assert!(widths.iter().all(|width| *width == widths[0] && *width > 12), "{text}");
        }
    }
}
