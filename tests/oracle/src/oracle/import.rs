//! Taking bills in.

use std::collections::BTreeMap;

use super::{Oracle, Verdict, product_name};
use crate::amount::micros;
use crate::plan::{Category, Charging, File, Format, Row};
use crate::seen::Receipt;
use crate::time::{Instant, Month};

/// A row that says something new, and whether a charge that is in already said something else.
type Fresh<'a> = (&'a Row, Payment, bool);

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
        let fresh = self.versions(valid, &mut receipt);
        receipt.duplicate = count(all - fresh.len());
        if receipt.duplicate > 0 {
            self.saw("rows recognised");
        }
        receipt.accepted = count(fresh.len()) - receipt.updated;
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
        let product = product_name(&row.provider, &row.product, &row.class);
        self.note_class(&product);
        self.products.insert(product.clone(), row.class.clone());
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
            if known.currency != row.currency {
                self.saw("row refused: another currency than its invoice");
                return None;
            }
        }
        self.month(month);
        self.month(self.posted_in(month));
        self.note_seller(file, row);
        let seller = row.seller.clone();
        let identity = format!(
            "{}|{}|{}|{}|{month}|{}|{:?}|{:?}|{}|{}",
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
        let content = format!("{:?}|{}|{}|{:?}", row.parts, row.product, row.class, row.seller);
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

    /// The rows that say something new. A row of a charge that is in already is paired with it: those that say the same
    /// first, the rest in order. One that says something else takes the place of what the charge said.
    fn versions<'a>(&mut self, valid: Vec<(&'a Row, Payment)>, receipt: &mut Receipt) -> Vec<Fresh<'a>> {
        let mut rows: Vec<Option<(&Row, Payment)>> = valid.into_iter().map(Some).collect();
        let mut free: Vec<bool> = vec![true; self.payments.len()];
        let mut pairs: Vec<Option<usize>> = vec![None; rows.len()];
        for same in [true, false] {
            for (nth, row) in rows.iter().enumerate() {
                let Some((_, payment)) = row.as_ref().filter(|_| pairs[nth].is_none()) else { continue };
                let fits = |old: &Payment| {
                    old.identity == payment.identity && (!same || old.content == payment.content)
                };
                let found = (0..free.len()).find(|at| free[*at] && fits(&self.payments[*at]));
                if let Some(at) = found {
                    (free[at], pairs[nth]) = (false, Some(at));
                }
            }
        }
        let mut fresh = Vec::new();
        let mut gone = Vec::new();
        for (nth, pair) in pairs.into_iter().enumerate() {
            let (row, mut payment) = rows[nth].take().expect("each row once");
            let Some(at) = pair else {
                fresh.push((row, payment, false));
                continue;
            };
            let old = &self.payments[at];
            self.stay_paid(row, old, &mut payment);
            let said = |p: &Payment| (p.content.clone(), p.settled, p.invoice.clone());
            if said(old) == said(&payment) {
                continue;
            }
            receipt.updated += 1;
            self.take_back(at, receipt);
            gone.push(at);
            fresh.push((row, payment, true));
        }
        gone.sort_unstable();
        for at in gone.into_iter().rev() {
            self.payments.remove(at);
        }
        fresh
    }

    /// A charge that was paid stays paid, whichever of two exports is taken in first.
    fn stay_paid(&self, row: &Row, old: &Payment, payment: &mut Payment) {
        payment.settled |= old.settled;
        let marked = old.invoice.as_ref().is_some_and(|name| self.invoices[name].paid);
        let promised = row.parts.credit.0 != 0 || row.parts.debt.0 != 0;
        if marked {
            payment.invoice = old.invoice.clone();
        } else if row.invoice.is_none() && payment.settled && !promised {
            payment.invoice = None;
        }
    }

    fn take_back(&mut self, at: usize, receipt: &mut Receipt) {
        let old = self.payments[at].clone();
        let stored: i64 = old.parts.iter().sum();
        let total = receipt.totals.entry(old.currency).or_default();
        *total = (total.0, total.1 - i128::from(stored) * 1_000, total.2 - stored);
        self.saw("row with other facts than before");
        if self.is_closed(old.month) {
            self.saw("row of a closed month with other facts than before");
        }
    }

    /// Stores rows. What is to be paid is rounded cumulatively for each month, account and currency, by time.
    fn take(&mut self, mut rows: Vec<Fresh<'_>>, receipt: &mut Receipt) {
        rows.sort_by_key(|(_, payment, _)| payment.at);
        let mut running: BTreeMap<(Month, (String, String), String), i128> = BTreeMap::new();
        for (row, mut payment, updates) in rows {
            let payable = i128::from(row.parts.payable().0);
            let key = (payment.month, payment.account.clone(), payment.currency.clone());
            let before = running.entry(key).or_default();
            let after = *before + payable;
            let stored = micros(after) - micros(*before);
            *before = after;
            payment.parts = round_parts(row.parts.list().map(|part| i128::from(part.0)), stored);
            let total = receipt.totals.entry(payment.currency.clone()).or_default();
            *total = (total.0, total.1 + payable, total.2 + stored);
            receipt.unmatched += i64::from(!updates && !self.accounts.contains_key(&payment.account));
            self.note(&payment, payable);
            self.payments.push(payment);
        }
    }

    /// Notes a service that comes in a new class; what was said of it in another one is nobody's plan yet.
    fn note_class(&mut self, product: &str) {
        let service = |name: &str| name.rsplit_once('/').map(|(service, _)| service.to_owned());
        let siblings =
            self.products.keys().any(|other| service(other) == service(product) && other != product);
        if !siblings || self.products.contains_key(product) {
            return;
        }
        self.saw("product of several classes");
        if self.product_policies.keys().any(|(other, _)| service(other) == service(product)) {
            self.saw("policy of a product of several classes");
        }
    }

    fn note_seller(&mut self, file: &File, row: &Row) {
        let Some(seller) = &row.seller else { return };
        self.saw("marketplace item");
        if file.format == Format::Focus13 {
            self.saw("FOCUS 1.3 with a seller");
        }
        // A column of its own says that it is a seller; FOCUS names somebody who may be the vendor itself.
        let known = self.plan.partners.iter().any(|partner| partner.sells_as.as_ref() == Some(seller));
        if file.format.native() || known {
            self.sellers.insert(seller.clone(), Some(false));
        } else if self.sellers.entry(seller.clone()).or_default().is_none() {
            self.saw("seller nobody decided about");
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
