//! Claims of the incentive for opportunities: lists, and whether one may be claimed.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::Actor;
use domain::money::opportunity_incentive::machine::{self, Transition};
use domain::reading::{self, Key};
use entity::{OpportunityId, PartnerId, PceClaimId, pce_claim, pce_claim_transition};

use super::caller::{caller, loaders, root, scope, store};
use super::connection::{Found, Paging, connection};
use super::errors::OrFail;
use super::filter::{IdFilter, PceClaimStateFilter, Wanted, filter, order};
use super::loaders::ClaimTrailOf;
use super::money::Money;
use super::opportunity::Opportunity;
use super::partner::Partner;
use super::pce_claim_enums::{PceClaimActor, PceClaimOperation, PceClaimState};
use super::pce_policy::PceIncentivePolicy;
use super::scalars::{DateTime, Month};
use super::user_error::{UserError, refused};

/// A claim of the incentive for an opportunity.
#[derive(Clone)]
pub struct PceClaim(pce_claim::Model);

impl From<pce_claim::Model> for PceClaim {
    fn from(row: pce_claim::Model) -> Self {
        Self(row)
    }
}

/// What a partner claims for an opportunity that was signed; once for each.
#[Object]
impl PceClaim {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The opportunity.
    async fn opportunity(&self, ctx: &Context<'_>) -> Option<Result<Opportunity>> {
        super::node::load(ctx, self.0.opportunity_id).await.transpose()
    }

    /// Who claims.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The policy of the month in which the opportunity was signed.
    async fn policy(&self, ctx: &Context<'_>) -> Option<Result<PceIncentivePolicy>> {
        super::node::load(ctx, self.0.policy_id).await.transpose()
    }

    /// Where it stands.
    async fn state(&self) -> PceClaimState {
        self.0.state.into()
    }

    /// Since when.
    async fn state_since(&self) -> DateTime {
        DateTime(self.0.state_since)
    }

    /// Why it stands there, where somebody said so.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The cash it rests on; null before it is published.
    async fn basis(&self) -> Option<Money> {
        self.0.basis.map(|amount| Money::of(amount, self.0.currency))
    }

    /// What it comes to; null before it is published.
    async fn amount(&self) -> Option<Money> {
        self.0.amount.map(|amount| Money::of(amount, self.0.currency))
    }

    /// What the partner says.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// The id of the file that proves it.
    async fn evidence_file_id(&self) -> Option<ID> {
        self.0.evidence_file_id.map(|id| id.to_string().into())
    }

    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What can be done from where it stands, by whom, and whether by the caller.
    async fn allowed_operations(&self, ctx: &Context<'_>) -> Result<Vec<PossibleClaimMove>> {
        let actor = &caller(ctx)?.actor;
        Ok(machine::from(self.0.state).map(|t| PossibleClaimMove::of(t, actor, self.0.partner_id)).collect())
    }

    /// Everything that happened to it, oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> Option<Result<Vec<PceClaimTransition>>> {
        let rows = async { loaders(ctx)?.load_one(ClaimTrailOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(Into::into).collect()))
    }
}

/// Something that can be done from where a claim stands.
#[derive(SimpleObject)]
pub struct PossibleClaimMove {
    /// What.
    operation: PceClaimOperation,
    /// Where it leads.
    to: PceClaimState,
    /// Who may do it.
    by: Vec<PceClaimActor>,
    /// Whether it is for people like the caller.
    allowed: bool,
    /// Whether it needs a reason.
    needs_reason: bool,
}

impl PossibleClaimMove {
    fn of(transition: &Transition, actor: &Actor, partner: PartnerId) -> Self {
        Self {
            operation: transition.operation.into(),
            to: transition.to.into(),
            by: transition.by.iter().copied().map(Into::into).collect(),
            allowed: transition.actor(actor, partner).is_some(),
            needs_reason: transition.reason,
        }
    }
}

/// Something that happened to a claim.
#[derive(SimpleObject)]
pub struct PceClaimTransition {
    /// Its place, from 1.
    seq: i32,
    /// What happened.
    operation: PceClaimOperation,
    /// Where it stood; null when it was made.
    from_state: Option<PceClaimState>,
    /// Where it stands since.
    to_state: PceClaimState,
    /// Who did it.
    actor: String,
    /// As what.
    actor_kind: PceClaimActor,
    /// Why.
    reason: Option<String>,
    /// When.
    at: DateTime,
}

