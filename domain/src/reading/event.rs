//! Events: what happened.

use entity::{EventTopic, event};

use crate::kernel::scope::Scope;
use crate::opportunity::state::trail::DRAFT;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The events a caller sees: a partner those that concern it, the vendor's staff all but those of drafts.
#[must_use]
pub fn list(scope: Scope) -> Listing<event::Model> {
    let seen = match scope {
        Scope::All => {
            let own = format!("NOT (topic = 'OPPORTUNITY' AND SUBSTR(kind, 1, {}) = '{DRAFT}')", DRAFT.len());
            Predicate::new(own, vec![])
        }
        _ => scope.bills("partner_id", 1).into(),
    };
    Listing::of("event", seen)
}

/// `true` if `scope` sees `event`, as [`list`] says. PURE.
#[must_use]
pub fn sees(scope: Scope, event: &event::Model) -> bool {
    match scope {
        Scope::All => event.topic != EventTopic::Opportunity || !event.kind.starts_with(DRAFT),
        Scope::Partner(id, _) => event.partner_id == Some(id),
        Scope::Customer(_) => false,
    }
}
