//! The rules, written from `docs/domain.md`.

mod classify;
mod credit;
mod import;
mod lines;
mod people;
mod price;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::plan::{Plan, Policy, Rate, Step};
use crate::seen::{Bill, LineKey, Receipt, Seen, Sum};
use crate::time::{Instant, Month, zone};

use self::import::{Invoice, Payment};
use self::people::{Link, Period};

/// The outcome of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The step happens.
    Done,
    /// A rule refuses it.
    Refused,
    /// It names what is not there: nobody can even ask for it.
    Nothing,
    /// A file is taken in.
    Imported(Receipt),
}

/// A month and its books.
#[derive(Clone, Debug, Default)]
struct Books {
    state: u8,
    closed: bool,
    coupons: bool,
    /// The lines, once nothing of them changes any more.
    frozen: BTreeMap<LineKey, Sum>,
}

/// The names of a month's states, in their order.
const STATES: [&str; 4] = ["OPEN", "ESTIMATED", "DRAFT", "FINAL"];

/// The state of the world as the rules say it is.
#[derive(Clone, Debug)]
pub struct Oracle {
    plan: Plan,
    zone: TimeZone,
    now: Instant,
    coupons: bool,
    links: BTreeMap<usize, Vec<Link>>,
    periods: BTreeMap<usize, Vec<Period>>,
    /// Rules of cooling-off by their first instant: months, and whether they are of all customers.
    cooling_off: BTreeMap<Instant, (i32, bool)>,
    /// Customers that are not of the long tail.
    looked_after: BTreeSet<usize>,
    /// Accounts by provider and number, with their customer.
    accounts: BTreeMap<(String, String), usize>,
    /// Products by name, with their class.
    products: BTreeMap<String, String>,
    product_policies: BTreeMap<(String, Month), Policy>,
    policies: BTreeMap<Month, Vec<Rate>>,
    months: BTreeMap<Month, Books>,
    invoices: BTreeMap<(String, String), Invoice>,
    /// Names of sellers: whether it is the vendor itself, once somebody decided.
    sellers: BTreeMap<String, Option<bool>>,
    payments: Vec<Payment>,
    bills: BTreeMap<(Month, usize, String), Bill>,
    coverage: BTreeMap<String, u64>,
}

