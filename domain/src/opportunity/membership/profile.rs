//! The development of partners, and the list of core partners: the vendor's operations keep them.

use entity::{PartnerId, PathStage, pce_profile};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::partner;

/// A partner's profile as it shall be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetProfile {
    /// Partner whose profile it is.
    pub partner_id: PartnerId,
    /// The version the caller saw; 0 if there was none.
    pub expected_version: i32,
    /// Its stage on the development path.
    pub stage: PathStage,
    /// Whether it is on the list of core partners.
    pub core_map: bool,
}

/// Sets the profile of a partner, whether it has joined or not.
pub async fn set(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetProfile,
) -> Result<PartnerId> {
    let write = match Write::begin(store, context, "pceProfileSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    partner::find(write.tx().orm(), "partnerId", input.partner_id).await?;
    let held = hold(write.tx(), input.partner_id).await?;
    let version = held.as_ref().map_or(0, |profile| profile.version);
    let conflict = || Refusal::at("expectedVersion", Code::VersionConflict, version.to_string());
    if version != input.expected_version {
        return Err(conflict().into());
    }
    let id = input.partner_id;
    if held.is_some_and(|held| (held.stage, held.core_map) == (input.stage, input.core_map)) {
        write.finish(store, &id.to_string(), None, &input, &id).await?;
        return Ok(id);
    }
    let sql = "INSERT INTO pce_profile (partner_id, stage, core_map, version) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (partner_id) DO UPDATE SET stage = excluded.stage, core_map = excluded.core_map, \
               version = excluded.version WHERE pce_profile.version = $4 - 1";
    let values =
        [input.partner_id.0.into(), input.stage.name().into(), input.core_map.into(), (version + 1).into()];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        return Err(conflict().into());
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Reads the profile of a partner and holds it until the transaction ends.
pub(super) async fn hold(tx: &Tx, id: PartnerId) -> Result<Option<pce_profile::Model>> {
    let sql = tx.holding("SELECT * FROM pce_profile WHERE partner_id = $1");
    let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
    Ok(row.map(|row| pce_profile::Model::from_query_result(&row, "")).transpose()?)
}
