//! The demonstration's bills: FOCUS 1.0 lines, PURE and seeded.

use entity::Timestamp;
use entity::timestamp::{DAY, HOUR};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::plan::{CustomerPlan, PARTNERS, PRODUCTS, Plan, ProductPlan};

/// The provider that all lines name.
pub(crate) const PROVIDER: &str = "Demo Cloud";
/// Usage lines of an account in a month.
const USAGE_LINES: usize = 38;
/// Lines of the earlier month that come only with the later bill.
const LATE_LINES: usize = 45;
/// Accounts whose invoice of the later month is open.
const OPEN_INVOICES: usize = 6;
/// 10⁻⁹ in one currency unit: amounts have up to nine decimals.
const UNIT: i64 = 1_000_000_000;

const REGIONS: [&str; 3] = ["cn-east-3", "cn-south-1", "cn-north-4"];

/// A month with its instants in the programme's time zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

/// One line of a bill.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) period: Period,
    pub(crate) account: String,
    pub(crate) account_name: String,
    pub(crate) currency: &'static str,
    pub(crate) category: &'static str,
    pub(crate) correction: bool,
    pub(crate) description: String,
    pub(crate) at: Timestamp,
    pub(crate) service: &'static str,
    pub(crate) class: &'static str,
    pub(crate) region: &'static str,
    pub(crate) publisher: &'static str,
    /// List price in 10⁻⁹.
    pub(crate) list: i64,
    /// To be paid, in 10⁻⁹.
    pub(crate) billed: i64,
    pub(crate) resource: String,
}

/// The settled bill of `period`.
pub(crate) fn month(plan: &Plan, period: Period, seed: u64) -> Vec<Line> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut lines = Vec::new();
    for customer in &plan.customers {
        for account in &customer.accounts {
            Writer { customer, account, period, random: &mut random, lines: &mut lines }.account_lines();
        }
    }
    let stranger = stranger();
    for account in &plan.strangers {
        let mut writer =
            Writer { customer: &stranger, account, period, random: &mut random, lines: &mut lines };
        (0..USAGE_LINES / 4).for_each(|_| writer.usage());
    }
    lines
}

/// Lines of `earlier` that are billed a month late: usage, and corrections of what was billed too high.
pub(crate) fn late(plan: &Plan, earlier: Period, seed: u64) -> Vec<Line> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut lines = Vec::new();
    for index in 0..LATE_LINES {
        let customer = &plan.customers[index * 7 % plan.customers.len()];
        let account = &customer.accounts[0];
        let mut writer =
            Writer { customer, account, period: earlier, random: &mut random, lines: &mut lines };
        writer.usage();
        if let Some(line) = lines.last_mut().filter(|_| index % 3 == 0) {
            line.correction = true;
            (line.list, line.billed) = (-line.list / 2, -line.billed / 2);
            line.description = "Corrected usage".into();
        }
    }
    lines
}

/// Lines of invoices that are not paid yet.
pub(crate) fn unpaid(plan: &Plan, period: Period, seed: u64) -> Vec<Line> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut lines = Vec::new();
    for customer in plan.customers.iter().filter(|c| !c.internal && !c.linked_later).take(OPEN_INVOICES) {
        let account = &customer.accounts[0];
        let mut writer = Writer { customer, account, period, random: &mut random, lines: &mut lines };
        (0..5).for_each(|_| writer.purchase());
    }
    lines
}

fn stranger() -> CustomerPlan {
    CustomerPlan {
        name: "Unknown".into(),
        internal: false,
        currency: "CNY",
        accounts: vec![],
        linked_later: false,
        partner: 0,
        mode: entity::AssociationMode::Consulting,
        change: None,
    }
}

struct Writer<'a> {
    customer: &'a CustomerPlan,
    account: &'a str,
    period: Period,
    random: &'a mut StdRng,
    lines: &'a mut Vec<Line>,
}

