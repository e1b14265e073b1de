//! The programme: its settings, its calendar, its products and policies, who asks, and the proof that its books hold.

mod calendar;
mod calendar_change;
mod catalogue;
mod cooling_off_rule;
mod policy;
mod policy_change;
mod product;
mod settings;
mod verify;
mod viewer;

pub(crate) use policy_change::{IncentiveRateInput, read_policy};

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about the programme as a whole.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    let root = verify::query(catalogue::query(settings::query(viewer::query(root))));
    policy::query(product::query(calendar::query(root)))
}

/// Adds the changes of the programme.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    let root = calendar_change::mutation(cooling_off_rule::mutation(settings::mutation(root)));
    policy_change::mutation(product::mutation(root))
}
