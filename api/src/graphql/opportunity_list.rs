//! Lists of opportunities.

use async_graphql::{Context, ID, Object, Result};
use domain::read::{self, Key};
use entity::{CustomerId, OfficeId, OpportunityId, PartnerId, opportunity};

use super::caller::{root, scope};
use super::connection::{Found, Paging, connection};
use super::filter::{
    AmountFilter, DateTimeFilter, IdFilter, OpportunityKindFilter, OpportunityStageFilter,
    OpportunityStateFilter, Wanted, filter, order,
};
use super::opportunity::Opportunity;

connection! {
    /// A page of opportunities.
    OpportunityConnection,
    /// An opportunity with its cursor.
    OpportunityEdge, Opportunity, opportunity::Model
}

filter! {
    /// Which opportunities.
    OpportunityFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("opportunity.partner_id"),
        /// By customer with an account.
        customer: IdFilter => |f| f.on::<CustomerId>("opportunity.customer_id"),
        /// By office.
        office: IdFilter => |f| f.on::<OfficeId>("opportunity.office_id"),
        /// By who shares it.
        kind: OpportunityKindFilter => |f| f.on("opportunity.kind"),
        /// By state.
        state: OpportunityStateFilter => |f| f.on("opportunity.state"),
        /// By how far the sale is.
        stage: OpportunityStageFilter => |f| f.on("opportunity.stage"),
        /// By expected revenue.
        expected_amount: AmountFilter => |f| f.on("opportunity.expected_amount"),
        /// By the instant since which it stands where it stands: its age in the state.
        state_since: DateTimeFilter => |f| f.on("opportunity.state_since"),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("opportunity.created_at"),
    }
}

order! {
    /// The order of opportunities.
    OpportunityOrder,
    /// What opportunities are ordered by.
    OpportunityOrderField of "opportunities" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("opportunity.id")],
        /// Since when it stands where it stands.
        StateSince "STATE_SINCE" => [Key::int("opportunity.state_since"), Key::int("opportunity.id")],
    } default CreatedAt Desc
}

/// Queries about opportunities.
#[derive(Default)]
pub struct OpportunityQuery;

#[Object(guard = "root(\"Query\")")]
impl OpportunityQuery {
    /// An opportunity by id; null if the caller sees none.
    async fn opportunity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opportunity's id.")] id: ID,
    ) -> Option<Result<Opportunity>> {
        let id: OpportunityId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The opportunities the caller sees: a partner its own, the vendor's staff all but drafts. Latest first.
    async fn opportunities(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<OpportunityFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<OpportunityOrder>,
    ) -> Option<Result<OpportunityConnection>> {
        let list = async {
            let paging = Paging { first, after, last, before };
            let list = read::opportunity::list(scope(ctx)?);
            Found::list(ctx, list, Wanted::of(filter), OpportunityOrder::of(order_by), paging).await
        };
        Some(list.await.map(OpportunityConnection))
    }
}
