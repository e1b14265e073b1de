//! Opportunities that passed, by what they are about, so that nothing that repeats them can pass.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, OpportunityId};

/// A customer, a product family and a month that belong to the one opportunity that passed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_pass")]
pub struct Model {
    /// The customer: `CREDIT:` and its credit code, or `NAME:` and its normalised name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub identity: String,
    /// Product family of the opportunity that passed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub demand_tag: String,
    /// A month of the window in which it is expected to be bought.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// The opportunity that passed.
    pub opportunity_id: OpportunityId,
}

impl ActiveModelBehavior for ActiveModel {}
