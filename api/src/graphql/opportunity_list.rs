//! Lists of opportunities.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::{self, Key};
use entity::{CustomerId, OfficeId, OpportunityId, PartnerId, opportunity};

use super::caller::{caller, root, scope, store};
use super::connection::{Found, Paging, connection};
use super::errors::bad_input;
use super::filter::{
    AmountFilter, DateTimeFilter, IdFilter, MonthFilter, OpportunityKindFilter, OpportunityStageFilter,
    OpportunityStateFilter, StringFilter, Wanted, filter, flag, order,
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
        /// By office; for the vendor's staff.
        office: IdFilter => |f| f.on::<OfficeId>("opportunity.office_id"),
        /// By who shares it.
        kind: OpportunityKindFilter => |f| f.on("opportunity.kind"),
        /// By state.
        state: OpportunityStateFilter => |f| f.on("opportunity.state"),
        /// By how far the sale is.
        stage: OpportunityStageFilter => |f| f.on("opportunity.stage"),
        /// By expected revenue.
        expected_amount: AmountFilter => |f| f.on("opportunity.expected_amount"),
        /// By the month in which it is expected to be signed.
        expected_sign_month: MonthFilter => |f| f.on_days("opportunity.expected_sign_on"),
        /// By who works on it: the reviewer who claimed it; for the vendor's staff.
        claimed_by: StringFilter => |f| f.on("opportunity.claimed_by"),
        /// Whether a reviewer works on it; for the vendor's staff.
        claimed: bool => |f| Ok(reading::Predicate::is_null("opportunity.claimed_by", !*f)),
        /// Whether no progress was told for too long.
        stale: bool => |f| flag("opportunity.stale", *f),
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
        /// By expected revenue, whatever its currency; what has none is smallest.
        ExpectedAmount "EXPECTED_AMOUNT" => [Key::int("COALESCE(opportunity.expected_amount, -1)"), Key::int("opportunity.id")],
        /// By when it is expected to be signed; what has no day is first.
        ExpectedSignOn "EXPECTED_SIGN_ON" => [Key::int("COALESCE(opportunity.expected_sign_on, 0)"), Key::int("opportunity.id")],
        /// By when progress was last told, or since when it is owed; what owes none is first.
        LastProgressAt "LAST_PROGRESS_AT" => [Key::int("COALESCE(opportunity.last_progress_at, 0)"), Key::int("opportunity.id")],
    } default CreatedAt Desc
}

/// Whether a filter asks for what only the vendor's staff may know.
fn asks_for_staff(filter: &OpportunityFilter) -> bool {
    let OpportunityFilter { office, claimed_by, claimed, and, or, .. } = filter;
    let below = and.iter().flatten().chain(or.iter().flatten());
    office.is_some() || claimed_by.is_some() || claimed.is_some() || below.into_iter().any(asks_for_staff)
}

/// Which opportunities a list or a sum is about, as its arguments say.
pub(crate) fn wanted(
    ctx: &Context<'_>,
    filter: Option<OpportunityFilter>,
    search: Option<&str>,
    mine: bool,
) -> Result<reading::Predicate> {
    if !caller(ctx)?.actor.sees_all() && filter.as_ref().is_some_and(asks_for_staff) {
        return Err(bad_input(ctx, "`office`, `claimedBy` and `claimed` are for the vendor's staff."));
    }
    let searched = || {
        reading::opportunity_search::matching(store(ctx)?.backend(), search.unwrap_or_default())
            .map_err(|message| bad_input(ctx, &message))
    };
    let wanted = Wanted::of(filter).map_err(|message| bad_input(ctx, &message))?.and(searched()?);
    if !mine {
        return Ok(wanted);
    }
    Ok(wanted.and(reading::opportunity::mine(scope(ctx)?, &caller(ctx)?.actor.subject)))
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
        #[graphql(
            desc = "Only rows in whose name, customer, description or need every word of this occurs, as any piece of it, without regard to the case of letters; at most 200 characters and 8 words."
        )]
        search: Option<String>,
        #[graphql(
            desc = "Only rows the caller itself is at work on: for the vendor's staff those it claimed, for a partner's those it made.",
            default
        )]
        mine: bool,
        #[graphql(
            desc = "Only rows that wait for review or verification by the caller's office, or by the caller as a coordinator.",
            default
        )]
        awaiting_my_review: bool,
        #[graphql(
            desc = "Only rows that seem to repeat another on which nobody decided; for the vendor's staff.",
            default
        )]
        suspected: bool,
    ) -> Option<Result<OpportunityConnection>> {
        let list = async {
            let paging = Paging { first, after, last, before };
            let mut list = reading::opportunity::list(scope(ctx)?);
            if awaiting_my_review {
                list = list.only(reading::opportunity::awaiting_review(&caller(ctx)?.actor.subject));
            }
            if suspected {
                list = list.only(reading::opportunity_duplicate::suspected(scope(ctx)?));
            }
            let wanted = wanted(ctx, filter, search.as_deref(), mine)?;
            Found::list(ctx, list, Ok(wanted), OpportunityOrder::of(order_by), paging).await
        };
        Some(list.await.map(OpportunityConnection))
    }
}
