//! Accounts, and what is consumed in them.

use std::collections::BTreeMap;

use super::history::PRODUCTS;
use super::{Draft, Spice};
use crate::amount::{Amount, UNIT};
use crate::plan::{Category, Charging, Fault, File, Format, Parts, Row, Step};
use crate::time::{DAY, HOUR, Instant, Month};

/// An account as bills name it.
#[derive(Clone)]
struct Account {
    provider: String,
    number: String,
    /// Its bills are the vendor's own.
    native: bool,
    currency: &'static str,
}

const CURRENCIES: [&str; 4] = ["CNY", "USD", "JPY", "KWD"];

impl Draft {
    pub(super) fn bills(&mut self) {
        let accounts = self.accounts();
        let mut files: BTreeMap<(Instant, bool), Vec<Row>> = BTreeMap::new();
        for month in self.months.clone() {
            // Bills of a month come in a few files, each at its time.
            let mut times: Vec<Instant> = (0..self.random.between(1, 3)).map(|_| self.told(month)).collect();
            times.push(month.ends(&self.zone).plus(DAY));
            for nth in 0..self.random.between(3, 14) {
                let account = self.random.pick(&accounts).clone();
                let row = self.row(&account, month, nth);
                let at = *self.random.pick(&times);
                let rows = files.entry((at, account.native)).or_default();
                if self.spiced(Spice::Repeats, 12) {
                    rows.push(row.clone());
                }
                rows.push(row);
            }
        }
        for ((at, native), rows) in files {
            self.file(at, native, rows);
        }
    }

    /// One or two accounts a customer, and one of nobody.
    fn accounts(&mut self) -> Vec<Account> {
        let mut accounts = Vec::new();
        let begins = self.months[0].starts(&self.zone).plus(-DAY);
        for customer in 0..self.customers.len() {
            for nth in 0..self.random.between(1, 2) {
                let account = self.account(format!("a{customer}-{nth}"));
                let told = if self.random.chance(80) { begins } else { self.sometime() };
                let (provider, number) = (account.provider.clone(), account.number.clone());
                self.at(told, Step::Account { provider, number, customer });
                accounts.push(account);
            }
        }
        accounts.push(self.account("stranger".to_owned()));
        accounts
    }

    fn account(&mut self, number: String) -> Account {
        let provider = if self.random.chance(85) { "Cloud" } else { "Nimbus" }.to_owned();
        let native = self.random.chance(50);
        let currency = if self.has(Spice::Currencies) { *self.random.pick(&CURRENCIES) } else { "USD" };
        Account { provider, number, native, currency }
    }

    fn row(&mut self, account: &Account, month: Month, nth: i64) -> Row {
        let (product, class) = *self.random.pick(&PRODUCTS);
        let class = if self.spiced(Spice::Classes, 20) { "Other" } else { class };
        let other = self.spiced(Spice::Currencies, 15);
        let currency = if other { *self.random.pick(&CURRENCIES) } else { account.currency };
        let outside = account.native && self.spiced(Spice::OutsideCycle, 40);
        let at = if outside { self.moment(month.plus(-1).max(self.months[0])) } else { self.moment(month) };
        let (category, charging) = self.charge(account.native);
        let parts = self.parts(account.native, category);
        let seller = self.spiced(Spice::Marketplace, 40).then(|| self.seller(account.native));
        let invoice = self.invoice(account, month, currency);
        let settled = (account.native && self.spiced(Spice::Unpaid, 40)).then(|| self.random.chance(50));
        let faults = if account.native { 5 } else { 4 };
        let faults =
            &[Fault::Amount, Fault::Account, Fault::Time, Fault::Currency, Fault::Identity][..faults];
        let fault = self.spiced(Spice::Faults, 10).then(|| *self.random.pick(faults));
        Row {
            provider: account.provider.clone(),
            account: account.number.clone(),
            at,
            cycle: outside.then_some(month),
            product: product.to_owned(),
            class: class.to_owned(),
            currency: currency.to_owned(),
            category,
            charging,
            parts,
            seller,
            invoice,
            settled,
            resource: format!("{month}-{nth}"),
            fault,
        }
    }

    fn charge(&mut self, native: bool) -> (Category, Charging) {
        let category = match self.random.between(0, 19) {
            0 => Category::Tax,
            1..=4 => Category::Purchase,
            5 => Category::Adjustment,
            6 if !native && self.has(Spice::Credits) => Category::Credit,
            _ => Category::Usage,
        };
        let charging = match self.random.between(0, 9) {
            0 => Charging::Reserved,
            1 => Charging::SavingsPlan,
            2..=5 if category == Category::Purchase => Charging::Subscription,
            _ => Charging::PayPerUse,
        };
        (category, charging)
    }

