//! The enums of the frame in which opportunities are shared, by the same names.

use async_graphql::Enum;

/// Why an opportunity is where it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::RouteKind")]
pub enum RouteKind {
    /// The office that owns the customer.
    ExistingCustomer,
    /// The office of the customer's location.
    CustomerLocation,
    /// No office matches, or none has a reviewer: a coordinator finds one.
    Coordinator,
    /// Somebody gave it to this office.
    Reassigned,
    /// Nobody reviewed it in time.
    Escalated,
}

/// As what somebody works in an office.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OfficeRole")]
pub enum OfficeRole {
    /// Partner development manager.
    Pdm,
    /// Partner sales manager.
    Psm,
}

/// A partner's stage on the development path.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PathStage")]
pub enum PathStage {
    /// On no path.
    None,
    /// A role is selected.
    RoleSelected,
    /// The role is validated.
    RoleValidated,
    /// Its competency is differentiated.
    Differentiated,
}

/// What an offering of a partner is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OfferingKind")]
pub enum OfferingKind {
    /// A product of the marketplace.
    MarketplaceProduct,
    /// A solution the vendor has baselined.
    BaselineSolution,
}

/// What became of an offer.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OfferState")]
pub enum OfferState {
    /// The partner has to answer.
    Pending,
    /// It accepted.
    Accepted,
    /// It refused.
    Refused,
    /// It did not answer in time.
    TimedOut,
    /// The vendor took it back.
    Recalled,
}

/// Why two opportunities seem to be the same.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::DuplicateGround")]
pub enum DuplicateGround {
    /// They name one customer that has an account.
    SameCustomer,
    /// The customers have one credit code.
    CreditCode,
    /// The customers have one name, but for legal form, case and signs.
    NameEqual,
    /// The names of the customers are alike.
    NameSimilar,
    /// The names of the customers are alike without places and words of a trade.
    NameProperSimilar,
    /// The same product family is wanted.
    SameFamily,
    /// One of them names no product family.
    FamilyUnknown,
    /// They are expected to be bought in the same time.
    WindowOverlaps,
}

/// What was decided of two opportunities that seem to be the same.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::DuplicateState")]
pub enum DuplicateState {
    /// Nothing yet.
    Suspected,
    /// They are the same.
    Confirmed,
    /// They are not.
    Dismissed,
}
