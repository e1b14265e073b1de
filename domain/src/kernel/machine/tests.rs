//! A lamp: on, off, and broken for ever.

use entity::PartnerId;

use super::diagram::{Described, diagram, table};
use super::refusal::reason;
use super::*;
use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::error::Code;

entity::listed! {
    /// The state of a lamp.
    State as "LampState"; [derive(PartialOrd, Ord)] {
        /// It is dark.
        Off [] = "OFF",
        /// It shines brightly.
        On [] = "ON",
        /// It shines no more.
        Broken [] = "BROKEN",
    }
}

entity::listed! {
    /// Something that people do with lamps.
    Operation as "LampOperation"; [derive(PartialOrd, Ord)] {
        /// Somebody lights it.
        Light [] = "LIGHT",
        /// Somebody breaks it.
        Break [] = "BREAK",
    }
}

entity::listed! {
    /// The cause of a broken lamp.
    Cause as "LampCause"; [derive(PartialOrd, Ord)] {
        /// It fell down.
        Fell [] = "FELL",
        /// Another cause altogether.
        Other [] = "OTHER",
    }
}

#[derive(Clone, Copy, Debug)]
struct Lamp;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Must {
    HaveCurrent,
}

impl Machine for Lamp {
    type State = State;
    type Operation = Operation;
    type Party = Party;
    type Reason = Cause;
    type Sort = u8;
    type Of = Option<u8>;
    type Guard = Must;
    type Effect = ();

    const EVERY: Option<u8> = None;
    const TABLE: &'static [Transition<Self>] = &[
        on(Operation::Light, State::Off, State::On)
            .by(&[Party::Partner, Party::Operations])
            .if_all(&[Must::HaveCurrent]),
        on(Operation::Break, State::On, State::Broken)
            .of(Some(1))
            .by(&[Party::System])
            .why(Why::OneOf { reasons: &[Cause::Fell, Cause::Other], but_with_words: Cause::Other })
            .own(),
    ];

    fn includes(of: Option<u8>, sort: u8) -> bool {
        of.is_none_or(|of| of == sort)
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<Party> {
        Party::of(actor, partner)
    }
}

impl Described for Lamp {
    fn of(of: Option<u8>) -> &'static str {
        if of.is_some() { "glass" } else { "all" }
    }

    fn guard(_: Must) -> &'static str {
        "it has current"
    }

    fn effect((): ()) -> &'static str {
        ""
    }
}

fn actor(principal: Principal) -> Actor {
    Actor { subject: "x".into(), principal }
}

#[test]
fn a_transition_is_found_where_it_belongs_and_for_the_rows_it_is_for() {
    assert_eq!(find::<Lamp>(0, State::Off, Operation::Light).unwrap().to, State::On);
    assert!(find::<Lamp>(0, State::On, Operation::Break).is_none());
    assert_eq!(find::<Lamp>(1, State::On, Operation::Break).unwrap().to, State::Broken);
    assert_eq!(from::<Lamp>(1, State::Broken).count(), 0);
    let refused = next::<Lamp>("lampId", 0, State::On, Operation::Light).unwrap_err();
    assert_eq!(
        (refused.code, refused.path, refused.detail.as_str()),
        (Code::WrongState, vec!["lampId".into()], "ON")
    );
}

#[test]
fn a_transition_is_made_by_its_parties_of_whose_row_it_is() {
    let light = &Lamp::TABLE[0];
    let party = |principal, partner| light.party(&actor(principal), partner);
    let (mine, other) = (PartnerId(1), PartnerId(2));
    let partner = || Principal::Partner { partner_id: mine };
    assert_eq!(party(partner(), Some(mine)), Some(Party::Partner));
    assert_eq!(party(partner(), Some(other)), None);
    assert_eq!(party(partner(), None), None);
    assert_eq!(party(Principal::System, Some(mine)), None);
    let operator = |role| Principal::Operator { roles: vec![role] };
    assert_eq!(party(operator(Role::Finance), None), None);
    assert_eq!(party(operator(Role::Operations), None), Some(Party::Operations));
    // An administrator is everything that the vendor's staff is.
    assert_eq!(party(operator(Role::Administrator), None), Some(Party::Operations));
    assert_eq!(Party::of(&actor(operator(Role::Finance)), None), [Party::Finance]);
}

#[test]
fn a_reason_is_one_of_those_that_a_transition_asks_for() {
    let (light, fall) = (&Lamp::TABLE[0], &Lamp::TABLE[1]);
    let code = |answer: Result<_, crate::kernel::error::Refusal>| {
        answer.map_err(|refusal| (refusal.code, refusal.path.join(".")))
    };
    let missing = |field: &str| Err((Code::ReasonRequired, field.to_owned()));
    assert_eq!(code(reason(light, None, Some("dark"))), Ok(None));
    assert_eq!(code(reason(light, Some(Cause::Fell), None)), Err((Code::Invalid, "reasonCode".to_owned())));
    assert_eq!(code(reason(fall, None, Some("x"))), missing("reasonCode"));
    assert_eq!(code(reason(fall, Some(Cause::Fell), None)), Ok(Some(Cause::Fell)));
    assert_eq!(code(reason(fall, Some(Cause::Other), Some(" "))), missing("reason"));
    assert_eq!(code(reason(fall, Some(Cause::Other), Some("x"))), Ok(Some(Cause::Other)));
    let long = "长".repeat(REASON_LIMIT);
    assert!(reason(light, None, Some(&long)).is_ok());
    assert_eq!(
        code(reason(light, None, Some(&format!("{long}x")))),
        Err((Code::Invalid, "reason".to_owned()))
    );
}

#[test]
fn documents_show_every_transition_and_no_column_that_says_nothing() {
    assert_eq!(
        diagram::<Lamp>(),
        "```mermaid\nstateDiagram-v2\n  OFF --> ON: LIGHT\n  ON --> BROKEN: BREAK\n```\n"
    );
    assert_eq!(
        table::<Lamp>(),
        "| operation | from | to | for | who | what must hold | source |\n|---|---|---|---|---|---|---|\n\
         | LIGHT | OFF | ON | all | PARTNER, OPERATIONS | it has current | public pages |\n\
         | BREAK | ON | BROKEN | glass | SYSTEM | a reason: FELL, OTHER | closes the machine |\n"
    );
}