    fn amount(&mut self) -> Amount {
        let whole = self.random.between(1, 30) * 100 * UNIT;
        match self.random.between(0, 9) {
            0 => Amount::ZERO,
            1..=4 if self.has(Spice::FineAmounts) => Amount(self.random.between(1, 3_000) * UNIT / 100),
            5..=6 if self.has(Spice::FineAmounts) => Amount(self.random.between(1, 3_000_000_000) * 1_000),
            7 if self.has(Spice::FineAmounts) => Amount(self.random.between(1, 3_000_000_000_000)),
            _ => Amount(whole),
        }
    }

    fn parts(&mut self, native: bool, category: Category) -> Parts {
        let sign = if self.spiced(Spice::Refunds, 15) { -1 } else { 1 };
        let mut amount = || Amount(self.amount().0 * sign);
        let cash = amount();
        if category == Category::Credit {
            return Parts { voucher: Amount(-cash.0.abs() / 2), ..Parts::default() };
        }
        if !native || !self.has(Spice::Parts) {
            return Parts::cash(cash);
        }
        let mut parts = Parts::default();
        for _ in 0..self.random.between(1, 3) {
            let amount = Amount(self.amount().0 * sign);
            match self.random.between(0, 8) {
                0 => parts.credit = amount,
                1 => parts.voucher = amount,
                2 => parts.cash_coupon = amount,
                3 => parts.stored_value_card = amount,
                4 => parts.bonus = amount,
                5 => parts.debt = amount,
                6 => parts.write_off = amount,
                _ => parts.cash = cash,
            }
        }
        parts
    }

    /// A partner that sells, its customer's or not, or somebody whom nobody knows.
    fn seller(&mut self, native: bool) -> String {
        let names: Vec<String> = self.partners.iter().filter_map(|p| p.sells_as.clone()).collect();
        if names.is_empty() || self.random.chance(15) {
            return if native { "Stranger" } else { "Brand Inc" }.to_owned();
        }
        self.random.pick(&names).clone()
    }

    fn invoice(&mut self, account: &Account, month: Month, currency: &str) -> Option<String> {
        match self.random.between(0, 9) {
            0..=4 => None,
            5 if self.has(Spice::Currencies) => Some(format!("INV-{}-{month}", account.number)),
            _ => Some(format!("INV-{}-{month}-{currency}", account.number)),
        }
    }

    /// Writes a file that comes at an instant, and what follows from it: that it comes again, that it is paid.
    fn file(&mut self, at: Instant, native: bool, rows: Vec<Row>) {
        let formats: &[Format] = if native {
            &[Format::Native, Format::NativeGzip]
        } else {
            &[Format::Focus, Format::FocusGzip, Format::Focus13]
        };
        let settled = !self.spiced(Spice::Unpaid, 60);
        let points = ["import.claim", "import.read", "import.batch", "import.checkpoint", "import.finish"];
        let crash = self.spiced(Spice::Crashes, 40).then(|| self.crash(&points));
        let format = *self.random.pick(formats);
        let file = File { format, settled, spelling: self.random.bits() >> 32, crash, rows };
        self.pay_some(&file, at);
        if self.spiced(Spice::Repeats, 50) {
            self.repeat(&file, at);
        }
        self.at(at, Step::Import(file));
    }

    /// The same rows again, all or some, in another order and spelling, now and then with other facts.
    fn repeat(&mut self, file: &File, at: Instant) {
        let mut again = file.clone();
        again.crash = None;
        again.spelling = self.random.bits() >> 32;
        self.random.shuffle(&mut again.rows);
        if self.random.chance(40) {
            again.rows.truncate(again.rows.len().div_ceil(2));
        }
        if self.has(Spice::Updates) {
            for row in &mut again.rows {
                match self.random.between(0, 5) {
                    0 => row.parts = Parts::cash(Amount::units(self.random.between(1, 20) * 100)),
                    1 if row.invoice.is_none() => {
                        row.invoice = Some(format!("INV-{}-filled-{}", row.account, row.currency))
                    }
                    _ => {}
                }
            }
            again.settled |= self.random.chance(40);
        }
        let at = at.plus(self.random.between(1, 900) * HOUR);
        self.at(at, Step::Import(again));
    }

    fn pay_some(&mut self, file: &File, at: Instant) {
        let mut numbers: Vec<(String, String)> = Vec::new();
        for row in &file.rows {
            let month = row.cycle.unwrap_or_else(|| Month::of(row.at, &self.zone));
            let settled = row.settled.filter(|_| file.format.native()).unwrap_or(file.settled);
            let promised = row.parts.credit.0 != 0 || row.parts.debt.0 != 0;
            let made_up = (!settled || promised).then(|| format!("{}/{month}/{}", row.account, row.currency));
            if let Some(number) = row.invoice.clone().or(made_up) {
                numbers.push((row.provider.clone(), number));
            }
        }
        numbers.sort();
        numbers.dedup();
        for (provider, invoice) in numbers {
            if self.random.chance(45) {
                let at = at.plus(self.random.between(1, 1_400) * HOUR);
                self.at(at, Step::Pay { provider, invoice });
            }
        }
    }
}
