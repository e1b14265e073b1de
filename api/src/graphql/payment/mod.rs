//! Payment requests from the first countersign to the payout.

mod approver;
mod partner_invoice;
mod partner_invoice_change;
mod payment_move;
mod payment_request;
mod payment_sum;
mod payment_trail;
mod payout;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    [approver::query, partner_invoice::query, payment_request::query, payment_sum::query, payout::query]
        .into_iter()
        .fold(root, |root, noun| noun(root))
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    [approver::mutation, partner_invoice_change::mutation, payment_move::mutation, payout::mutation]
        .into_iter()
        .fold(root, |root, noun| noun(root))
}
