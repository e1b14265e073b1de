//! PURE. The one table of the states of opportunities: who may move which from where to where, and what must hold. The
//! API, the documents and the tests are made from it (docs/domain.md, "Opportunities").

use entity::{
    OpportunityActor, OpportunityKind, OpportunityOperation, OpportunityReason, OpportunityState, PartnerId,
};

use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::machine::{Machine, Transition, Why, on};

pub mod describe;

use OpportunityActor::{Operations, Partner, Reviewer, System};
use OpportunityKind::{Ho, Po};
use OpportunityOperation as Op;
use OpportunityReason as R;
use OpportunityState as S;

/// What must hold before a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The partner joined the frame of shared opportunities.
    Joined,
    /// It says everything that qualifies it.
    Qualified,
    /// The reviewer claimed it, and works in its office or coordinates; administrators need not.
    Claimed,
    /// An offering of the partner goes with it.
    OfferingKnown,
    /// The partner is one it can be offered to.
    Eligible,
    /// The answer to the offer comes in time.
    InTime,
    /// Nothing that it seems to repeat passed, unless somebody decided on the two.
    NothingSuspected,
    /// Nothing that it repeats passed already.
    NothingPassed,
    /// Nothing that it repeats passed, or has to be decided first.
    FirstOfItsKind,
    /// Of the vendor's people it is operations, a coordinator or somebody of the office that looks after it.
    LookedAfter,
    /// No incentive claim rests on it.
    NoClaimUnderWay,
}

/// What a transition brings with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is kept to which other it gave way.
    KeepPair,
    /// Its place is free, and its orders may belong to another.
    FreePlace,
    /// It seems to repeat nothing any more.
    Forget,
    /// What it seems to repeat is looked for.
    Look,
    /// The clock of the state it left ends, that of the state it is in begins.
    TurnClock,
    /// An event says where it stands.
    Tell,
    /// The offer that waits is answered.
    AnswerOffer,
    /// It is offered to the next one.
    OfferOn,
    /// An offer to its partner is kept.
    KeepOffer,
    /// What repeats it gives way.
    OthersGiveWay,
}

const PO: &[OpportunityKind] = &[Po];
const HO: &[OpportunityKind] = &[Ho];
const BOTH: &[OpportunityKind] = &[Po, Ho];
const SIDES: &[OpportunityActor] = &[Partner, Reviewer, Operations];

const CLAIMED: &[Guard] = &[Guard::Claimed];
const SENT: &[Guard] = &[Guard::Joined, Guard::Qualified, Guard::NothingPassed];
/// What both sides go on with.
const TOGETHER: &[Guard] = &[Guard::LookedAfter];
/// What passed ends without success.
const UNCLAIMED: &[Guard] = &[Guard::LookedAfter, Guard::NoClaimUnderWay];

const COMPARED: &[Effect] = &[Effect::Look, Effect::TurnClock, Effect::Tell];
/// It counts against others no more.
const LEAVES: &[Effect] = &[Effect::Forget, Effect::TurnClock, Effect::Tell];
/// It gives its place back.
const GIVES_UP: &[Effect] = &[Effect::FreePlace, Effect::Forget, Effect::TurnClock, Effect::Tell];
const YIELDS: &[Effect] = &[Effect::KeepPair, Effect::Forget, Effect::TurnClock, Effect::Tell];
const OFFERS: &[Effect] = &[Effect::TurnClock, Effect::Tell, Effect::KeepOffer];
const ANSWERS: &[Effect] = &[Effect::TurnClock, Effect::Tell, Effect::AnswerOffer];
const DECLINES: &[Effect] = &[Effect::TurnClock, Effect::Tell, Effect::AnswerOffer, Effect::OfferOn];

/// Why verification rejects: the first three are those of the public pages.
const REJECTIONS: Why<R> =
    one_of(&[R::NotExistOrTraded, R::NoBudgetOrDate, R::UnrelatedNoIncrement, R::Duplicate, R::Other]);
