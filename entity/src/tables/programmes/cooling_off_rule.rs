//! From when on customers that change their partner cool off, how long, and which.

use sea_orm::entity::prelude::*;

use crate::{CoolingOffCustomers, NoRelation as Relation, Timestamp};

/// From when on customers that change their partner cool off, how long, and which.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "cooling_off_rule")]
pub struct Model {
    /// The first instant at which an association may begin that it holds for; until that of the next rule.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Timestamp,
    /// Calendar months in the programme's zone; 0 for none.
    pub months: i16,
    /// Customers it holds for.
    pub customers: CoolingOffCustomers,
    /// Instant at which it was set; 0 for what an installation begins with.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
