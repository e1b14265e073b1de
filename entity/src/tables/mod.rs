//! A room a noun, in the plural, as most hold a table of the same name; a file a table. Users do not see the rooms:
//! every table and enum is found at the top of the crate.

pub(crate) mod customers;
pub(crate) mod files;
pub(crate) mod imports;
pub(crate) mod incentives;
pub(crate) mod markets;
pub(crate) mod messages;
pub(crate) mod offices;
pub(crate) mod opportunities;
pub(crate) mod partners;
pub(crate) mod payments;
pub(crate) mod payouts;
pub(crate) mod pce;
pub(crate) mod programmes;
pub(crate) mod settlements;

use sea_orm::entity::prelude::*;

/// The relations of a table that the ORM never joins: statements with joins are written out where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum NoRelation {}
