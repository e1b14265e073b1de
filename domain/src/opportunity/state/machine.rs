//! PURE. The one table of the states of opportunities: who may move which from where to where, and what must hold. The
//! API, the documents and the tests are made from it (docs/domain.md, "Opportunities").

use entity::{
    OpportunityActor, OpportunityKind, OpportunityOperation, OpportunityReason, OpportunityState, PartnerId,
};

use crate::kernel::actor::{Actor, Principal, Role};

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
    /// Nothing that it repeats passed already.
    NothingPassed,
    /// Nothing that it repeats passed, or has to be decided first.
    FirstOfItsKind,
}

/// What a transition needs to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing.
    No,
    /// A reason in words.
    Words,
    /// One of these reasons; words may be added, and must be with [`OpportunityReason::Other`].
    OneOf(&'static [OpportunityReason]),
    /// The product itself gives this reason.
    Always(OpportunityReason),
}

/// One transition.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// What moves the opportunity.
    pub operation: OpportunityOperation,
    /// From where.
    pub from: OpportunityState,
    /// To where.
    pub to: OpportunityState,
    /// Which opportunities.
    pub of: &'static [OpportunityKind],
    /// Who.
    pub by: &'static [OpportunityActor],
    /// What must be told.
    pub why: Why,
    /// What must hold.
    pub guards: &'static [Guard],
}

#[allow(clippy::too_many_arguments)] // The columns of the table.
const fn row(
    operation: Op,
    from: S,
    to: S,
    of: &'static [OpportunityKind],
    by: &'static [OpportunityActor],
    why: Why,
    guards: &'static [Guard],
) -> Transition {
    Transition { operation, from, to, of, by, why, guards }
}

const PO: &[OpportunityKind] = &[Po];
const HO: &[OpportunityKind] = &[Ho];
const BOTH: &[OpportunityKind] = &[Po, Ho];
const SIDES: &[OpportunityActor] = &[Partner, Reviewer, Operations];
const CLAIMED: &[Guard] = &[Guard::Claimed];

/// Why verification rejects: the first three are those of the public pages.
const REJECTIONS: Why =
    Why::OneOf(&[R::NotExistOrTraded, R::NoBudgetOrDate, R::UnrelatedNoIncrement, R::Duplicate, R::Other]);
const SENT_BACK: Why = Why::OneOf(&[R::Incomplete, R::Unreasonable, R::Other]);
const REFUSALS: Why = Why::OneOf(&[R::NoCapacity, R::OutOfScope, R::Conflict, R::Other]);
const LOSSES: Why = Why::OneOf(&[R::Competitor, R::Price, R::NoFit, R::CustomerGaveUp, R::Other]);
const YIELDS: Why = Why::Always(R::Duplicate);

