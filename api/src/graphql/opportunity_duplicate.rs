//! What opportunities seem to repeat, and deciding on it.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::opportunity::duplicate::alike::Ground;
use domain::opportunity::duplicate::decide::{self, Decide};
use domain::opportunity::duplicate::subject::Subject;
use domain::opportunity::state::labels;
use domain::reading::opportunity_duplicate::DuplicateOf;

use super::caller::{lang, loaders, root, store, write_context};
use super::checks::Checks;
use super::errors::OrFail;
use super::opportunity::Opportunity;
use super::pce_enums::{DuplicateGround, DuplicateState};
use super::scalars::DateTime;
use super::user_error::payload;

/// What an opportunity seems to repeat.
pub struct OpportunityDuplicate {
    /// The opportunity it hangs on.
    pub(crate) of: Subject,
    /// What is kept of the two.
    pub(crate) pair: DuplicateOf,
}

/// Something that speaks for two opportunities being the same.
pub struct OpportunityDuplicateGround(Ground);

/// Something that speaks for two opportunities being the same.
#[Object]
impl OpportunityDuplicateGround {
    /// What.
    async fn ground(&self) -> DuplicateGround {
        self.0.ground.into()
    }

    /// How alike names are in parts per million, or how many months the windows share; 0 for others.
    async fn value(&self) -> i32 {
        self.0.value
    }

    /// The same in words, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> String {
        labels::ground(self.0, lang(ctx))
    }
}

/// Another opportunity that one seems to repeat, why, and what was decided of the two.
#[Object]
impl OpportunityDuplicate {
    /// The other; null while its partner took it back.
    async fn other(&self, ctx: &Context<'_>) -> Option<Result<Opportunity>> {
        super::node::load(ctx, self.pair.other_id).await.transpose()
    }

    /// The id of the other.
    async fn other_id(&self) -> ID {
        self.pair.other_id.to_string().into()
    }

    /// How alike they are in parts per million; 0 if only a person found them to be the same.
    async fn score_ppm(&self) -> i32 {
        self.pair.score_ppm
    }

    /// What speaks for it.
    async fn grounds(&self) -> Vec<OpportunityDuplicateGround> {
        self.pair.grounds.0.iter().copied().map(OpportunityDuplicateGround).collect()
    }

    /// Whether the rule holds them to be the same: customer, product family and time. Nobody need decide that.
    async fn by_rule(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let other = async { loaders(ctx)?.load_one(self.pair.other_id).await.or_fail(ctx) };
        other.await.map(|other| other.map(|other| self.of.repeats(&Subject::from(&other)))).transpose()
    }

    /// What was decided.
    async fn state(&self) -> DuplicateState {
        self.pair.state.into()
    }

    /// When they were first found to be alike.
    async fn found_at(&self) -> DateTime {
        DateTime(self.pair.found_at)
    }

    /// Who decided.
    async fn decided_by(&self) -> Option<&str> {
        self.pair.decided_by.as_deref()
    }

    /// When.
    async fn decided_at(&self) -> Option<DateTime> {
        self.pair.decided_at.map(DateTime)
    }

    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.pair.reason.as_deref()
    }
}

/// What somebody found of two opportunities.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateDecision {
    /// They are the same: one of them passes.
    Confirmed,
    /// They are not. Refused where the rule holds them to be the same.
    Dismissed,
}

/// Two opportunities, and what was found.
#[derive(InputObject)]
pub struct OpportunityDuplicateDecideInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// One of the two.
    id: ID,
    /// The other.
    other_id: ID,
    /// What you saw of the two; not given if they were not known to be alike.
    expected_state: Option<DuplicateState>,
    /// What was found.
    decision: DuplicateDecision,
    /// Why, in words; needed if they are not the same.
    reason: Option<String>,
}

payload! {
    /// What came of it.
    OpportunityDuplicateDecidePayload {
        /// The one that was named first, as it is now.
        opportunity: Opportunity
    }
}

/// Deciding on duplicates.
#[derive(Default)]
pub struct OpportunityDuplicateMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityDuplicateMutation {
    /// Says whether two opportunities are the same. Of two that are, one passes; if one has passed, the other is rejected
    /// at once. Operations may, coordinators, and people of an office that looks after one of them.
    async fn opportunity_duplicate_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which two, and what was found.")] input: OpportunityDuplicateDecideInput,
    ) -> Result<OpportunityDuplicateDecidePayload> {
        let mut checks = Checks::default();
        let id = checks.id("id", &input.id);
        let other_id = checks.id("otherId", &input.other_id);
        let wish = Decide {
            id,
            other_id,
            expected: input.expected_state.map(Into::into),
            same: input.decision == DuplicateDecision::Confirmed,
            reason: input.reason,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                decide::decide(store(ctx)?, &write_context(ctx)?, key, wish).await
            }
        };
        OpportunityDuplicateDecidePayload::of(ctx, result, Some(&input.id)).await
    }
}
