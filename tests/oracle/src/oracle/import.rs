//! Taking bills in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Oracle, Verdict, product_name};
use crate::amount::micros;
use crate::plan::{Category, Charging, File, Format, Row};
use crate::seen::Receipt;
use crate::time::{Instant, Month};

/// A stored row.
#[derive(Clone, Debug)]
pub(super) struct Payment {
    /// Equal for the same row in another file.
    identity: String,
    /// The rest of what it said.
    content: String,
    pub(super) month: Month,
    pub(super) account: (String, String),
    pub(super) at: Instant,
    pub(super) product: String,
    pub(super) charging: Charging,
    pub(super) category: Category,
    pub(super) currency: String,
    pub(super) seller: Option<String>,
    pub(super) invoice: Option<(String, String)>,
    pub(super) settled: bool,
    /// In the order of [`crate::plan::Parts::list`], in micros.
    pub(super) parts: [i64; 8],
}

/// An invoice: it is paid as a whole.
#[derive(Clone, Debug)]
pub(super) struct Invoice {
    currency: String,
    pub(super) paid: bool,
}

impl Oracle {
    pub(super) fn pay(&mut self, provider: &str, invoice: &str) -> Verdict {
        let key = (provider.to_owned(), invoice.to_owned());
        let origins: Vec<Month> =
            self.payments.iter().filter(|p| p.invoice.as_ref() == Some(&key)).map(|p| p.month).collect();
        let late = origins.into_iter().any(|month| self.is_closed(month));
        match self.invoices.get_mut(&key) {
            Some(invoice) if !invoice.paid => {
                invoice.paid = true;
                if late {
                    self.saw("invoice of a closed month paid");
                }
                Verdict::Done
            }
            _ => Verdict::Refused,
        }
    }

    /// The month of a row.
    fn month_of(&self, file: &File, row: &Row) -> Month {
        let of_time = Month::of(row.at, &self.zone);
        if file.format.native() { row.cycle.unwrap_or(of_time) } else { of_time }
    }

    pub(super) fn import(&mut self, file: &File) -> Receipt {
        self.saw(&format!("format: {:?}", file.format));
        let mut receipt = Receipt { read: count(file.rows.len()), ..Receipt::default() };
        let mut valid: Vec<(&Row, Payment)> = Vec::new();
        for row in &file.rows {
            let Some(payment) = self.read(file, row) else {
                receipt.rejected += 1;
                continue;
            };
            receipt.totals.entry(row.currency.clone()).or_default().0 += i128::from(row.parts.payable().0);
            valid.push((row, payment));
        }
        let all = valid.len();
        let fresh = self.without_known(valid);
        receipt.duplicate = count(all - fresh.len());
        if receipt.duplicate > 0 {
            self.saw("rows recognised");
        }
        self.take(fresh, &mut receipt);
        receipt
    }

    /// Understands a row; none if it is refused. Its parts are still to be rounded.
    fn read(&mut self, file: &File, row: &Row) -> Option<Payment> {
        if row.fault.is_some() {
            self.saw("row refused: fault");
            return None;
        }
        let month = self.month_of(file, row);
        let product = product_name(&row.provider, &row.product);
        let class = self.products.entry(product.clone()).or_insert_with(|| row.class.clone());
        if *class != row.class {
            self.saw("product of several classes");
        }
        let settled = row.settled.filter(|_| file.format.native()).unwrap_or(file.settled);
        let promised = row.parts.credit.0 != 0 || row.parts.debt.0 != 0;
        let number = match &row.invoice {
            Some(number) => Some(number.clone()),
            None if settled && !promised => None,
            None => Some(format!("{}/{month}/{}", row.account, row.currency)),
        };
        let invoice = number.map(|number| (row.provider.clone(), number));
        if let Some(key) = &invoice {
            let first = Invoice { currency: row.currency.clone(), paid: false };
            let known = self.invoices.entry(key.clone()).or_insert(first);
            let other = known.currency != row.currency;
            if other {
                self.saw("row refused: another currency than its invoice");
                return None;
            }
        }
        self.month(month);
        self.month(self.posted_in(month));
        self.note_seller(file, row);
        let seller = row.seller.clone();
        let identity = format!(
            "{}|{}|{}|{}|{month}|{}|{:?}|{:?}|{}|{}|{seller:?}",
            file.format.native(),
            row.provider,
            row.account,
            row.at,
            row.product,
            row.category,
            row.charging,
            row.currency,
            row.resource
        );
        let content = format!("{:?}|{invoice:?}|{settled}", row.parts);
        Some(Payment {
            identity,
            content,
            month,
            account: (row.provider.clone(), row.account.clone()),
            at: row.at,
            product,
            charging: row.charging,
            category: row.category,
            currency: row.currency.clone(),
            seller,
            invoice,
            settled,
            parts: [0; 8],
        })
    }

