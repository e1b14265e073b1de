//! Messages leave: at least once, each attempt counted and the next one put off before it begins. So whoever dies in
//! the middle is followed by another, after the wait; the `Message-ID` stays the same.

use std::time::Duration;

use entity::timestamp::{HOUR, MINUTE};
use entity::{MessageState, Timestamp, message};
use futures_util::future::{BoxFuture, join_all};
use sea_orm::{DbBackend, FromQueryResult, Value};

use crate::kernel::backoff::doubled;
use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query, query_one};

/// Attempts before a message is given up: about 20 hours of waits.
pub const ATTEMPTS_MAX: i32 = 12;
/// Wait after the first attempt, in microseconds; doubled after each.
const WAIT_FIRST: i64 = MINUTE;
/// Longest wait, in microseconds.
const WAIT_LONGEST: i64 = 6 * HOUR;
/// Messages under way at once in a process: mail servers take few connections of one client.
pub const AT_ONCE: usize = 4;
/// Messages of one turn: with a turn every few seconds about ten a second, which a mail server bears.
pub const PER_TURN: usize = 50;
/// Longest attempt: below the first wait, or another process would try meanwhile.
pub const ATTEMPT_LIMIT: Duration = Duration::from_secs(45);
/// Longest reason kept, in characters.
const REASON_LIMIT: usize = 500;

/// Outcome of an attempt to send a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The mail server took it.
    Sent,
    /// It will never be taken.
    Never(String),
    /// This message may be taken later.
    Later(String),
    /// The mail server is away or lets us not in: no message is taken now.
    Away(String),
}

/// Something that sends.
pub trait Carry: Send + Sync {
    /// Sends a message once.
    fn carry<'a>(&'a self, message: &'a message::Model) -> BoxFuture<'a, Carried>;
}

/// Numbers of messages of a turn, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Taken by the mail server.
    pub sent: usize,
    /// Messages that were given up.
    pub failed: usize,
    /// Messages that were put off.
    pub later: usize,
}

/// The wait after attempt `attempt` (from 1), in microseconds. PURE.
#[must_use]
pub fn wait_after(attempt: i32) -> i64 {
    doubled(WAIT_FIRST, attempt, WAIT_LONGEST)
}

/// The state of a message after attempt `attempt`. PURE.
#[must_use]
pub fn after(attempt: i32, carried: &Carried) -> MessageState {
    match carried {
        Carried::Sent => MessageState::Sent,
        Carried::Never(_) => MessageState::Failed,
        Carried::Later(_) | Carried::Away(_) if attempt >= ATTEMPTS_MAX => MessageState::Failed,
        Carried::Later(_) | Carried::Away(_) => MessageState::Pending,
    }
}

/// Sends what is due, a bounded number, and stops when the mail server is away.
pub async fn deliver(store: &Store, carrier: &dyn Carry) -> Result<Turn> {
    let mut turn = Turn::default();
    while turn.sent + turn.failed + turn.later < PER_TURN && !store.stopping.is_asked() {
        let claimed = claim(store).await?;
        if claimed.is_empty() {
            break;
        }
        let attempts = claimed.iter().map(|message| async {
            let slow = || Carried::Away(format!("no answer within {} s", ATTEMPT_LIMIT.as_secs()));
            tokio::time::timeout(ATTEMPT_LIMIT, carrier.carry(message)).await.unwrap_or_else(|_| slow())
        });
        let carried = join_all(attempts).await;
        for (message, carried) in claimed.iter().zip(&carried) {
            match settle(store, message, carried).await? {
                MessageState::Sent => turn.sent += 1,
                MessageState::Failed => turn.failed += 1,
                MessageState::Pending | MessageState::Suppressed => turn.later += 1,
            }
        }
        if carried.iter().any(|carried| matches!(carried, Carried::Away(_))) {
            break;
        }
    }
    Ok(turn)
}

/// Counts an attempt of each message that is due, and puts its next one off.
async fn claim(store: &Store) -> Result<Vec<message::Model>> {
    let now = store.clock.now();
    let due = "state = 'PENDING' AND retry_at <= $1";
    // Mostly nothing is due: a look costs no turn among SQLite's writers, a transaction does.
    let sql = format!("SELECT 1 FROM message WHERE {due} LIMIT 1");
    if query_one(store.db(), &sql, [now.0.into()]).await?.is_none() {
        return Ok(Vec::new());
    }
    let tx = store.begin().await?;
    let lock = if store.backend() == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!("SELECT * FROM message WHERE {due} ORDER BY retry_at, id LIMIT {AT_ONCE} {lock}");
    let mut claimed = Vec::new();
    for row in query(tx.orm(), &sql, [now.0.into()]).await? {
        let mut message = message::Model::from_query_result(&row, "")?;
        message.attempts += 1;
        message.retry_at = now.plus(wait_after(message.attempts));
        let sql = "UPDATE message SET attempts = $1, retry_at = $2 WHERE id = $3";
        exec(tx.orm(), sql, [message.attempts.into(), message.retry_at.0.into(), message.id.0.into()])
            .await?;
        claimed.push(message);
    }
    tx.commit().await?;
    crate::kernel::crash::point("outbox.claim");
    Ok(claimed)
}

/// Writes down how an attempt ended, unless a later one was begun meanwhile.
async fn settle(store: &Store, message: &message::Model, carried: &Carried) -> Result<MessageState> {
    let state = after(message.attempts, carried);
    let now = store.clock.now();
    let reason = match carried {
        Carried::Sent => None,
        Carried::Never(why) | Carried::Later(why) | Carried::Away(why) => {
            Some(why.chars().filter(|c| !c.is_control()).take(REASON_LIMIT).collect::<String>())
        }
    };
    let sent_at: Option<Timestamp> = (state == MessageState::Sent).then_some(now);
    let sql = "UPDATE message SET state = $1, last_error = $2, sent_at = $3 \
               WHERE id = $4 AND attempts = $5 AND state = 'PENDING'";
    let values: [Value; 5] = [
        state.name().into(),
        reason.into(),
        sent_at.map(|at| at.0).into(),
        message.id.0.into(),
        message.attempts.into(),
    ];
    let tx = store.begin().await?;
    exec(tx.orm(), sql, values).await?;
    crate::kernel::crash::point("outbox.sent");
    tx.commit().await?;
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_a_minute_to_six_hours() {
        assert_eq!([1, 2, 3, 9].map(wait_after), [MINUTE, 2 * MINUTE, 4 * MINUTE, 256 * MINUTE]);
        assert_eq!([10, 11, 12, 1_000].map(wait_after), [6 * HOUR; 4]);
        assert!(ATTEMPT_LIMIT.as_micros() < u128::from(WAIT_FIRST.unsigned_abs()));
    }

    #[test]
    fn every_outcome_of_every_attempt_has_one_state() {
        let reason = || "r".to_owned();
        for attempt in 1..=ATTEMPTS_MAX + 1 {
            let last = attempt >= ATTEMPTS_MAX;
            let unsettled = if last { MessageState::Failed } else { MessageState::Pending };
            assert_eq!(after(attempt, &Carried::Sent), MessageState::Sent);
            assert_eq!(after(attempt, &Carried::Never(reason())), MessageState::Failed);
            assert_eq!(after(attempt, &Carried::Later(reason())), unsettled);
            assert_eq!(after(attempt, &Carried::Away(reason())), unsettled);
        }
    }
}
