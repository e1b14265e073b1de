//! The machine over all its transitions, allowed and refused, for every kind of actor.

use domain::kernel::machine::{Move, Transition, Turn, Why, find, hold, step};
use domain::kernel::store::query;
use domain::opportunity::state::machine::{Guard, Opportunities};
use domain::{Actor, Code, Principal, Role};
use entity::{CustomerId, OpportunityActor, OpportunityKind, OpportunityState};
use tests::on_both_databases;
use tests::refused::code;

use super::*;

/// Every kind of actor, with what it is to an opportunity of `owner`.
fn actors(owner: PartnerId, other: PartnerId) -> Vec<(Context, Vec<OpportunityActor>)> {
    use OpportunityActor::{Operations, Partner, Reviewer, System};
    let customer = Principal::Customer { customer_id: CustomerId(1) };
    let customer =
        Context { actor: Actor { subject: "customer".into(), principal: customer }, request_id: None };
    vec![
        (Context::system("test"), vec![System]),
        (as_operator("operations", &[Role::Operations]), vec![Operations]),
        (as_operator("finance", &[Role::Finance]), vec![]),
        (as_operator("administrator", &[Role::Administrator]), vec![Reviewer, Operations]),
        (as_operator("reviewer", &[Role::OpportunityReviewer]), vec![Reviewer]),
        (as_operator("colleague", &[Role::OpportunityReviewer]), vec![Reviewer]),
        (as_partner(owner), vec![Partner]),
        (as_partner(other), vec![]),
        (customer, vec![]),
    ]
}

/// The reason a transition needs.
fn why(transition: Option<&Transition<Opportunities>>) -> (Option<OpportunityReason>, Option<&'static str>) {
    match transition.map(|t| t.why) {
        Some(Why::OneOf { reasons, .. }) => (Some(reasons[0]), Some("because")),
        Some(Why::Words) => (None, Some("because")),
        Some(Why::No | Why::Always(_)) | None => (None, None),
    }
}

/// Tries an operation where the opportunity is put, in a transaction that is given up. Returns where it led, with the
/// last row of the trail and the last event.
async fn tried(
    world: &World,
    context: &Context,
    id: OpportunityId,
    at: OpportunityState,
    operation: OpportunityOperation,
    why: (Option<OpportunityReason>, Option<&str>),
) -> Result<(OpportunityState, Vec<String>), Error> {
    let tx = world.store.begin().await.unwrap();
    let sql = "UPDATE opportunity SET state = $1 WHERE id = $2";
    exec(tx.orm(), sql, [at.name().into(), id.0.into()]).await.unwrap();
    let held = hold::<Opportunities>(&tx, id).await.unwrap().unwrap();
    let how = Move { code: why.0, ..Move::because(operation, why.1) };
    let turn = Turn { tx: &tx, store: &world.store, context, now: world.store.clock.now() };
    let after = step::<Opportunities>(turn, held, how).await;
    let found = match after {
        Err(error) => Err(error),
        Ok(_) => {
            let sql = "SELECT from_state, to_state, actor, operation FROM opportunity_transition WHERE opportunity_id = $1 \
                       AND operation = $2";
            let rows = query(tx.orm(), sql, [id.0.into(), operation.name().into()]).await.unwrap();
            let text = |n: usize| rows[0].try_get_by_index::<Option<String>>(n).unwrap().unwrap_or_default();
            let found: Vec<String> = (0..4).map(text).collect();
            let sql = "SELECT COUNT(*) FROM event WHERE entity = $1 AND kind = $2";
            let rows = query(tx.orm(), sql, [id.to_string().into(), found[1].clone().into()]).await.unwrap();
            assert!(rows[0].try_get_by_index::<i64>(0).unwrap() > 0, "nobody is told of {operation}");
            Ok((OpportunityState::from_name(&found[1]).unwrap(), found))
        }
    };
    tx.rollback().await.unwrap();
    found
}

