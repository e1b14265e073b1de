//! Settlement: months, the runs that settle them, what a run would write, and the incentive bills it writes.

mod bill;
mod bill_change;
mod bill_line;
mod month;
mod preview;
mod preview_bill;
mod preview_line;
mod quarantine;
mod run;
mod run_change;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about settlement.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    bill::query(preview::query(run::query(month::query(root))))
}

/// Adds the changes of runs and bills.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    bill_change::mutation(run_change::mutation(root))
}
