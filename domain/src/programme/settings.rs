//! The programme's own settings: one row.

use entity::programme;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::error::{Error, Result};

/// Reads the settings.
pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<programme::Model> {
    programme::Entity::find_by_id(1_i16)
        .one(connection)
        .await?
        .ok_or_else(|| Error::Invariant("the programme's row is missing".into()))
}

/// The programme's time zone, by its IANA name.
pub fn zone(programme: &programme::Model) -> Result<jiff::tz::TimeZone> {
    jiff::tz::TimeZone::get(&programme.time_zone).map_err(|e| Error::Invariant(e.to_string()))
}
