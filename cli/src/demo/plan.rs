//! The demonstration's programme, before it is anywhere: its partners and customers, and the associations
//! between them. PURE and seeded.

use domain::programme::incentive_policy::NewRate;
use entity::{AssociationMode, PartnerKind, ProductPolicyKind};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// A partner to be made.
#[derive(Clone, Debug)]
pub(crate) struct PartnerPlan {
    pub(crate) name: &'static str,
    pub(crate) kind: PartnerKind,
    pub(crate) tier: &'static str,
    pub(crate) region: &'static str,
    /// A distributor that also has customers of its own.
    pub(crate) may_own_customers: bool,
    /// Index of a reseller's distributor.
    pub(crate) distributor: Option<usize>,
    /// Its shop on the marketplace.
    pub(crate) shop: Option<&'static str>,
}

/// Index of the distributor without customers of its own.
const DISTRIBUTOR_ONLY: usize = 1;

/// The partners: 2 distributors, their 3 + 3 resellers, 9 solution providers.
pub(crate) const PARTNERS: [PartnerPlan; 17] = [
    partner("Meridian Distribution", PartnerKind::Distributor, "NATIONAL", "East", None, None),
    partner("Harbour Distribution", PartnerKind::Distributor, "REGIONAL", "South", None, None),
    partner("Willow Cloud", PartnerKind::Reseller, "GOLD", "East", Some(0), Some("Willow Apps")),
    partner("Granite IT", PartnerKind::Reseller, "SILVER", "East", Some(0), None),
    partner("Clearwater Systems", PartnerKind::Reseller, "SILVER", "East", Some(0), None),
    partner("Southern Star Networks", PartnerKind::Reseller, "GOLD", "South", Some(1), None),
    partner("Banyan Software", PartnerKind::Reseller, "SILVER", "South", Some(1), Some("Banyan Tools")),
    partner("Pearl River Tech", PartnerKind::Reseller, "SILVER", "South", Some(1), None),
    partner("Lotus Analytics", PartnerKind::SolutionProvider, "GOLD", "East", None, Some("Lotus Analytics")),
    partner("Redwood Consulting", PartnerKind::SolutionProvider, "SILVER", "North", None, None),
    partner("Summit Integration", PartnerKind::SolutionProvider, "GOLD", "South", None, None),
    partner("Jade Harbour Cloud", PartnerKind::SolutionProvider, "SILVER", "South", None, None),
    partner("North Lake Systems", PartnerKind::SolutionProvider, "SILVER", "North", None, None),
    partner("Kapok Digital", PartnerKind::SolutionProvider, "GOLD", "South", None, None),
    partner("Bluestone Services", PartnerKind::SolutionProvider, "SILVER", "East", None, None),
    partner("Orchid Data", PartnerKind::SolutionProvider, "GOLD", "East", None, None),
    partner("Ginkgo Integration", PartnerKind::SolutionProvider, "SILVER", "North", None, None),
];

const fn partner(
    name: &'static str,
    kind: PartnerKind,
    tier: &'static str,
    region: &'static str,
    distributor: Option<usize>,
    shop: Option<&'static str>,
) -> PartnerPlan {
    // Only the national distributor also sells.
    let may_own_customers = matches!(tier.as_bytes(), b"NATIONAL");
    PartnerPlan { name, kind, tier, region, may_own_customers, distributor, shop }
}

/// Partners that may have customers, in turn.
pub(crate) fn sellers() -> Vec<usize> {
    (0..PARTNERS.len()).filter(|index| *index != DISTRIBUTOR_ONLY).collect()
}

/// A change of a customer's association in mid-month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Goes to another partner; that one cools off first.
    Partner(usize),
    /// Stays, in the other mode.
    Mode,
    /// Leaves its partner.
    Leaves,
}

/// A customer to be made.
#[derive(Clone, Debug)]
pub(crate) struct CustomerPlan {
    pub(crate) name: String,
    /// The vendor's own.
    pub(crate) internal: bool,
    /// Bought in another currency.
    pub(crate) currency: &'static str,
    pub(crate) accounts: Vec<String>,
    /// Its accounts are linked only after their first bill.
    pub(crate) linked_later: bool,
    /// Index of its partner.
    pub(crate) partner: usize,
    pub(crate) mode: AssociationMode,
    /// Month (0 or 1), day in it (0 is the first), and the change itself.
    pub(crate) change: Option<(usize, i64, Change)>,
}

/// The whole programme.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) customers: Vec<CustomerPlan>,
    /// Accounts that bills name and nobody has.
    pub(crate) strangers: Vec<String>,
}

/// Customers of the programme.
pub(crate) const CUSTOMERS: usize = 60;
/// Accounts of nobody.
const STRANGERS: usize = 3;

const FIRST: [&str; 10] = [
    "Jade",
    "Silver",
    "Blue Sky",
    "Golden Gate",
    "Orchid",
    "Northern",
    "Evergreen",
    "Phoenix",
    "Crane",
    "Maple",
];
const SECOND: [&str; 6] = ["Logistics", "Foods", "Media", "Robotics", "Retail", "Health"];

