//! A payment as far as counting needs it, in streams of very many, and what it counts.

use entity::{ChargingMode, CloudAccountId, Currency, ImportId, InvoiceId, Month, ProductId};

use super::classify::{Owner, Payment, Split, classify};
use super::history::{CustomerHistory, History};
use crate::kernel::error::{Error, Result};
use crate::kernel::stream::Row;

/// A payment as far as counting and its receipt need it. Its texts stand in the buffer of the reader.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The month of its bill.
    pub month: Month,
    /// Whose bill it stands on.
    pub account: CloudAccountId,
    /// The product.
    pub product_id: ProductId,
    /// How it was charged.
    pub charging_mode: ChargingMode,
    /// The currency.
    pub currency: Currency,
    /// Micros.
    pub payable: i64,
    /// Import that brought it.
    pub import_id: ImportId,
    /// Line of its file; below zero for what takes an earlier payment back.
    pub line_no: i64,
    /// 1, or -1 for what takes an earlier payment back.
    pub count: i64,
    /// Invoice that it stands on.
    pub invoice: Option<InvoiceId>,
    /// Charge that it is about: natural key and number.
    pub charge: ([u8; 16], i32),
    /// Number of what is said of the charge.
    pub version: i32,
    /// What it is judged by.
    pub payment: Payment<'a>,
}

impl Fact<'_> {
    /// Without its texts, for who keeps it longer than its row.
    pub(super) const fn without_texts(&self) -> Fact<'static> {
        let p = &self.payment;
        Fact {
            month: self.month,
            account: self.account,
            product_id: self.product_id,
            charging_mode: self.charging_mode,
            currency: self.currency,
            payable: self.payable,
            import_id: self.import_id,
            line_no: self.line_no,
            count: self.count,
            invoice: self.invoice,
            charge: self.charge,
            version: self.version,
            payment: Payment {
                consumed_at: p.consumed_at,
                category: p.category,
                settled: p.settled,
                invoice_paid: p.invoice_paid,
                marketplace: None,
                undecided: false,
                parts: p.parts,
            },
        }
    }
}

/// A share of the rows, for several readers at once: those whose key leaves `index` when divided by `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 0.
    pub index: u32,
    /// How many parts there are.
    pub of: u32,
}

impl Part {
    /// Everything.
    pub const WHOLE: Self = Self { index: 0, of: 1 };

    /// The condition that `column`, a key, belongs to this part, to be put behind others.
    pub(crate) fn condition(self, column: &str) -> String {
        if self.of <= 1 {
            return String::new();
        }
        format!(" AND {column} % {} = {}", self.of, self.index)
    }
}

/// What a payment counts, and for whom, by what is known now.
pub fn judge(
    history: &History,
    customer: &CustomerHistory,
    fact: &Fact<'_>,
) -> Result<(Option<Owner>, Split)> {
    let owner = history.owner_at(customer, fact.payment.consumed_at);
    let rules = history.rules(customer, fact.product_id, fact.month);
    let split = classify(&history.told(&fact.payment), owner.as_ref(), &rules)
        .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    Ok((owner, split))
}

/// Currencies are looked up in a list: neighbouring rows mostly have the same one.
#[derive(Debug, Default)]
pub(crate) struct Currencies(Option<Currency>);

impl Currencies {
    /// The currency in the next column.
    pub(crate) fn read(&mut self, row: &mut Row<'_>) -> Result<Currency> {
        let text = row.text()?.unwrap_or_default();
        if let Some(same) = self.0.filter(|last| last.as_str() == text) {
            return Ok(same);
        }
        let currency = text.parse().map_err(|_| Error::Invariant(format!("unknown currency {text}")))?;
        self.0 = Some(currency);
        Ok(currency)
    }
}