impl Oracle {
    /// Begins with nothing.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            zone: zone(&plan.zone),
            now: plan.begins,
            coupons: false,
            links: BTreeMap::new(),
            periods: BTreeMap::new(),
            // What an installation begins with.
            cooling_off: BTreeMap::from([("2025-12-31T16:00:00Z".parse().expect("an instant"), (6, false))]),
            looked_after: BTreeSet::new(),
            accounts: BTreeMap::new(),
            products: BTreeMap::new(),
            product_policies: BTreeMap::new(),
            policies: BTreeMap::new(),
            months: BTreeMap::new(),
            invoices: BTreeMap::new(),
            sellers: BTreeMap::new(),
            payments: Vec::new(),
            bills: BTreeMap::new(),
            coverage: BTreeMap::new(),
        }
    }

    /// Works a step.
    pub fn step(&mut self, step: &Step) -> Verdict {
        let verdict = self.work(step);
        let outcome = match verdict {
            Verdict::Refused => " (refused)",
            Verdict::Nothing => " (of nothing)",
            Verdict::Done | Verdict::Imported(_) => "",
        };
        self.saw(&format!("step: {}{outcome}", name_of(step)));
        verdict
    }

    fn work(&mut self, step: &Step) -> Verdict {
        match step {
            Step::Until(at) => {
                self.now = self.now.max(*at);
                Verdict::Done
            }
            Step::Link { reseller, distributor, from } => self.link(*reseller, *distributor, *from),
            Step::Account { provider, number, customer } => self.account(provider, number, *customer),
            Step::Associate { customer, partner, mode, from, to } => {
                let to = to.unwrap_or(Instant::NEVER);
                self.associate(*customer, Period { partner: *partner, mode: *mode, from: *from, to })
            }
            Step::Transfer { customer, partner, mode, at } => self.transfer(*customer, *partner, *mode, *at),
            Step::End { customer, nth, at } => self.end(*customer, *nth, *at),
            Step::Correct { customer, nth, partner, mode, from } => {
                self.correct(*customer, *nth, *partner, *mode, *from)
            }
            Step::ProductPolicy { provider, product, class, month, policy } => {
                self.set_product_policy(&product_name(provider, product, class), *month, *policy)
            }
            Step::Seller { name, vendor } => {
                self.sellers.insert(name.clone(), Some(*vendor));
                Verdict::Done
            }
            Step::IncentivePolicy { from, rates } => self.make_policy(*from, rates),
            Step::CoolingOff { from, months, all } => self.cool_off(*from, *months, *all),
            Step::LongTail { customer, is } => self.long_tail(*customer, *is),
            Step::CashCoupons(count) => self.count_coupons(*count),
            Step::Import(file) => Verdict::Imported(self.import(file)),
            Step::Pay { provider, invoice } => self.pay(provider, invoice),
            Step::Settle { month, run, .. } => self.settle(*month, *run),
            Step::Issue { month } => self.issue(*month),
        }
    }

    /// Notes that something was met.
    fn saw(&mut self, what: &str) {
        *self.coverage.entry(what.to_owned()).or_default() += 1;
    }

    /// The marks that were met, each with its number.
    #[must_use]
    pub const fn coverage(&self) -> &BTreeMap<String, u64> {
        &self.coverage
    }

    /// The instant it is.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Everything there is to see.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let months = self.months.iter();
        let bills = self.bills.iter();
        Seen {
            months: months
                .filter(|(_, books)| books.state > 0)
                .map(|(month, books)| (*month, (STATES[usize::from(books.state)].to_owned(), books.closed)))
                .collect(),
            lines: self.lines(),
            unmatched: self.unmatched(),
            bills: bills.map(|((m, p, c), bill)| ((*m, partner_name(*p), c.clone()), bill.clone())).collect(),
        }
    }

    /// The month's own rule and state; made when it is first needed.
    fn month(&mut self, month: Month) -> &mut Books {
        let coupons = self.coupons;
        self.months.entry(month).or_insert_with(|| Books { coupons, ..Books::default() })
    }

    fn is_closed(&self, month: Month) -> bool {
        self.months.get(&month).is_some_and(|books| books.closed)
    }

    /// The first open month from `origin` on.
    fn posted_in(&self, origin: Month) -> Month {
        let mut month = origin;
        while self.is_closed(month) {
            month = month.next();
        }
        month
    }

    /// Whether `month` is closed or lies before a closed one.
    fn before_a_closed(&self, month: Month) -> bool {
        self.months.iter().any(|(other, books)| books.closed && *other >= month)
    }

    fn set_product_policy(&mut self, product: &str, month: Month, policy: Policy) -> Verdict {
        if !self.products.contains_key(product) {
            return Verdict::Nothing;
        }
        if self.before_a_closed(month) {
            return Verdict::Refused;
        }
        self.product_policies.insert((product.to_owned(), month), policy);
        Verdict::Done
    }

    /// The last policy of a product that does not begin after a month.
    fn product_policy(&self, product: &str, month: Month) -> Policy {
        let mut known =
            self.product_policies.iter().filter(|((of, from), _)| of == product && *from <= month);
        known.next_back().map_or(Policy::Ordinary, |(_, policy)| *policy)
    }

    fn make_policy(&mut self, from: Month, rates: &[Rate]) -> Verdict {
        if self.before_a_closed(from) || self.policies.contains_key(&from) {
            return Verdict::Refused;
        }
        self.policies.insert(from, rates.to_vec());
        Verdict::Done
    }

    fn count_coupons(&mut self, count: bool) -> Verdict {
        self.coupons = count;
        for books in self.months.values_mut().filter(|books| !books.closed) {
            books.coupons = count;
        }
        Verdict::Done
    }
}

/// A product is a service of a provider in a class.
#[must_use]
pub fn product_name(provider: &str, product: &str, class: &str) -> String {
    format!("{provider}/{product}/{class}")
}

/// The name of a partner.
#[must_use]
pub fn partner_name(number: usize) -> String {
    format!("P{number}")
}

/// The name of a customer.
#[must_use]
pub fn customer_name(number: usize) -> String {
    format!("C{number}")
}

/// A step in a word.
#[must_use]
pub const fn name_of(step: &Step) -> &'static str {
    match step {
        Step::Until(_) => "clock",
        Step::Link { .. } => "link of a reseller",
        Step::Account { .. } => "link of an account",
        Step::Associate { .. } => "association",
        Step::Transfer { .. } => "transfer",
        Step::End { .. } => "end of an association",
        Step::Correct { .. } => "correction of an association",
        Step::ProductPolicy { .. } => "product policy",
        Step::Seller { .. } => "decision on a seller",
        Step::IncentivePolicy { .. } => "incentive policy",
        Step::CoolingOff { .. } => "rule of cooling-off",
        Step::LongTail { .. } => "long tail",
        Step::CashCoupons(_) => "cash coupons",
        Step::Import(_) => "import",
        Step::Pay { .. } => "invoice paid",
        Step::Settle { .. } => "settlement",
        Step::Issue { .. } => "issue",
    }
}
