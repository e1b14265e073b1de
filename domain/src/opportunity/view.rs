//! Saved views: lists of opportunities that people keep, with filter and order, under a name of their own. A
//! view is the arguments of a list; it shows nothing that its owner does not see.

use entity::{ViewId, opportunity_view};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// Views of one person: a menu shows them.
pub const VIEWS_LIMIT: i64 = 50;
/// Longest settings, in bytes: a filter of as many values as one may have.
pub const SETTINGS_LIMIT: usize = 32 * 1024;

/// A view to keep.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaveView {
    /// The view to change, in the version the caller saw; none for a new one.
    pub of: Option<(ViewId, i32)>,
    /// Name of the view; unique among those of its owner.
    pub name: String,
    /// The arguments of the list, read by its types before: a JSON object.
    pub settings: String,
}

/// Keeps a view of the caller's own.
pub async fn save(store: &Store, context: &Context, key: Option<&str>, input: SaveView) -> Result<ViewId> {
    if input.settings.len() > SETTINGS_LIMIT {
        let detail = format!("the settings of a view have at most {SETTINGS_LIMIT} bytes");
        return Err(Refusal::at("filter", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "opportunityViewSave", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let subject = context.actor.subject.as_str();
    let id = match input.of {
        None => fresh(&write, store, subject, &input).await?,
        Some((id, version)) => {
            let row = own(&write, subject, id).await?;
            if row.version != version {
                let now = row.version.to_string();
                return Err(Refusal::at("expectedVersion", Code::VersionConflict, now).into());
            }
            free(&write, subject, &input.name, Some(id)).await?;
            let sql = "UPDATE opportunity_view SET name = $1, settings = $2, version = version + 1 \
                       WHERE id = $3 AND (name <> $1 OR settings <> $2)";
            let values = [input.name.trim().into(), input.settings.as_str().into(), id.0.into()];
            exec(write.tx().orm(), sql, values).await?;
            id
        }
    };
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Forgets a view of the caller's own.
pub async fn delete(store: &Store, context: &Context, key: Option<&str>, id: ViewId) -> Result<ViewId> {
    let write = match Write::begin(store, context, "opportunityViewDelete", key, &id).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let row = own(&write, &context.actor.subject, id).await?;
    exec(write.tx().orm(), "DELETE FROM opportunity_view WHERE id = $1", [id.0.into()]).await?;
    write.finish(store, &id.to_string(), None, &row.name, &id).await?;
    Ok(id)
}

async fn fresh(write: &Write, store: &Store, subject: &str, input: &SaveView) -> Result<ViewId> {
    free(write, subject, &input.name, None).await?;
    let sql = "SELECT COUNT(*) FROM opportunity_view WHERE subject = $1";
    let row = query_one(write.tx().orm(), sql, [subject.into()]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    if count >= VIEWS_LIMIT {
        return Err(Refusal::new(Code::LimitReached, VIEWS_LIMIT.to_string()).into());
    }
    let id = ViewId(store.ids.next(write.now));
    let sql = "INSERT INTO opportunity_view (id, subject, name, settings, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING";
    let values = [
        id.0.into(),
        subject.into(),
        input.name.trim().into(),
        input.settings.as_str().into(),
        write.now.0.into(),
    ];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        return Err(taken(&input.name).into());
    }
    Ok(id)
}

/// No other view of the caller has the name.
async fn free(write: &Write, subject: &str, name: &str, of: Option<ViewId>) -> Result<()> {
    let sql = "SELECT id FROM opportunity_view WHERE subject = $1 AND name = $2";
    let row = query_one(write.tx().orm(), sql, [subject.into(), name.trim().into()]).await?;
    let holder = row.map(|row| row.try_get_by_index(0).map(ViewId)).transpose()?;
    if holder.is_some() && holder != of { Err(taken(name).into()) } else { Ok(()) }
}

fn taken(name: &str) -> Refusal {
    Refusal::at("name", Code::AlreadyExists, name.trim())
}

/// A view of the caller's own; another's does not exist for it.
async fn own(write: &Write, subject: &str, id: ViewId) -> Result<opportunity_view::Model> {
    let found = opportunity_view::Entity::find_by_id(id).one(write.tx().orm()).await?;
    let row = found.filter(|row| row.subject == subject);
    row.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()).into())
}
