//! PURE. What people read of the table.

use entity::OpportunityKind;

use super::{Effect, Guard, Opportunities};
use crate::kernel::machine::diagram::Described;

impl Described for Opportunities {
    fn of(of: &'static [OpportunityKind]) -> &'static str {
        match of {
            [one] => one.name(),
            _ => "PO, HO",
        }
    }

    fn guard(guard: Guard) -> &'static str {
        match guard {
            Guard::Joined => "the partner joined PCE",
            Guard::Qualified => "it says everything that qualifies it",
            Guard::Claimed => {
                "claimed by the reviewer, who works in its office or coordinates; administrators need not"
            }
            Guard::OfferingKnown => "an offering of the partner goes with it",
            Guard::Eligible => "the partner can be offered it",
            Guard::InTime => "the offer has not fallen due",
            Guard::NothingSuspected => "it was decided on what it seems to repeat and passed",
            Guard::NothingPassed => "nothing that it repeats passed already",
            Guard::FirstOfItsKind => "nothing that it repeats passed or comes first; else it gives way",
            Guard::LookedAfter => {
                "of the vendor's people operations, coordinators, and those of the office that looks after it"
            }
            Guard::NoClaimUnderWay => "no incentive claim rests on it",
        }
    }

    fn effect(effect: Effect) -> &'static str {
        match effect {
            Effect::KeepPair => "the pair is kept",
            Effect::FreePlace => "its place and its orders are free",
            Effect::Forget | Effect::TurnClock | Effect::Tell => "",
            Effect::Look => "what it seems to repeat is looked for",
            Effect::AnswerOffer => "the offer is answered",
            Effect::OfferOn => "it is offered to the next one",
            Effect::KeepOffer => "the offer is kept",
            Effect::OthersGiveWay => "what repeats it gives way",
        }
    }
}
