//! Partners: solution providers, distributors and their resellers.

mod business;
pub(crate) mod change;
mod object;

use entity::PartnerId;

pub(crate) use object::query;

/// The partner of an id in which 0 stands for nobody.
pub(crate) fn somebody(id: PartnerId) -> Option<PartnerId> {
    Some(id).filter(|id| id.0 != 0)
}
