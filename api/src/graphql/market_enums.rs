//! The enums of marketplace settlement as GraphQL enums, by the same names.

use async_graphql::Enum;

/// What a product of the marketplace is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::MarketplaceCategory")]
pub enum MarketplaceCategory {
    /// Goods of the marketplace.
    Goods,
    /// Solutions of the marketplace.
    Solutions,
}

/// Where a settlement bill stands. What happens to its money is the state of its payment request.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::SettlementBillState")]
pub enum SettlementBillState {
    /// Part of a payment request.
    Billed,
    /// Carried forward: part of the next request that comes to more than zero.
    Carried,
    /// Void: its lines can be billed again.
    Cancelled,
}

/// What a line of a settlement bill is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::SettlementLineKind")]
pub enum SettlementLineKind {
    /// Sales of the bill's month.
    Base,
    /// More of an earlier month than was billed.
    Correction,
    /// Less than was billed.
    Refund,
    /// What rounding the bill to the smallest unit left over.
    Residue,
}

/// Whether sales were billed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::MarketplaceLineState")]
pub enum MarketplaceLineState {
    /// Not, or not all of it.
    NotBilled,
    /// All of it.
    Billed,
}

/// Why sales are not billed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::UnbilledReason")]
pub enum UnbilledReason {
    /// The seller's business information is not certified.
    NotCertified,
    /// The customer has not paid.
    NotPaid,
    /// No partner sells under this name.
    UnknownSeller,
    /// No terms are set for the category and month.
    NoTerms,
    /// The month was not billed out yet.
    NotDue,
    /// It came after the bill of the month: the next one holds it.
    NextBill,
    /// The bill could not be made.
    Failed,
}
