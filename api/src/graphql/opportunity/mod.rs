//! Opportunities: what a customer is likely to buy, shared by a partner or by the vendor, from draft to delivery.

mod beside;
mod change;
mod content;
mod fields;
mod incentive;
mod link;
mod list;
mod object;
mod offer;
mod pipeline;
mod review;
mod timeline;
mod view;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about opportunities, offers, views and the incentive.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    let rooms = [list::query, pipeline::query, view::query, offer::query, incentive::query];
    rooms.into_iter().fold(root, |root, room| room(root))
}

/// Adds the changes of opportunities and of what belongs to them.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    let rooms = [
        change::mutation,
        link::mutation,
        beside::mutation,
        review::mutation,
        offer::mutation,
        view::mutation,
        incentive::mutation,
    ];
    rooms.into_iter().fold(root, |root, room| room(root))
}