impl From<pce_claim_transition::Model> for PceClaimTransition {
    fn from(row: pce_claim_transition::Model) -> Self {
        Self {
            seq: row.seq,
            operation: row.operation.into(),
            from_state: row.from_state.map(Into::into),
            to_state: row.to_state.into(),
            actor: row.actor,
            actor_kind: row.actor_kind.into(),
            reason: row.reason,
            at: DateTime(row.at),
        }
    }
}

/// Whether an opportunity may be claimed for now, and what it would come to.
#[derive(SimpleObject)]
pub struct PceClaimEligibility {
    /// Whether nothing speaks against it.
    eligible: bool,
    /// Everything that speaks against it.
    against: Vec<UserError>,
    /// The policy of the month of signing; null if there is none.
    policy: Option<PceIncentivePolicy>,
    /// The months whose cash counts.
    months: Vec<Month>,
    /// The cash so far; null without a policy.
    basis: Option<Money>,
    /// What it would come to now; null without a policy.
    amount: Option<Money>,
}

connection! {
    /// A page of claims.
    PceClaimConnection,
    /// A claim with its cursor.
    PceClaimEdge, PceClaim, pce_claim::Model
}

filter! {
    /// Which claims.
    PceClaimFilter {
        /// By opportunity.
        opportunity: IdFilter => |f| f.on::<OpportunityId>("pce_claim.opportunity_id"),
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("pce_claim.partner_id"),
        /// By state.
        state: PceClaimStateFilter => |f| f.on("pce_claim.state"),
    }
}

order! {
    /// The order of claims.
    PceClaimOrder,
    /// What claims are ordered by.
    PceClaimOrderField of "pceClaims" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("pce_claim.id")],
        /// Since when it stands where it stands.
        StateSince "STATE_SINCE" => [Key::int("pce_claim.state_since"), Key::int("pce_claim.id")],
    } default CreatedAt Desc
}

/// Queries about claims.
#[derive(Default)]
pub struct PceClaimQuery;

#[Object(guard = "root(\"Query\")")]
impl PceClaimQuery {
    /// A claim by id; null if the caller sees none.
    async fn pce_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The claim's id.")] id: ID,
    ) -> Option<Result<PceClaim>> {
        let id: PceClaimId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The claims the caller sees: a partner its own. Latest first.
    async fn pce_claims(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PceClaimFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PceClaimOrder>,
    ) -> Option<Result<PceClaimConnection>> {
        let list = async {
            let paging = Paging { first, after, last, before };
            let list = reading::pce_claim::list(scope(ctx)?);
            Found::list(ctx, list, Wanted::of(filter), PceClaimOrder::of(order_by), paging).await
        };
        Some(list.await.map(PceClaimConnection))
    }

    /// Whether an opportunity may be claimed for now: everything that speaks against it, and what it would come to. Null
    /// if the caller does not see the opportunity.
    async fn pce_claim_eligibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opportunity's id.")] opportunity_id: ID,
    ) -> Option<Result<PceClaimEligibility>> {
        let id: OpportunityId = opportunity_id.parse().ok()?;
        eligibility(ctx, id).await.transpose()
    }
}

async fn eligibility(ctx: &Context<'_>, id: OpportunityId) -> Result<Option<PceClaimEligibility>> {
    let examined = reading::pce_claim::eligibility(store(ctx)?, scope(ctx)?, id).await.or_fail(ctx)?;
    let Some(examined) = examined else { return Ok(None) };
    let against = refused(ctx, &examined.violations, None).await?;
    let money = |amount| examined.policy.as_ref().map(|policy| Money::of(amount, policy.currency));
    let (basis, amount) = (money(examined.basis), money(examined.amount));
    Ok(Some(PceClaimEligibility {
        eligible: against.is_empty(),
        against,
        policy: examined.policy.clone().map(Into::into),
        months: examined.months.into_iter().map(Month).collect(),
        basis,
        amount,
    }))
}
