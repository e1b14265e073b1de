//! The words of plans in the words of the product, and back.

use domain::programme::incentive_policy::NewRate;
use entity::{AssociationMode, ChargingMode, PartnerKind, ProductPolicyKind, RunKind};
use oracle::plan::{Charging, Kind, Mode, Policy, Rate, Run};

pub(super) const fn kind(kind: Kind) -> PartnerKind {
    match kind {
        Kind::SolutionProvider => PartnerKind::SolutionProvider,
        Kind::Distributor => PartnerKind::Distributor,
        Kind::Reseller => PartnerKind::Reseller,
    }
}

pub(super) const fn mode(mode: Mode) -> AssociationMode {
    match mode {
        Mode::Consulting => AssociationMode::Consulting,
        Mode::Resale => AssociationMode::Resale,
    }
}

pub(super) const fn plan_mode(mode: AssociationMode) -> Mode {
    match mode {
        AssociationMode::Consulting => Mode::Consulting,
        AssociationMode::Resale => Mode::Resale,
    }
}

pub(super) const fn plan_charging(mode: ChargingMode) -> Charging {
    match mode {
        ChargingMode::Subscription => Charging::Subscription,
        ChargingMode::PayPerUse => Charging::PayPerUse,
        ChargingMode::ReservedInstance => Charging::Reserved,
        ChargingMode::SavingsPlan => Charging::SavingsPlan,
    }
}

pub(super) const fn policy(policy: Policy) -> ProductPolicyKind {
    match policy {
        Policy::Ordinary => ProductPolicyKind::Ordinary,
        Policy::Specific => ProductPolicyKind::Specific,
        Policy::NoPerformance => ProductPolicyKind::NoPerformance,
        Policy::PerformanceOnly => ProductPolicyKind::PerformanceOnly,
    }
}

pub(super) const fn run_kind(run: Run) -> RunKind {
    match run {
        Run::Estimate => RunKind::Estimate,
        Run::Draft => RunKind::Draft,
        Run::Final => RunKind::Final,
    }
}

pub(super) const fn plan_policy(policy: ProductPolicyKind) -> Policy {
    match policy {
        ProductPolicyKind::Ordinary => Policy::Ordinary,
        ProductPolicyKind::Specific => Policy::Specific,
        ProductPolicyKind::NoPerformance => Policy::NoPerformance,
        ProductPolicyKind::PerformanceOnly => Policy::PerformanceOnly,
    }
}

pub(super) fn rate(rate: &Rate) -> NewRate {
    NewRate {
        product_class: rate.class.clone(),
        specific_only: rate.specific,
        mode: rate.mode.map(mode),
        partner_kind: rate.kind.map(kind),
        tier: rate.tier.clone(),
        rate_ppm: rate.ppm,
        minimum: rate.minimum,
        cap: rate.cap,
    }
}
