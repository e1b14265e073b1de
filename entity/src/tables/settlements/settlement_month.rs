//! A month of the programme with its borders.

use sea_orm::entity::prelude::*;

use crate::{Month, MonthState, NoRelation as Relation, Timestamp};

/// A month of the programme with its borders.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_month")]
pub struct Model {
    /// Month of the programme's calendar.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// First instant of the month, in the programme's time zone.
    pub starts_at: Timestamp,
    /// First instant after.
    pub ends_at: Timestamp,
    /// State of the month.
    pub state: MonthState,
    /// Set when a final run freezes it: later facts become corrections elsewhere.
    pub closed: bool,
    /// Version of the counting rules used.
    pub rule_version: i32,
    /// Digest of its lines when it became final.
    pub lines_digest: Option<String>,
    /// Instant at which it was closed; none before.
    pub finalised_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
