//! What partners may request of issued bills, and what is frozen of them.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::{self, Key, Predicate};
use entity::{IncentiveBillId, PartnerId, incentive_entitlement, incentive_freeze};

use super::bill::IncentiveBill;
use super::caller::{loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::enums::AssociationMode;
use super::errors::OrFail;
use super::filter::{
    AmountFilter, CurrencyFilter, DateTimeFilter, EntitlementStateFilter, IdFilter, MonthFilter, Wanted,
    filter, order,
};
use super::loaders::HolderOf;
use super::money::Money;
use super::partner::Partner;
use super::payment_enums::{EntitlementKind, EntitlementState, FreezeState};
use super::payment_request::PaymentRequest;
use super::pce_claim::PceClaim;
use super::scalars::{DateTime, Month};

/// Incentive that a partner may request.
#[derive(Clone)]
pub struct IncentiveEntitlement(incentive_entitlement::Model);

impl From<incentive_entitlement::Model> for IncentiveEntitlement {
    fn from(row: incentive_entitlement::Model) -> Self {
        Self(row)
    }
}

/// Incentive of an issued bill that a partner may request, or owes when below zero: that is set off first and never
/// lapses.
#[Object]
impl IncentiveEntitlement {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose it is.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The bill it comes from; null for what comes from a claim.
    async fn bill(&self, ctx: &Context<'_>) -> Option<Result<IncentiveBill>> {
        super::node::load(ctx, self.0.bill_id?).await.transpose()
    }

    /// The claim of the incentive for an opportunity it comes from; null for what comes from a bill.
    async fn claim(&self, ctx: &Context<'_>) -> Option<Result<PceClaim>> {
        super::node::load(ctx, self.0.claim_id?).await.transpose()
    }

    /// The month of that bill, or in which the claim was confirmed.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// Where it comes from.
    async fn kind(&self) -> EntitlementKind {
        self.0.kind.into()
    }

    /// Consulting or resale: decides about the ways of payment.
    async fn mode(&self) -> AssociationMode {
        self.0.mode.into()
    }

    /// How much.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// Where it stands; whether it is requested or paid, its payment request says.
    async fn state(&self) -> EntitlementState {
        self.0.state.into()
    }

    /// When it can be requested.
    async fn available_from(&self) -> DateTime {
        DateTime(self.0.available_from)
    }

    /// When it lapses if it was not requested; null for what is owed.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// The payment request that holds it.
    async fn payment_request(&self, ctx: &Context<'_>) -> Option<Result<PaymentRequest>> {
        let request = async {
            let Some(id) = loaders(ctx)?.load_one(HolderOf(self.0.id)).await.or_fail(ctx)? else {
                return Ok(None);
            };
            super::node::load(ctx, id).await
        };
        request.await.transpose()
    }
}

/// A frozen part of a bill.
pub struct IncentiveFreeze(incentive_freeze::Model);

impl From<incentive_freeze::Model> for IncentiveFreeze {
    fn from(row: incentive_freeze::Model) -> Self {
        Self(row)
    }
}

/// What a month would earn by consumption that a customer has not paid. It can be requested from the day after the
/// customer paid it.
#[Object]
impl IncentiveFreeze {
    /// Stable id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who has not paid.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id).await.transpose()
    }

    /// Consulting or resale.
    async fn mode(&self) -> AssociationMode {
        self.0.mode.into()
    }

    /// What was not paid when the bill was issued: why it is frozen.
    async fn unpaid(&self) -> Money {
        Money::of(self.0.unpaid, self.0.currency)
    }

    /// What it would earn.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// What of it is still frozen, or was released.
    async fn remaining(&self) -> Money {
        Money::of(self.0.remaining, self.0.currency)
    }

    /// Where it stands.
    async fn state(&self) -> FreezeState {
        self.0.state.into()
    }

    /// The customer paid: it is released at this instant.
    async fn release_at(&self) -> Option<DateTime> {
        self.0.release_at.map(DateTime)
    }

    /// The later bill that took the release into account.
    async fn netted_by(&self, ctx: &Context<'_>) -> Option<Result<IncentiveBill>> {
        super::node::load(ctx, self.0.netted_by?).await.transpose()
    }
}

connection! {
    /// A page of entitlements.
    IncentiveEntitlementConnection,
    /// An entitlement with its cursor.
    IncentiveEntitlementEdge, IncentiveEntitlement, incentive_entitlement::Model
}

filter! {
    /// Which entitlements.
    IncentiveEntitlementFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("e.partner_id"),
        /// By bill.
        bill: IdFilter => |f| f.on::<IncentiveBillId>("e.bill_id"),
        /// By month of the bill.
        month: MonthFilter => |f| f.on("e.month"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("e.currency"),
        /// By state.
        state: EntitlementStateFilter => |f| f.on("e.state"),
        /// By amount.
        amount: AmountFilter => |f| f.on("e.amount"),
        /// By when it can be requested.
        available_from: DateTimeFilter => |f| f.on("e.available_from"),
    }
}

order! {
    /// The order of entitlements.
    IncentiveEntitlementOrder,
    /// What entitlements are ordered by.
    IncentiveEntitlementOrderField of "incentiveEntitlements" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("e.id")],
        /// How much.
        Amount "AMOUNT" => [Key::int("e.amount"), Key::int("e.id")],
    } default CreatedAt Desc
}

/// Queries about entitlements.
#[derive(Default)]
pub struct EntitlementQuery;

#[Object(guard = "root(\"Query\")")]
impl EntitlementQuery {
    /// The entitlements the caller sees: a partner its own. Latest first.
    async fn incentive_entitlements(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<IncentiveEntitlementFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<IncentiveEntitlementOrder>,
        #[graphql(desc = "Only what no request holds and what has not lapsed.", default)] free: bool,
    ) -> Option<Result<IncentiveEntitlementConnection>> {
        let list = async {
            let only = if free { reading::entitlement::free() } else { Predicate::always() };
            let list = reading::entitlement::list(scope(ctx)?).only(only);
            let paging = Paging { first, after, last, before };
            Found::list(ctx, list, Wanted::of(filter), IncentiveEntitlementOrder::of(order_by), paging).await
        };
        Some(list.await.map(IncentiveEntitlementConnection))
    }
}