const SENT_BACK: Why<R> = one_of(&[R::Incomplete, R::Unreasonable, R::Other]);
const REFUSALS: Why<R> = one_of(&[R::NoCapacity, R::OutOfScope, R::Conflict, R::Other]);
const LOSSES: Why<R> = one_of(&[R::Competitor, R::Price, R::NoFit, R::CustomerGaveUp, R::Other]);
const DUPLICATE: Why<R> = Why::Always(R::Duplicate);

const fn one_of(reasons: &'static [R]) -> Why<R> {
    Why::OneOf { reasons, but_with_words: R::Other }
}

/// The machine of opportunities.
#[derive(Clone, Copy, Debug)]
pub struct Opportunities;

/// A transition that is told, and turns the clock; what it brings besides is said where it stands.
const fn row(
    operation: Op,
    from: S,
    to: S,
    of: &'static [OpportunityKind],
    by: &'static [OpportunityActor],
) -> Transition<Opportunities> {
    on::<Opportunities>(operation, from, to).of(of).by(by).then(&[Effect::TurnClock, Effect::Tell])
}

impl Machine for Opportunities {
    type State = OpportunityState;
    type Operation = OpportunityOperation;
    type Party = OpportunityActor;
    type Reason = OpportunityReason;
    type Sort = OpportunityKind;
    type Of = &'static [OpportunityKind];
    type Guard = Guard;
    type Effect = Effect;