/// The programme of `seed`.
pub(crate) fn plan(seed: u64) -> Plan {
    let mut random = StdRng::seed_from_u64(seed);
    let sellers = sellers();
    let customers = (0..CUSTOMERS).map(|index| customer(index, &sellers, &mut random)).collect();
    let strangers = (0..STRANGERS).map(|index| account(CUSTOMERS + index, 0, &mut random)).collect();
    Plan { customers, strangers }
}

fn customer(index: usize, sellers: &[usize], random: &mut StdRng) -> CustomerPlan {
    let name = format!("{} {}", FIRST[index % FIRST.len()], SECOND[index / FIRST.len() % SECOND.len()]);
    let partner = sellers[index % sellers.len()];
    let mode =
        if random.random_range(0..100) < 55 { AssociationMode::Resale } else { AssociationMode::Consulting };
    let day = random.random_range(9..20);
    // A handful of each, at fixed places, so that every seed shows everything.
    let change = match index {
        3 | 14 | 27 => Some((0, day, Change::Partner(other(sellers, partner, random)))),
        38 | 49 => Some((1, day, Change::Partner(other(sellers, partner, random)))),
        6 | 17 | 31 => Some((0, day, Change::Mode)),
        44 => Some((1, day, Change::Mode)),
        52 => Some((1, day, Change::Leaves)),
        _ => None,
    };
    CustomerPlan {
        name,
        internal: index == 21,
        currency: if index % 12 == 11 { "USD" } else { "CNY" },
        accounts: (0..1 + index % 2).map(|number| account(index, number, random)).collect(),
        linked_later: index == 33,
        partner,
        mode,
        change,
    }
}

fn other(sellers: &[usize], than: usize, random: &mut StdRng) -> usize {
    let others: Vec<usize> = sellers.iter().copied().filter(|seller| *seller != than).collect();
    others[random.random_range(0..others.len())]
}

/// An account number: unique by its customer and number, otherwise random.
fn account(customer: usize, number: usize, random: &mut StdRng) -> String {
    format!("{:04}{number}{:07}", 1_000 + customer, random.random_range(0..10_000_000))
}

/// A product with its class, and what the programme says about it.
pub(crate) struct ProductPlan {
    pub(crate) name: &'static str,
    pub(crate) class: &'static str,
    pub(crate) policy: ProductPolicyKind,
}

const fn product(name: &'static str, class: &'static str, policy: ProductPolicyKind) -> ProductPlan {
    ProductPlan { name, class, policy }
}

/// The products, one of each special kind.
pub(crate) const PRODUCTS: [ProductPlan; 9] = [
    product("Elastic Cloud Server", "Compute", ProductPolicyKind::Ordinary),
    product("Object Storage", "Storage", ProductPolicyKind::Ordinary),
    product("Relational Database", "Databases", ProductPolicyKind::Ordinary),
    product("Virtual Private Network", "Networking", ProductPolicyKind::Ordinary),
    product("Container Engine", "Compute", ProductPolicyKind::Ordinary),
    product("Model Training", "AI and Machine Learning", ProductPolicyKind::Specific),
    product("Dedicated Cloud", "Compute", ProductPolicyKind::PerformanceOnly),
    product("Domain Registration", "Networking", ProductPolicyKind::NoPerformance),
    product("Data Warehouse", "Analytics", ProductPolicyKind::Ordinary),
];

/// Micros of one currency unit.
const UNIT: i64 = 1_000_000;

/// The rates of the incentive policy, in the order of matching.
pub(crate) fn rates() -> Vec<NewRate> {
    let base = NewRate {
        product_class: None,
        specific_only: false,
        mode: None,
        partner_kind: None,
        tier: None,
        rate_ppm: 50_000,
        minimum: Some(500 * UNIT),
        cap: Some(600 * UNIT),
    };
    vec![
        NewRate { specific_only: true, rate_ppm: 120_000, minimum: None, cap: None, ..base.clone() },
        NewRate {
            mode: Some(AssociationMode::Resale),
            partner_kind: Some(PartnerKind::SolutionProvider),
            tier: Some("GOLD".into()),
            rate_ppm: 90_000,
            ..base.clone()
        },
        NewRate {
            mode: Some(AssociationMode::Consulting),
            rate_ppm: 35_000,
            minimum: Some(1_000 * UNIT),
            ..base.clone()
        },
        base,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_programme_and_another_seed_another() {
        let names = |seed| format!("{:?}", plan(seed));
        assert_eq!(names(7), names(7));
        assert_ne!(names(7), names(8));
    }

    #[test]
    fn every_seed_shows_everything() {
        for seed in 0..20 {
            let plan = plan(seed);
            let count = |test: fn(&CustomerPlan) -> bool| plan.customers.iter().filter(|c| test(c)).count();
            assert_eq!(plan.customers.len(), CUSTOMERS);
            assert_eq!(count(|c| c.internal), 1);
            assert_eq!(count(|c| c.linked_later), 1);
            assert_eq!(count(|c| matches!(c.change, Some((_, _, Change::Partner(_))))), 5);
            assert!(count(|c| c.mode == AssociationMode::Resale) > 10);
            assert!(count(|c| c.mode == AssociationMode::Consulting) > 10);
            let mut accounts: Vec<_> = plan.customers.iter().flat_map(|c| &c.accounts).collect();
            let all = accounts.len();
            accounts.sort();
            accounts.dedup();
            assert_eq!(accounts.len(), all);
        }
    }
}