/// Every transition, in the order of the way to delivery.
#[rustfmt::skip]
pub const TABLE: &[Transition] = &[
    row(Op::Submit, S::Draft, S::InReview, PO, &[Partner], Why::No, &[Guard::Joined, Guard::Qualified, Guard::NothingPassed]),
    row(Op::Submit, S::ReviewRejected, S::InReview, PO, &[Partner], Why::No, &[Guard::Joined, Guard::Qualified, Guard::NothingPassed]),
    row(Op::Withdraw, S::InReview, S::Draft, PO, &[Partner], Why::No, &[]),
    row(Op::Withdraw, S::Verifying, S::Draft, PO, &[Partner], Why::No, &[]),
    row(Op::Close, S::ReviewRejected, S::Closed, PO, &[Partner], Why::Words, &[]),
    row(Op::PassReview, S::InReview, S::Verifying, PO, &[Reviewer], Why::No, &[Guard::Claimed, Guard::OfferingKnown]),
    row(Op::SendBack, S::InReview, S::ReviewRejected, PO, &[Reviewer], SENT_BACK, CLAIMED),
    row(Op::Verify, S::Verifying, S::Verified, PO, &[Reviewer], Why::No, &[Guard::Claimed, Guard::OfferingKnown, Guard::FirstOfItsKind]),
    row(Op::Reject, S::Verifying, S::Rejected, PO, &[Reviewer], REJECTIONS, CLAIMED),
    row(Op::Expire, S::Verifying, S::Rejected, PO, &[System], Why::Always(R::Expired), &[]),
    row(Op::YieldToOther, S::InReview, S::Rejected, PO, &[System], YIELDS, &[]),
    row(Op::YieldToOther, S::Verifying, S::Rejected, PO, &[System], YIELDS, &[]),
    row(Op::Offer, S::ToOffer, S::PendingAccept, HO, &[Operations, System], Why::No, &[Guard::Eligible]),
    row(Op::Offer, S::Refused, S::PendingAccept, HO, &[Operations, System], Why::No, &[Guard::Eligible]),
    row(Op::Offer, S::RefusedTimeout, S::PendingAccept, HO, &[Operations, System], Why::No, &[Guard::Eligible]),
    row(Op::Accept, S::PendingAccept, S::Accepted, HO, &[Partner], Why::No, &[Guard::Joined, Guard::FirstOfItsKind]),
    row(Op::Refuse, S::PendingAccept, S::Refused, HO, &[Partner], REFUSALS, &[]),
    row(Op::TimeOut, S::PendingAccept, S::RefusedTimeout, HO, &[System], Why::Always(R::Expired), &[]),
    row(Op::Recall, S::PendingAccept, S::ToOffer, HO, &[Operations], Why::Words, &[]),
    row(Op::Close, S::ToOffer, S::Closed, HO, &[Operations], Why::Words, &[]),
    row(Op::Close, S::Refused, S::Closed, HO, &[Operations], Why::Words, &[]),
    row(Op::Close, S::RefusedTimeout, S::Closed, HO, &[Operations], Why::Words, &[]),
    row(Op::YieldToOther, S::ToOffer, S::Closed, HO, &[System], YIELDS, &[]),
    row(Op::YieldToOther, S::PendingAccept, S::Closed, HO, &[System], YIELDS, &[]),
    row(Op::YieldToOther, S::Refused, S::Closed, HO, &[System], YIELDS, &[]),
    row(Op::YieldToOther, S::RefusedTimeout, S::Closed, HO, &[System], YIELDS, &[]),
    row(Op::Start, S::Verified, S::InProgress, PO, SIDES, Why::No, &[]),
    row(Op::Start, S::Accepted, S::InProgress, HO, SIDES, Why::No, &[]),
    row(Op::Win, S::InProgress, S::Won, BOTH, SIDES, Why::No, &[]),
    row(Op::Deliver, S::Won, S::Delivered, BOTH, SIDES, Why::No, &[]),
    row(Op::Lose, S::Verified, S::Lost, PO, SIDES, LOSSES, &[]),
    row(Op::Lose, S::Accepted, S::Lost, HO, SIDES, LOSSES, &[]),
    row(Op::Lose, S::InProgress, S::Lost, BOTH, SIDES, LOSSES, &[]),
    row(Op::Close, S::Verified, S::Closed, PO, SIDES, Why::Words, &[]),
    row(Op::Close, S::Accepted, S::Closed, HO, SIDES, Why::Words, &[]),
    row(Op::Close, S::InProgress, S::Closed, BOTH, SIDES, Why::Words, &[]),
    row(Op::Close, S::Won, S::Closed, BOTH, SIDES, Why::Words, &[]),
];

/// The transitions of an opportunity from where it stands.
pub fn from(kind: OpportunityKind, state: S) -> impl Iterator<Item = &'static Transition> {
    TABLE.iter().filter(move |t| t.from == state && t.of.contains(&kind))
}

/// The transition that `operation` makes of an opportunity from where it stands.
#[must_use]
pub fn find(kind: OpportunityKind, state: S, operation: Op) -> Option<&'static Transition> {
    from(kind, state).find(|t| t.operation == operation)
}

/// As what `actor` may act on an opportunity of `partner`.
#[must_use]
pub fn roles(actor: &Actor, partner: Option<PartnerId>) -> Vec<OpportunityActor> {
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

impl Transition {
    /// As what `actor` may make it for an opportunity of `partner`; none if it may not.
    #[must_use]
    pub fn actor(&self, actor: &Actor, partner: Option<PartnerId>) -> Option<OpportunityActor> {
        roles(actor, partner).into_iter().find(|role| self.by.contains(role))
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