/// An opportunity of a kind that lacks nothing, claimed by the reviewer.
async fn of_kind(
    world: &World,
    kind: OpportunityKind,
    owner: PartnerId,
    offering: OfferingId,
) -> OpportunityId {
    let id = drafted(world, owner, form(&format!("{kind} Customer"), offering)).await;
    claimed(world, id, "reviewer").await;
    if kind == OpportunityKind::Ho {
        let sql = "UPDATE opportunity SET kind = 'HO', state = 'TO_OFFER', shared_at = 0 WHERE id = $1";
        exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
    }
    id
}

/// States a kind can be in.
fn states(kind: OpportunityKind) -> impl Iterator<Item = OpportunityState> {
    use OpportunityState as S;
    let of_po = [S::Draft, S::InReview, S::ReviewRejected, S::Verifying, S::Verified, S::Rejected];
    let of_ho = [S::ToOffer, S::PendingAccept, S::Refused, S::RefusedTimeout, S::Accepted];
    S::ALL.iter().copied().filter(move |state| match kind {
        OpportunityKind::Po => !of_ho.contains(state),
        OpportunityKind::Ho => !of_po.contains(state),
    })
}

on_both_databases!(every_transition_is_made_by_those_who_may_and_by_nobody_else, |db| async move {
    let world = World::open(&db).await;
    super::vendor::office(&world, "CN-EAST", "Shanghai").await;
    let (other, offering) = joined(&world, "Other").await;
    // Coordinates, as whoever claims does: the two differ by the claim alone.
    let nothing = drafted(&world, other, form("Nothing", offering)).await;
    claimed(&world, nothing, "colleague").await;
    let (mut made, mut refused) = (0, 0);
    for kind in OpportunityKind::ALL.iter().copied() {
        let (owner, offering) = joined(&world, kind.name()).await;
        let id = of_kind(&world, kind, owner, offering).await;
        for state in states(kind) {
            for operation in OpportunityOperation::ALL.iter().copied() {
                let found = find::<Opportunities>(kind, state, operation);
                for (context, roles) in actors(owner, other) {
                    let case = format!("{kind} {state} {operation} by {}", context.actor.subject);
                    let answer = tried(&world, &context, id, state, operation, why(found)).await;
                    let Some(transition) = found else {
                        assert_eq!(code(answer), Code::WrongState, "{case}");
                        refused += 1;
                        continue;
                    };
                    let may = roles.iter().any(|role| transition.by.contains(role));
                    let unclaimed =
                        transition.guards.contains(&Guard::Claimed) && context.actor.subject == "colleague";
                    if may && !unclaimed {
                        let (_, told) = answer.unwrap_or_else(|error| panic!("{case}: {error}"));
                        let expected =
                            [state.name(), transition.to.name(), &context.actor.subject, operation.name()];
                        assert_eq!(told, expected, "{case}");
                        made += 1;
                    } else {
                        let expected = if may { Code::NotClaimed } else { Code::NotAllowed };
                        assert_eq!(code(answer), expected, "{case}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(made > 50 && refused > 1_000, "{made} made, {refused} refused");
});

on_both_databases!(a_reason_is_given_where_it_is_needed_and_of_those_that_fit, |db| async move {
    let world = World::open(&db).await;
    let (owner, offering) = joined(&world, "Owner").await;
    let id = of_kind(&world, OpportunityKind::Po, owner, offering).await;
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    let reject = |why: (Option<OpportunityReason>, Option<&'static str>)| {
        tried(&world, &reviewer, id, OpportunityState::Verifying, OpportunityOperation::Reject, why)
    };
    assert_eq!(code(reject((None, Some("because"))).await), Code::ReasonRequired);
    assert_eq!(code(reject((Some(OpportunityReason::Price), None)).await), Code::Invalid);
    assert_eq!(code(reject((Some(OpportunityReason::Other), Some("  "))).await), Code::ReasonRequired);
    reject((Some(OpportunityReason::NoBudgetOrDate), None)).await.unwrap();
    let close = |why: Option<&'static str>| {
        let (state, operation) = (OpportunityState::ReviewRejected, OpportunityOperation::Close);
        let owner = as_partner(owner);
        let world = &world;
        async move { tried(world, &owner, id, state, operation, (None, why)).await }
    };
    assert_eq!(code(close(None).await), Code::ReasonRequired);
    close(Some("the customer is gone")).await.unwrap();
});
