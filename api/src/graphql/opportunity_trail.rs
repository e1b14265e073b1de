//! What an opportunity tells of itself: its trail, and what can be done.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::Actor;
use domain::opportunity::state::machine::{Transition, Why};
use entity::{PartnerId, opportunity_transition};

use super::caller::caller;
use super::connection::connection;
use super::opportunity_enums::{OpportunityActor, OpportunityOperation, OpportunityReason, OpportunityState};
use super::scalars::DateTime;

/// Something that can be done from where an opportunity stands.
#[derive(SimpleObject)]
pub struct PossibleMove {
    /// What.
    operation: OpportunityOperation,
    /// Where it leads.
    to: OpportunityState,
    /// Who may do it.
    by: Vec<OpportunityActor>,
    /// Whether it is for people like the caller. What else it needs is said when it is refused.
    allowed: bool,
    /// Whether it needs a reason in words.
    needs_reason: bool,
    /// The reasons of which it needs one; empty if none.
    reason_codes: Vec<OpportunityReason>,
}

impl PossibleMove {
    pub(crate) fn of(transition: &Transition, actor: &Actor, partner: Option<PartnerId>) -> Self {
        let codes = match transition.why {
            Why::OneOf(codes) => codes,
            Why::No | Why::Words | Why::Always(_) => &[],
        };
        Self {
            operation: transition.operation.into(),
            to: transition.to.into(),
            by: transition.by.iter().copied().map(Into::into).collect(),
            allowed: transition.actor(actor, partner).is_some(),
            needs_reason: matches!(transition.why, Why::Words),
            reason_codes: codes.iter().copied().map(Into::into).collect(),
        }
    }
}

/// Something that happened.
pub struct OpportunityTransition(opportunity_transition::Model);

impl From<opportunity_transition::Model> for OpportunityTransition {
    fn from(row: opportunity_transition::Model) -> Self {
        Self(row)
    }
}

/// Something that happened to an opportunity: a change of its state, or of what it says.
#[Object]
impl OpportunityTransition {
    /// Its place, from 1; null for partners, who do not see everything.
    async fn seq(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(caller(ctx)?.actor.sees_all().then_some(self.0.seq))
    }

    /// What happened.
    async fn operation(&self) -> OpportunityOperation {
        self.0.operation.into()
    }

    /// Where it stood; null when it was made, and for the partner that it is offered to.
    #[graphql(name = "fromState")]
    async fn before(&self, ctx: &Context<'_>) -> Result<Option<OpportunityState>> {
        let offered = self.0.operation == entity::OpportunityOperation::Offer;
        let told = !offered || caller(ctx)?.actor.sees_all();
        Ok(self.0.from_state.filter(|_| told).map(Into::into))
    }

    /// Where it stands since.
    async fn to_state(&self) -> OpportunityState {
        self.0.to_state.into()
    }

    /// Who did it; for partners null if it was somebody of the vendor.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let own = self.0.actor_kind == entity::OpportunityActor::Partner;
        Ok((own || caller(ctx)?.actor.sees_all()).then_some(self.0.actor.as_str()))
    }

    /// As what.
    async fn actor_kind(&self) -> OpportunityActor {
        self.0.actor_kind.into()
    }

    /// Why.
    async fn reason_code(&self) -> Option<OpportunityReason> {
        self.0.reason_code.map(Into::into)
    }

    /// Why, in words; for an edit the names of the fields.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

connection! {
    /// A page of what happened to an opportunity.
    OpportunityTransitionConnection,
    /// Something that happened, with its cursor.
    OpportunityTransitionEdge, OpportunityTransition, opportunity_transition::Model
}
