//! A day that does not go by its weekday: a holiday, or a day on which missed work is made up.

use sea_orm::entity::prelude::*;

use crate::{Day, NoRelation as Relation, Timestamp};

/// A day that does not go by its weekday. Days without a row work from Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "calendar_day")]
pub struct Model {
    /// Day in the programme's time zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Day,
    /// Whether it is a working day.
    pub working: bool,
    /// Name of the holiday or working day, in English.
    pub name: String,
    /// Name of the holiday or working day, in Chinese.
    pub name_zh: String,
    /// Origin of the row: the announcement or file it was taken from.
    pub source: String,
    /// Instant of its last import; 0 for rows that came with the product.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