impl Writer<'_> {
    fn account_lines(&mut self) {
        let first = self.lines.len();
        (0..USAGE_LINES).for_each(|_| self.usage());
        self.purchase();
        if self.chance(30) {
            self.refund();
        }
        if self.chance(25) {
            let amount = -self.amount(1, 40, 2);
            self.line("Credit", "Promotional credit", amount, &PRODUCTS[0]);
        }
        if self.chance(10) {
            let amount = -self.amount(1, 15, 2);
            self.line("Adjustment", "Goodwill adjustment", amount, &PRODUCTS[2]);
        }
        if self.chance(30) {
            self.marketplace();
        }
        self.tax(first);
    }

    fn usage(&mut self) {
        let product = &PRODUCTS[self.random.random_range(0..PRODUCTS.len())];
        let decimals = if self.chance(30) { 9 } else { 4 };
        let amount = self.amount(0, 60, decimals);
        self.line("Usage", "Usage by the hour", amount, product);
    }

    fn purchase(&mut self) {
        let product = &PRODUCTS[self.random.random_range(0..5)];
        let amount = self.amount(100, 600, 2);
        self.line("Purchase", "Monthly subscription", amount, product);
    }

    fn refund(&mut self) {
        let product = &PRODUCTS[self.random.random_range(0..5)];
        let amount = -self.amount(20, 120, 2);
        self.line("Purchase", "Refund of an unsubscribed resource", amount, product);
    }

    fn marketplace(&mut self) {
        let shops: Vec<&'static str> = PARTNERS.iter().filter_map(|partner| partner.shop).collect();
        let other = shops[self.random.random_range(0..shops.len())];
        let own = PARTNERS[self.customer.partner].shop;
        let amount = self.amount(30, 300, 2);
        self.line("Purchase", "Marketplace subscription", amount, &PRODUCTS[8]);
        if let Some(line) = self.lines.last_mut() {
            line.publisher = own.unwrap_or(other);
            line.service = "Marketplace Software";
        }
    }

    /// Six percent of what the account bought since line `first`.
    fn tax(&mut self, first: usize) {
        let sum: i64 = self.lines[first..].iter().map(|line| line.billed).sum();
        let cent = UNIT / 100;
        self.line("Tax", "Value added tax", sum * 6 / 100 / cent * cent, &PRODUCTS[0]);
    }

    fn line(&mut self, category: &'static str, description: &str, billed: i64, product: &ProductPlan) {
        let days = (self.period.ends_at.0 - self.period.starts_at.0) / DAY;
        let at = self.period.starts_at.plus(self.random.random_range(0..days * 24) * HOUR);
        let discounted = billed > 0 && matches!(category, "Usage" | "Purchase");
        let list = if discounted { billed + billed / 100 * self.random.random_range(0..30) } else { billed };
        self.lines.push(Line {
            period: self.period,
            account: self.account.to_owned(),
            account_name: self.customer.name.clone(),
            currency: self.customer.currency,
            category,
            correction: false,
            description: description.to_owned(),
            at,
            service: product.name,
            class: product.class,
            region: REGIONS[self.random.random_range(0..REGIONS.len())],
            publisher: PROVIDER,
            list,
            billed,
            resource: format!("res-{:08x}", self.random.random::<u32>()),
        });
    }

    /// From `low` to `high` units with `decimals` decimals.
    fn amount(&mut self, low: i64, high: i64, decimals: u32) -> i64 {
        let step = UNIT / 10_i64.pow(decimals);
        self.random.random_range(low * UNIT / step + 1..=high * UNIT / step) * step
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::plan;
    use super::*;

    const SEPTEMBER: Period =
        Period { starts_at: Timestamp(1_788_192_000_000_000), ends_at: Timestamp(1_790_784_000_000_000) };

    #[test]
    fn the_same_seed_writes_the_same_bill() {
        let bill = |seed| format!("{:?}", month(&plan(7), SEPTEMBER, seed));
        assert_eq!(bill(1), bill(1));
        assert_ne!(bill(1), bill(2));
    }

    #[test]
    fn a_bill_has_thousands_of_lines_of_every_kind_inside_its_month() {
        let lines = month(&plan(7), SEPTEMBER, 1);
        assert!(lines.len() > 3_000);
        for category in ["Usage", "Purchase", "Credit", "Adjustment", "Tax"] {
            assert!(lines.iter().any(|line| line.category == category), "{category}");
        }
        assert!(lines.iter().any(|line| line.category == "Purchase" && line.billed < 0), "refunds");
        assert!(lines.iter().any(|line| line.publisher != PROVIDER), "marketplace");
        assert!(lines.iter().any(|line| line.billed % 1_000 != 0), "more than six decimals");
        assert!(lines.iter().all(|line| line.at >= SEPTEMBER.starts_at && line.at < SEPTEMBER.ends_at));
    }
}
