//! PURE. The rule by which one of opportunities that repeat each other passes (docs/domain.md,
//! "Opportunities"; line 5). Which of opportunities that repeat each other passes (docs/domain.md,
//! "Opportunities"; line 5).
//!
//! Of partners' opportunities the first that is verified passes; of those being verified at once the one that was
//! submitted first is decided first. The vendor's own counts from when its sales created it, a partner's from when it
//! passed review: the earlier wins, and at the same instant the vendor's. What passed stays.

use entity::{OpportunityId, OpportunityKind, OpportunityState, Timestamp, opportunity};

use crate::opportunity::state::machine::has_passed;

/// An opportunity as far as the decision needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Key of the opportunity.
    pub id: OpportunityId,
    /// Side that shares it: it decides which instant counts.
    pub kind: OpportunityKind,
    /// State of the opportunity.
    pub state: OpportunityState,
    /// Instant at which the partner submitted it; none before.
    pub submitted_at: Option<Timestamp>,
    /// Instant at which it passed review; none before.
    pub review_passed_at: Option<Timestamp>,
    /// Instant at which the vendor's sales created it; none of a partner's.
    pub shared_at: Option<Timestamp>,
}

impl From<&opportunity::Model> for Claim {
    fn from(row: &opportunity::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state,
            submitted_at: row.submitted_at,
            review_passed_at: row.review_passed_at,
            shared_at: row.shared_at,
        }
    }
}

/// Verdict on an opportunity that is about to pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes, and these give way.
    Pass {
        /// Opportunities that repeat it.
        losers: Vec<OpportunityId>,
    },
    /// It gives way to this one.
    Lose {
        /// Opportunity that passed, or comes first.
        to: OpportunityId,
    },
    /// This one has to be decided first.
    Wait {
        /// Opportunity that was there before.
        first: OpportunityId,
    },
}

/// Relation of another opportunity to the candidate.
enum Other {
    GivesWay,
    Wins,
    ComesFirst,
}

/// Decides over `candidate`, which is about to pass, among `others` that repeat it and have not ended.
#[must_use]
pub fn decide(candidate: Claim, others: &[Claim]) -> Verdict {
    let (mut losers, mut first) = (vec![], None);
    for other in others {
        match against(candidate, *other) {
            Other::Wins => return Verdict::Lose { to: other.id },
            Other::ComesFirst => first = first.or(Some(other.id)),
            Other::GivesWay => losers.push(other.id),
        }
    }
    match first {
        Some(first) => Verdict::Wait { first },
        None => Verdict::Pass { losers },
    }
}

fn against(candidate: Claim, other: Claim) -> Other {
    use OpportunityKind::{Ho, Po};
    if has_passed(other.state) {
        return Other::Wins;
    }
    match (candidate.kind, other.kind) {
        (Po, Po) if other.state == OpportunityState::Verifying => {
            let earlier = (other.submitted_at, other.id) < (candidate.submitted_at, candidate.id);
            if earlier { Other::ComesFirst } else { Other::GivesWay }
        }
        (Po, Ho) => {
            let earlier = other.shared_at <= candidate.review_passed_at;
            if earlier { Other::Wins } else { Other::GivesWay }
        }
        (Ho, Po) if other.state == OpportunityState::Verifying => {
            let earlier = other.review_passed_at < candidate.shared_at;
            if earlier { Other::ComesFirst } else { Other::GivesWay }
        }
        (Po | Ho, Po) | (Ho, Ho) => Other::GivesWay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn po(id: i64, state: OpportunityState, submitted: i64, reviewed: i64) -> Claim {
        Claim {
            id: OpportunityId(id),
            kind: OpportunityKind::Po,
            state,
            submitted_at: Some(Timestamp(submitted)),
            review_passed_at: (state != OpportunityState::InReview).then_some(Timestamp(reviewed)),
            shared_at: None,
        }
    }

    fn ho(id: i64, state: OpportunityState, shared: i64) -> Claim {
        let nothing = po(id, OpportunityState::InReview, 0, 0);
        let shared_at = Some(Timestamp(shared));
        Claim { kind: OpportunityKind::Ho, state, submitted_at: None, shared_at, ..nothing }
    }

    #[test]
    fn the_table_of_who_passes() {
        use OpportunityState as S;
        let pass =
            |losers: &[i64]| Verdict::Pass { losers: losers.iter().map(|id| OpportunityId(*id)).collect() };
        let lose = |to| Verdict::Lose { to: OpportunityId(to) };
        let wait = |first| Verdict::Wait { first: OpportunityId(first) };
        let mine = po(5, S::Verifying, 50, 60);
        let own = ho(5, S::PendingAccept, 60);
        let table: &[(Claim, Vec<Claim>, Verdict)] = &[
            (mine, vec![], pass(&[])),
            (mine, vec![po(6, S::Verified, 90, 95)], lose(6)),
            (mine, vec![po(6, S::Delivered, 90, 95)], lose(6)),
            (mine, vec![po(6, S::InReview, 10, 0)], pass(&[6])),
            (mine, vec![po(6, S::Verifying, 49, 70)], wait(6)),
            (mine, vec![po(6, S::Verifying, 51, 55)], pass(&[6])),
            (mine, vec![po(4, S::Verifying, 50, 70)], wait(4)),
            (mine, vec![po(6, S::Verifying, 50, 55)], pass(&[6])),
            (mine, vec![ho(6, S::ToOffer, 59)], lose(6)),
            (mine, vec![ho(6, S::PendingAccept, 60)], lose(6)),
            (mine, vec![ho(6, S::PendingAccept, 61)], pass(&[6])),
            (mine, vec![ho(6, S::Accepted, 61)], lose(6)),
            (mine, vec![po(6, S::Verifying, 49, 70), ho(7, S::ToOffer, 10)], lose(7)),
            (own, vec![po(6, S::Verifying, 10, 59)], wait(6)),
            (own, vec![po(6, S::Verifying, 10, 60)], pass(&[6])),
            (own, vec![po(6, S::InReview, 10, 0)], pass(&[6])),
            (own, vec![po(6, S::InProgress, 90, 95)], lose(6)),
            (own, vec![ho(6, S::ToOffer, 10)], pass(&[6])),
        ];
        for (candidate, others, expected) in table {
            assert_eq!(decide(*candidate, others), *expected, "{candidate:?} among {others:?}");
        }
    }
}
