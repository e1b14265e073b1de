//! Payment requests with their trail, their items and the votes on them.

use std::collections::BTreeMap;

use entity::{
    PartnerId, PaymentRequestId, countersign_approver, countersign_vote, payment_request,
    payment_request_item, payment_transition,
};

use sea_orm::Value;

use crate::kernel::actor::Actor;
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::money::payment::machine;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The requests a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<payment_request::Model> {
    Listing::of("payment_request", scope.bills("partner_id", 1))
}

/// The same with `held.bill_id`: the bills of which each holds or held something.
#[must_use]
pub fn of_bills(scope: Scope) -> Listing<payment_request::Model> {
    Listing::of(
        "payment_request JOIN (SELECT DISTINCT i.request_id, e.bill_id FROM payment_request_item i \
         JOIN incentive_entitlement e ON e.id = i.source_id WHERE i.source = 'ENTITLEMENT') held \
         ON held.request_id = payment_request.id",
        scope.bills("partner_id", 1),
    )
}

/// The trails of requests; whoever sees a request sees its trail.
#[must_use]
pub fn transitions(scope: Scope) -> Listing<payment_transition::Model> {
    Listing::of(
        "payment_transition JOIN payment_request ON payment_request.id = payment_transition.request_id",
        scope.bills("payment_request.partner_id", 1),
    )
}

/// What requests are made of, in order.
pub async fn items(
    store: &Store,
    scope: Scope,
    requests: &[PaymentRequestId],
) -> Result<Vec<payment_request_item::Model>> {
    let of = Predicate::key_in("request_id", requests.iter().map(|id| id.0.into()).collect());
    let list: Listing<payment_request_item::Model> = Listing::of(
        "payment_request_item JOIN payment_request ON payment_request.id = payment_request_item.request_id",
        scope.bills("payment_request.partner_id", 1),
    );
    list.all(store, of, "request_id, item_no").await
}

/// The votes on requests, all rounds: the vendor's staff only.
pub async fn votes(
    store: &Store,
    scope: Scope,
    requests: &[PaymentRequestId],
) -> Result<Vec<countersign_vote::Model>> {
    let of = Predicate::key_in("request_id", requests.iter().map(|id| id.0.into()).collect());
    let list = Listing::of("countersign_vote", Predicate::vendor_only(scope));
    list.all(store, of, "request_id, round, subject").await
}

/// The list of approvers: the vendor's staff only.
#[must_use]
pub fn approvers(scope: Scope) -> Listing<countersign_approver::Model> {
    Listing::of("countersign_approver", Predicate::vendor_only(scope))
}

/// Requests that wait for `actor`: for people like it, or for its vote.
#[must_use]
pub fn awaiting(actor: &Actor) -> Predicate {
    let mut states: BTreeMap<(&str, &str), Vec<Value>> = BTreeMap::new();
    for (kind, way, state) in machine::awaiting(actor) {
        states.entry((kind.name(), way.name())).or_default().push(state.name().into());
    }
    let places = states.into_iter().map(|((kind, way), states)| {
        Predicate::compare("kind", "=", kind)
            .and(Predicate::compare("way", "=", way))
            .and(Predicate::one_of("state", states))
    });
    Predicate::any(places.chain([awaiting_vote(&actor.subject)]))
}

/// Requests that wait for the vote of `subject`.
#[must_use]
pub fn awaiting_vote(subject: &str) -> Predicate {
    Predicate::new(
        "(state = 'COUNTERSIGNING' AND EXISTS (SELECT 1 FROM countersign_vote v WHERE v.request_id = payment_request.id \
         AND v.round = payment_request.round AND v.subject = $1 AND v.vote IS NULL))",
        vec![subject.into()],
    )
}

/// `true` if the money of `partner` is the caller's to see: its own, or everybody's.
#[must_use]
pub fn sees_money(scope: Scope, partner: PartnerId) -> bool {
    match scope {
        Scope::All => true,
        Scope::Partner(own, _) => own == partner,
        Scope::Customer(_) => false,
    }
}
