//! What opportunities seem to repeat, and deciding on it.

use async_graphql::{Enum, ID, InputObject};
use domain::opportunity::duplicate::alike::Ground;
use domain::opportunity::duplicate::decide::{self, Decide};
use domain::opportunity::duplicate::subject::Subject;
use domain::opportunity::state::labels;
use domain::reading::opportunity::duplicate::DuplicateOf;
use entity::OpportunityId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::DuplicateState;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::object::{Object, Shown};

/// An opportunity that another seems to repeat.
pub(super) struct Duplicate {
    /// The opportunity that seems to repeat it, as it is compared.
    pub(super) of: Subject,
    /// What is kept of the two.
    pub(super) pair: DuplicateOf,
}

impl Shown for Ground {
    const NAME: &'static str = "OpportunityDuplicateGround";

    fn object() -> Object<Self> {
        Object::<Self>::new("Something that speaks for two opportunities being the same.")
            .field("ground", "The ground.", |ground| Choice(ground.ground))
            .field(
                "value",
                "How alike names are in parts per million, or how many months the windows share; 0 for other grounds.",
                |ground| ground.value,
            )
            .said("label", "The ground in words, in the request's language.", |ground, env| {
                labels::ground(*ground, env.lang())
            })
    }
}

impl Shown for Duplicate {
    const NAME: &'static str = "OpportunityDuplicate";

    fn object() -> Object<Self> {
        Object::<Self>::new("Another opportunity that one seems to repeat, why, and what was decided of the two.")
            .one("other", "The other opportunity; null while its partner took it back.", |duplicate| {
                Some(duplicate.pair.other_id)
            })
            .field("otherId", "The id of the other opportunity.", |duplicate| duplicate.pair.other_id)
            .field(
                "scorePpm",
                "How alike they are in parts per million; 0 if only a person found them to be the same.",
                |duplicate| duplicate.pair.score_ppm,
            )
            .objects("grounds", "The grounds that speak for it.", |duplicate| {
                duplicate.pair.grounds.0.clone()
            })
            .values(
                "byRule",
                "Whether the rule holds them to be the same: customer, product family and time. Nobody need decide that. \
                 Null where `other` is.",
                |env, duplicates, _| Box::pin(by_rule(env, duplicates)),
            )
            .field("state", "The decision on the two, or that nobody decided.", |duplicate| {
                Choice(duplicate.pair.state)
            })
            .field("foundAt", "The instant at which they were first found to be alike.", |duplicate| {
                duplicate.pair.found_at
            })
            .maybe_text("decidedBy", "The person who decided; null before.", |duplicate| {
                duplicate.pair.decided_by.as_deref()
            })
            .field("decidedAt", "The instant of the decision; null before.", |duplicate| {
                duplicate.pair.decided_at
            })
            .maybe_text("reason", "The reason of the decision in words; null if none was given.", |duplicate| {
                duplicate.pair.reason.as_deref()
            })
    }
}

async fn by_rule(env: &Env, duplicates: &[Duplicate]) -> Outcome<Vec<Option<bool>>> {
    let others = env.load(duplicates.iter().map(|duplicate| duplicate.pair.other_id).collect()).await?;
    let repeats = |duplicate: &Duplicate| {
        others.get(&duplicate.pair.other_id).map(|other| duplicate.of.repeats(&Subject::from(other)))
    };
    Ok(duplicates.iter().map(repeats).collect())
}

/// A decision on two opportunities.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DuplicateDecision {
    /// They are the same: one of them passes.
    Confirmed,
    /// They are not the same. Refused where the rule holds them to be.
    Dismissed,
}

/// Two opportunities, and the decision on them.
#[derive(InputObject)]
pub(crate) struct OpportunityDuplicateDecideInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// One of the two.
    id: ID,
    /// The other.
    other_id: ID,
    /// The state of the two that you saw; not given if they were not known to be alike.
    expected_state: Option<DuplicateState>,
    /// The decision.
    decision: DuplicateDecision,
    /// The reason in words; needed if they are not the same.
    reason: Option<String>,
}

impl Change for OpportunityDuplicateDecideInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityDuplicateDecide";
    const DOC: &'static str = "Decides whether two opportunities are the same. Of two that are, one passes; if one has passed, the other is \
         rejected at once. Operations may, coordinators, and people of an office that looks after one of them.";
    const INPUT: &'static str = "The two opportunities, and the decision.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The one that was named first, as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        let other_id = checks.id("otherId", &self.other_id);
        checks.done()?;
        let wish = Decide {
            id,
            other_id,
            expected: self.expected_state.map(|state| state.0),
            same: self.decision == DuplicateDecision::Confirmed,
            reason: self.reason,
        };
        decide::decide(&env.store, &env.context(), Some(&self.idempotency_key), wish).await
    }
}

/// Adds the decision on duplicates.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityDuplicateDecideInput>()
}
