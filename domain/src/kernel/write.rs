//! The one write path: replay → permission → rule → change → audit → commit.

use sea_orm::{ConnectionTrait, DbBackend, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::kernel::actor::Actor;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::hex::hex;
use crate::kernel::permission;
use crate::kernel::store::{Store, Tx, exec, query_one};
use entity::Timestamp;

/// Longest idempotency key, in bytes: a UUID with room for a prefix.
pub const IDEMPOTENCY_KEY_LIMIT: usize = 128;

/// Idempotency keys are kept this long, in microseconds: longer than anybody repeats a request.
const KEYS_KEPT: i64 = 30 * entity::timestamp::DAY;

/// The caller, and the request under which it calls.
#[derive(Clone, Debug)]
pub struct Context {
    /// Caller whose permission and scope apply.
    pub actor: Actor,
    /// The request, for the audit trail.
    pub request_id: Option<String>,
}

impl Context {
    /// The product itself asks.
    #[must_use]
    pub fn system(part: &str) -> Self {
        Self { actor: Actor::system(part), request_id: None }
    }
}

/// A mutation under way: a transaction that will be audited and remembered.
#[derive(Debug)]
pub struct Write {
    tx: Tx,
    /// One instant for the whole mutation.
    pub now: Timestamp,
    operation: &'static str,
    context: Context,
    key: Option<String>,
}

/// A mutation begins, or has happened before.
#[derive(Debug)]
pub enum Begun<R> {
    /// Not seen before: do it.
    Fresh(Box<Write>),
    /// Done before with the same input: this was the answer.
    Replay(R),
}

impl Write {
    /// Checks the permission of `operation` (a mutation's name) and looks the idempotency key up.
    /// A key is the caller's own: two callers may use the same text.
    pub async fn begin<I: Serialize + Sync, R: DeserializeOwned>(
        store: &Store,
        context: &Context,
        operation: &'static str,
        key: Option<&str>,
        input: &I,
    ) -> Result<Begun<R>> {
        if !permission::allows(&context.actor, &format!("Mutation.{operation}")) {
            return Err(Error::Forbidden);
        }
        let now = store.clock.now();
        let fingerprint = fingerprint(operation, input)?;
        if let Some(key) = key {
            check_key(key)?;
            // Where writers queue, a repeated request is answered without standing in line. Elsewhere its key is
            // found taken below, and a new one is spared the look.
            if store.backend() == DbBackend::Sqlite
                && let Some(response) = replay(store.db(), context, key, &fingerprint).await?
            {
                return Ok(Begun::Replay(serde_json::from_str(&response)?));
            }
        }
        let tx = store.begin().await?;
        if let Some(key) = key {
            // A second request with the same key waits here for the first to commit.
            let taken = exec(
                tx.orm(),
                "INSERT INTO idempotency_key (subject, idempotency_key, operation, fingerprint, response, created_at) \
                 VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT DO NOTHING",
                [
                    context.actor.subject.as_str().into(),
                    key.into(),
                    operation.into(),
                    fingerprint.as_str().into(),
                    now.0.into(),
                ],
            )
            .await?
            .rows_affected()
                == 0;
            if taken {
                let response = replay(tx.orm(), context, key, &fingerprint).await?;
                tx.rollback().await?;
                let response =
                    response.ok_or_else(|| Error::Invariant("an idempotency key vanished".into()))?;
                return Ok(Begun::Replay(serde_json::from_str(&response)?));
            }
        }
        let context = context.clone();
        Ok(Begun::Fresh(Box::new(Self { tx, now, operation, context, key: key.map(str::to_owned) })))
    }

    /// The transaction, for reading and changing.
    #[must_use]
    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    /// Caller in whose name everything is written.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }

    /// Writes the audit row, remembers the answer under the key, and commits.
    pub async fn finish<R: Serialize + Sync>(
        self,
        store: &Store,
        entity: &str,
        reason: Option<&str>,
        detail: &impl Serialize,
        response: &R,
    ) -> Result<()> {
        let context = &self.context;
        let row = audit_row(store, context, self.operation, entity, reason, detail, self.now)?;
        let tx = self.tx.orm();
        if let Some(key) = &self.key {
            let subject = context.actor.subject.as_str();
            let answer = [serde_json::to_string(response)?.into(), subject.into(), key.as_str().into()];
            if store.backend() == DbBackend::Postgres {
                // Both in one round trip.
                let remember =
                    "UPDATE idempotency_key SET response = $10 WHERE subject = $11 AND idempotency_key = $12";
                let sql = format!("WITH audited AS ({AUDIT}) {remember}");
                exec(tx, &sql, row.into_iter().chain(answer)).await?;
            } else {
                let remember =
                    "UPDATE idempotency_key SET response = $1 WHERE subject = $2 AND idempotency_key = $3";
                exec(tx, AUDIT, row).await?;
                exec(tx, remember, answer).await?;
            }
        } else {
            exec(tx, AUDIT, row).await?;
        }
        crate::kernel::crash::point("write.finish");
        self.tx.commit().await
    }
}

/// Forgets the answers under idempotency keys that nobody repeats any more.
pub(crate) async fn forget_old_keys(store: &Store) -> Result<()> {
    let before = store.clock.now().plus(-KEYS_KEPT);
    exec(store.db(), "DELETE FROM idempotency_key WHERE created_at < $1", [before.0.into()]).await?;
    Ok(())
}

/// Writes one row of the audit trail inside `tx`.
#[allow(clippy::too_many_arguments)] // The columns of the row.
pub async fn audit(
    tx: &Tx,
    store: &Store,
    context: &Context,
    operation: &str,
    entity: &str,
    reason: Option<&str>,
    detail: &impl Serialize,
    now: Timestamp,
) -> Result<()> {
    exec(tx.orm(), AUDIT, audit_row(store, context, operation, entity, reason, detail, now)?).await?;
    Ok(())
}

const AUDIT: &str = "INSERT INTO audit_event (id, at, subject, principal, operation, entity, reason, request_id, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// The values of [`AUDIT`].
fn audit_row(
    store: &Store,
    context: &Context,
    operation: &str,
    entity: &str,
    reason: Option<&str>,
    detail: &impl Serialize,
    now: Timestamp,
) -> Result<[Value; 9]> {
    Ok([
        store.ids.next(now).into(),
        now.0.into(),
        context.actor.subject.as_str().into(),
        serde_json::to_string(&context.actor.principal)?.into(),
        operation.into(),
        entity.into(),
        reason.map(str::to_owned).into(),
        context.request_id.clone().into(),
        serde_json::to_string(detail)?.into(),
    ])
}

fn check_key(key: &str) -> Result<()> {
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_LIMIT || !key.bytes().all(|b| b.is_ascii_graphic()) {
        let detail = format!("the key must be 1 to {IDEMPOTENCY_KEY_LIMIT} visible ASCII characters");
        return Err(Refusal::at("idempotencyKey", Code::Invalid, detail).into());
    }
    Ok(())
}

fn fingerprint<I: Serialize>(operation: &str, input: &I) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(operation.as_bytes());
    hash.update([0]);
    hash.update(serde_json::to_vec(input)?);
    Ok(hex(hash.finalize()))
}

async fn replay<C: ConnectionTrait>(
    connection: &C,
    context: &Context,
    key: &str,
    fingerprint: &str,
) -> Result<Option<String>> {
    let row = query_one(
        connection,
        "SELECT fingerprint, response FROM idempotency_key WHERE subject = $1 AND idempotency_key = $2",
        [context.actor.subject.as_str().into(), key.into()],
    )
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.try_get_by_index::<String>(0)? != fingerprint {
        return Err(Refusal::at("idempotencyKey", Code::IdempotencyKeyReused, "").into());
    }
    Ok(Some(row.try_get_by_index(1)?))
}
