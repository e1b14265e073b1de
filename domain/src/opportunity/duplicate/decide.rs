//! People decide whether two opportunities are the same. Of two that are, one passes, whatever they are called; two that
//! the rule holds to be the same stay so (docs/domain.md, "Opportunities").

use entity::{DuplicateState, OpportunityId, opportunity};
use serde::{Deserialize, Serialize};

use super::subject::Subject;
use crate::kernel::actor::Role;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{REASON_LIMIT, Turn, step};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::visible;
use crate::opportunity::state::drive::gives_way;
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{
    discussion::audience, duplicate::near, duplicate::pass, review::take, state::machine,
};

/// A person's decision about a suspected pair.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decide {
    /// One of the two.
    pub id: OpportunityId,
    /// The other of the two.
    pub other_id: OpportunityId,
    /// State of the pair that the caller saw; none if nothing was known of the two together.
    pub expected: Option<DuplicateState>,
    /// `true` if they are the same, `false` if not.
    pub same: bool,
    /// Reason of the decision, in words.
    pub reason: Option<String>,
}

/// Decides on two opportunities, known to be alike or not. Whoever looks after one of them may: people of its office,
/// coordinators, operations. If one of the two passed already, the other gives way at once.
pub async fn decide(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Decide,
) -> Result<OpportunityId> {
    check(&input)?;
    let write = match Write::begin(store, context, "opportunityDuplicateDecide", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    pass::lock(write.tx()).await?;
    let (one, other) = held(&write, &input).await?;
    looks_after(&write, &one, &other).await?;
    let pair = near::pair(one.id, other.id);
    let known = near::find(write.tx(), pair).await?.map(|pair| pair.state);
    if known != input.expected {
        let state = known.map_or("-", DuplicateState::name);
        return Err(Refusal::at("expectedState", Code::VersionConflict, state).into());
    }
    let state = if input.same { DuplicateState::Confirmed } else { DuplicateState::Dismissed };
    let reason = input.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let decision = near::Decision { state, by: &write.actor().subject, reason };
    near::decided(write.tx(), write.now, (&one, &other), decision).await?;
    if input.same {
        same(&write, store, &one, &other).await?;
    } else {
        different(&write, &one, &other).await?;
    }
    for row in [&one, &other] {
        audience::tell(&write, store, row, "DUPLICATE_DECIDED", (state.name(), true)).await?;
    }
    write.finish(store, &one.id.to_string(), input.reason.as_deref(), &input, &one.id).await?;
    Ok(one.id)
}

/// Refuses an opportunity beside itself, and a reason that is too long. PURE.
fn check(input: &Decide) -> Result<()> {
    if input.id == input.other_id {
        return Err(Refusal::at("otherId", Code::Invalid, "another than id").into());
    }
    let length = input.reason.as_deref().map_or(0, |reason| reason.trim().chars().count());
    if length > REASON_LIMIT {
        let detail = format!("a reason has at most {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    if length == 0 && !input.same {
        return Err(Refusal::at("reason", Code::ReasonRequired, DuplicateState::Dismissed.name()).into());
    }
    Ok(())
}

/// Both, held in the order in which everybody holds several.
async fn held(write: &Write, input: &Decide) -> Result<(opportunity::Model, opportunity::Model)> {
    let one = async || visible(write, input.id).await;
    let other = async || match visible(write, input.other_id).await {
        Err(Error::Refused(_)) => {
            Err(Error::from(Refusal::at("otherId", Code::NotFound, input.other_id.to_string())))
        }
        found => found,
    };
    if input.id < input.other_id {
        let one = one().await?;
        return Ok((one, other().await?));
    }
    let other = other().await?;
    Ok((one().await?, other))
}

async fn looks_after(write: &Write, one: &opportunity::Model, other: &opportunity::Model) -> Result<()> {
    let (actor, tx) = (write.actor(), write.tx().orm());
    if actor.has_role(Role::Operations) || take::belongs(tx, actor, one).await.is_ok() {
        return Ok(());
    }
    take::belongs(tx, actor, other).await
}

/// They are the same: of the two one passes.
async fn same(
    write: &Write,
    store: &Store,
    one: &opportunity::Model,
    other: &opportunity::Model,
) -> Result<()> {
    let ended = [one, other].into_iter().find(|row| !machine::counts(row.state));
    let passed = |row: &opportunity::Model| machine::has_passed(row.state);
    if let Some(ended) = ended {
        return Err(Refusal::at("otherId", Code::WrongState, format!("{}: {}", ended.id, ended.state)).into());
    }
    let (winner, loser) = match (passed(one), passed(other)) {
        (false, false) => return Ok(()),
        (true, false) => (one, other),
        (false, true) => (other, one),
        (true, true) => {
            let detail = format!("{}: {}, {}: {}", one.id, one.state, other.id, other.state);
            return Err(Refusal::at("otherId", Code::WrongState, detail).into());
        }
    };
    pass::take_pair(write.tx(), winner.id, loser.id).await?;
    let (context, how) = gives_way(winner.id);
    step::<Opportunities>(Turn::of(write, store, &context), loser.clone(), how).await?;
    Ok(())
}

/// They are not the same, unless the rule says so.
async fn different(write: &Write, one: &opportunity::Model, other: &opportunity::Model) -> Result<()> {
    if Subject::from(one).repeats(&other.into()) {
        return Err(Refusal::at("otherId", Code::DuplicateByRule, one.customer_name.as_str()).into());
    }
    pass::release_pair(write.tx(), one.id, other.id).await
}