    const EVERY: &'static [OpportunityKind] = BOTH;
    /// In the order of the way to delivery.
    #[rustfmt::skip]
    const TABLE: &'static [Transition<Self>] = &[
        row(Op::Submit, S::Draft, S::InReview, PO, &[Partner]).if_all(SENT).then(COMPARED),
        row(Op::Submit, S::ReviewRejected, S::InReview, PO, &[Partner]).if_all(SENT).then(COMPARED),
        row(Op::Withdraw, S::InReview, S::Draft, PO, &[Partner]).then(LEAVES),
        row(Op::Withdraw, S::Verifying, S::Draft, PO, &[Partner]).then(LEAVES),
        row(Op::Close, S::ReviewRejected, S::Closed, PO, &[Partner]).why(Why::Words).then(LEAVES),
        row(Op::PassReview, S::InReview, S::Verifying, PO, &[Reviewer]).if_all(&[Guard::Claimed, Guard::OfferingKnown]).then(COMPARED),
        row(Op::SendBack, S::InReview, S::ReviewRejected, PO, &[Reviewer]).why(SENT_BACK).if_all(CLAIMED).then(LEAVES),
        row(Op::Verify, S::Verifying, S::Verified, PO, &[Reviewer])
            .if_all(&[Guard::NothingSuspected, Guard::Claimed, Guard::OfferingKnown, Guard::FirstOfItsKind])
            .then(&[Effect::TurnClock, Effect::Tell, Effect::OthersGiveWay]),
        row(Op::Reject, S::Verifying, S::Rejected, PO, &[Reviewer]).why(REJECTIONS).if_all(CLAIMED).then(LEAVES),
        row(Op::Expire, S::Verifying, S::Rejected, PO, &[System]).why(Why::Always(R::Expired)).then(LEAVES),
        row(Op::YieldToOther, S::InReview, S::Rejected, PO, &[System]).why(DUPLICATE).then(YIELDS),
        row(Op::YieldToOther, S::Verifying, S::Rejected, PO, &[System]).why(DUPLICATE).then(YIELDS),
        row(Op::Offer, S::ToOffer, S::PendingAccept, HO, &[Operations, System]).if_all(&[Guard::Eligible]).then(OFFERS),
        row(Op::Offer, S::Refused, S::PendingAccept, HO, &[Operations, System]).if_all(&[Guard::Eligible]).then(OFFERS),
        row(Op::Offer, S::RefusedTimeout, S::PendingAccept, HO, &[Operations, System]).if_all(&[Guard::Eligible]).then(OFFERS),
        row(Op::Accept, S::PendingAccept, S::Accepted, HO, &[Partner])
            .if_all(&[Guard::InTime, Guard::Joined, Guard::FirstOfItsKind])
            .then(&[Effect::TurnClock, Effect::Tell, Effect::AnswerOffer, Effect::OthersGiveWay]),
        row(Op::Refuse, S::PendingAccept, S::Refused, HO, &[Partner]).why(REFUSALS).then(DECLINES),
        row(Op::TimeOut, S::PendingAccept, S::RefusedTimeout, HO, &[System]).why(Why::Always(R::Expired)).then(DECLINES),
        row(Op::Recall, S::PendingAccept, S::ToOffer, HO, &[Operations]).why(Why::Words).then(ANSWERS),
        row(Op::Close, S::ToOffer, S::Closed, HO, &[Operations]).why(Why::Words).then(LEAVES),
        row(Op::Close, S::Refused, S::Closed, HO, &[Operations]).why(Why::Words).then(LEAVES),
        row(Op::Close, S::RefusedTimeout, S::Closed, HO, &[Operations]).why(Why::Words).then(LEAVES),
        row(Op::YieldToOther, S::ToOffer, S::Closed, HO, &[System]).why(DUPLICATE).then(YIELDS),
        row(Op::YieldToOther, S::PendingAccept, S::Closed, HO, &[System]).why(DUPLICATE)
            .then(&[Effect::KeepPair, Effect::Forget, Effect::TurnClock, Effect::Tell, Effect::AnswerOffer]),
        row(Op::YieldToOther, S::Refused, S::Closed, HO, &[System]).why(DUPLICATE).then(YIELDS),
        row(Op::YieldToOther, S::RefusedTimeout, S::Closed, HO, &[System]).why(DUPLICATE).then(YIELDS),
        row(Op::Start, S::Verified, S::InProgress, PO, SIDES).if_all(TOGETHER),
        row(Op::Start, S::Accepted, S::InProgress, HO, SIDES).if_all(TOGETHER),
        row(Op::Win, S::InProgress, S::Won, BOTH, SIDES).if_all(TOGETHER),
        row(Op::Deliver, S::Won, S::Delivered, BOTH, SIDES).if_all(TOGETHER),
        row(Op::Lose, S::Verified, S::Lost, PO, SIDES).why(LOSSES).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Lose, S::Accepted, S::Lost, HO, SIDES).why(LOSSES).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Lose, S::InProgress, S::Lost, BOTH, SIDES).why(LOSSES).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Close, S::Verified, S::Closed, PO, SIDES).why(Why::Words).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Close, S::Accepted, S::Closed, HO, SIDES).why(Why::Words).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Close, S::InProgress, S::Closed, BOTH, SIDES).why(Why::Words).if_all(UNCLAIMED).then(GIVES_UP),
        row(Op::Close, S::Won, S::Closed, BOTH, SIDES).why(Why::Words).if_all(UNCLAIMED).then(GIVES_UP),
    ];

    fn includes(of: &'static [OpportunityKind], sort: OpportunityKind) -> bool {
        of.contains(&sort)
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<OpportunityActor> {
        match &actor.principal {
            Principal::System => vec![System],
            Principal::Partner { partner_id } if Some(*partner_id) == partner => vec![Partner],
            Principal::Partner { .. } | Principal::Customer { .. } => vec![],
            Principal::Operator { .. } => {
                let role = |role, as_what| actor.has_role(role).then_some(as_what);
                let held = [role(Role::OpportunityReviewer, Reviewer), role(Role::Operations, Operations)];
                held.into_iter().flatten().collect()
            }
        }
    }
}

/// `true` once it passed and until it ended: nothing that repeats it passes.
#[must_use]
pub const fn has_passed(state: S) -> bool {
    matches!(state, S::Verified | S::Accepted | S::InProgress | S::Won | S::Delivered)
}

/// `true` for what counts against others: neither unsent, nor ended without success.
#[must_use]
pub const fn counts(state: S) -> bool {
    !matches!(state, S::Draft | S::ReviewRejected | S::Rejected | S::Lost | S::Closed)
}

/// `true` while the vendor decides on a partner's opportunity.
#[must_use]
pub const fn is_decided_on(state: S) -> bool {
    matches!(state, S::InReview | S::Verifying)
}

/// `true` while both sides sell and deliver together, and progress is owed.
#[must_use]
pub const fn owes_progress(state: S) -> bool {
    matches!(state, S::Verified | S::Accepted | S::InProgress | S::Won)
}

#[cfg(test)]
mod tests;