    /// The rows that are new: of *n* equal rows, as many as there are already are known.
    fn without_known<'a>(&mut self, valid: Vec<(&'a Row, Payment)>) -> Vec<(&'a Row, Payment)> {
        let mut there: BTreeMap<(String, String), usize> = BTreeMap::new();
        for payment in &self.payments {
            *there.entry((payment.identity.clone(), payment.content.clone())).or_default() += 1;
        }
        let identities: BTreeSet<String> = self.payments.iter().map(|p| p.identity.clone()).collect();
        let mut fresh = Vec::new();
        for (row, payment) in valid {
            match there.get_mut(&(payment.identity.clone(), payment.content.clone())) {
                Some(left) if *left > 0 => *left -= 1,
                _ => {
                    if identities.contains(&payment.identity) {
                        self.saw("row with other facts than before");
                    }
                    fresh.push((row, payment));
                }
            }
        }
        fresh
    }

    /// Stores rows. What is to be paid is rounded cumulatively for each month, account and currency, by time.
    fn take(&mut self, mut rows: Vec<(&Row, Payment)>, receipt: &mut Receipt) {
        rows.sort_by_key(|(_, payment)| payment.at);
        let mut running: BTreeMap<(Month, (String, String), String), i128> = BTreeMap::new();
        for (row, mut payment) in rows {
            let payable = i128::from(row.parts.payable().0);
            let key = (payment.month, payment.account.clone(), payment.currency.clone());
            let before = running.entry(key).or_default();
            let after = *before + payable;
            let stored = micros(after) - micros(*before);
            *before = after;
            payment.parts = round_parts(row.parts.list().map(|part| i128::from(part.0)), stored);
            let total = receipt.totals.entry(payment.currency.clone()).or_default();
            *total = (total.0, total.1 + payable, total.2 + stored);
            receipt.accepted += 1;
            receipt.unmatched += i64::from(!self.accounts.contains_key(&payment.account));
            self.note(&payment, payable);
            self.payments.push(payment);
        }
    }

    fn note_seller(&mut self, file: &File, row: &Row) {
        let Some(seller) = &row.seller else { return };
        self.saw("marketplace item");
        if file.format == Format::Focus13 {
            self.saw("FOCUS 1.3 with a seller");
        }
        let known = self.plan.partners.iter().any(|partner| partner.sells_as.as_ref() == Some(seller));
        if !file.format.native() && !known {
            self.saw("FOCUS seller that is no partner");
        }
    }

    fn note(&mut self, payment: &Payment, payable: i128) {
        if self.is_closed(payment.month) {
            self.saw("row of a closed month");
        }
        if payable % 1_000 != 0 {
            self.saw("row finer than a micro");
        }
        if payable < 0 {
            self.saw("refund");
        }
        if payment.category == Category::Credit {
            self.saw("credit row");
        }
        if Month::of(payment.at, &self.zone) != payment.month {
            self.saw("row consumed outside its bill cycle");
        }
        self.saw(&format!("currency: {}", payment.currency));
    }
}

/// Every part rounded; the largest takes what is left to the stored sum.
fn round_parts(parts: [i128; 8], stored: i64) -> [i64; 8] {
    let mut rounded = parts.map(micros);
    let mut largest = 0;
    for nth in 0..8 {
        if rounded[nth].abs() > rounded[largest].abs() {
            largest = nth;
        }
    }
    if rounded[largest] == 0 {
        largest = parts.iter().position(|part| *part != 0).unwrap_or(0);
    }
    rounded[largest] += stored - rounded.iter().sum::<i64>();
    rounded
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).expect("a short file")
}
