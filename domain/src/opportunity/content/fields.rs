//! PURE. The one table of what may be changed on an opportunity, where it stands, by which side. `editableFields` of
//! the API is made from it (docs/domain.md, "Opportunities").

use entity::{OpportunityField, OpportunityKind, OpportunitySide, OpportunityState};

use OpportunityField as F;
use OpportunityKind::{Ho, Po};
use OpportunitySide::{Partner, Vendor};
use OpportunityState as S;

/// Fields that one side may change in some states.
#[derive(Clone, Copy, Debug)]
pub struct Editable {
    /// Kinds of opportunities that the line is for.
    pub kinds: &'static [OpportunityKind],
    /// States in which the side may change the fields.
    pub states: &'static [OpportunityState],
    /// Side that may change the fields.
    pub side: OpportunitySide,
    /// Fields that it may change.
    pub fields: &'static [OpportunityField],
}

const TOGETHER: &[S] = &[S::Verified, S::Accepted, S::InProgress, S::Won];

/// Fields that both sides keep up to date once they sell together. Who the customer is stays: by it nothing
/// that repeats the opportunity passes.
const SHARED: &[F] = &[
    F::Description,
    F::Contact,
    F::Services,
    F::Support,
    F::Budget,
    F::DecisionMaker,
    F::Need,
    F::PurchasePhase,
    F::ExpectedAmount,
    F::ExpectedSignOn,
    F::ExpectedDeliveryOn,
];

/// Fields that the side that shares it may change besides, as long as nobody decided on it.
const FIRST: &[F] = &[F::Name, F::Customer, F::PresalesActivities, F::CustomerConsent];

const UNSENT: &[S] = &[S::Draft, S::ReviewRejected];
const UNOFFERED: &[S] = &[S::ToOffer, S::Refused, S::RefusedTimeout];

/// The table. What it does not name stays as it is.
pub const TABLE: &[Editable] = &[
    Editable { kinds: &[Po], states: UNSENT, side: Partner, fields: FIRST },
    Editable { kinds: &[Po], states: UNSENT, side: Partner, fields: SHARED },
    // The offering names the product family.
    Editable { kinds: &[Po], states: UNSENT, side: Partner, fields: &[F::Offering] },
    Editable {
        kinds: &[Po],
        states: &[S::InReview, S::Verifying],
        side: Vendor,
        fields: &[F::Offering, F::Services],
    },
    Editable { kinds: &[Ho], states: UNOFFERED, side: Vendor, fields: FIRST },
    Editable { kinds: &[Ho], states: UNOFFERED, side: Vendor, fields: SHARED },
    // No partner has it: there is no offering yet.
    Editable { kinds: &[Ho], states: UNOFFERED, side: Vendor, fields: &[F::DemandTag] },
    Editable { kinds: &[Po, Ho], states: TOGETHER, side: Partner, fields: SHARED },
    Editable { kinds: &[Po, Ho], states: TOGETHER, side: Vendor, fields: SHARED },
    Editable { kinds: &[Po, Ho], states: TOGETHER, side: Vendor, fields: &[F::Offering] },
];

/// The fields of an opportunity in `state` that `side` may change, in the order of the fields.
#[must_use]
pub fn editable(
    kind: OpportunityKind,
    state: OpportunityState,
    side: OpportunitySide,
) -> Vec<OpportunityField> {
    let holds =
        |row: &&Editable| row.kinds.contains(&kind) && row.states.contains(&state) && row.side == side;
    let rows: Vec<_> = TABLE.iter().filter(holds).collect();
    F::ALL.iter().copied().filter(|field| rows.iter().any(|row| row.fields.contains(field))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_or_ended_does_not_change() {
        for state in [S::Rejected, S::Delivered, S::Lost, S::Closed, S::PendingAccept] {
            for kind in [Po, Ho] {
                for side in [Partner, Vendor] {
                    assert_eq!(editable(kind, state, side), [], "{kind} {state} {side}");
                }
            }
        }
    }

    #[test]
    fn nobody_changes_the_customer_once_it_is_submitted() {
        for state in S::ALL.iter().filter(|state| !matches!(state, S::Draft | S::ReviewRejected)) {
            for side in [Partner, Vendor] {
                assert!(!editable(Po, *state, side).contains(&F::Customer), "{state} {side}");
            }
        }
    }

    #[test]
    fn a_partner_changes_everything_of_its_draft_and_the_vendor_nothing() {
        let all = |but: F| F::ALL.iter().copied().filter(|field| *field != but).collect::<Vec<_>>();
        assert_eq!(editable(Po, S::Draft, Partner), all(F::DemandTag));
        assert_eq!(editable(Po, S::Draft, Vendor), []);
        assert_eq!(editable(Ho, S::ToOffer, Vendor), all(F::Offering));
    }
}
