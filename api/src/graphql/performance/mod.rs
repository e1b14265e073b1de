//! Performance: what customers paid, the lines in which it counted or not, and their sums.

mod explanation;
mod line;
mod payment;
mod payment_explanation;
mod payment_list;
mod payment_sum;
mod sum;

use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about performance.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    payment_sum::query(payment_list::query(sum::query(line::query(root))))
}
