//! An operator has a message tried again.

use entity::{MessageId, MessageState, message};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};

/// A wish to have a message tried again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Retry {
    /// Message that failed or was suppressed.
    pub id: MessageId,
}

/// Treatment of a message that is to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is sent again, with all its attempts.
    Send,
    /// Its event is passed on again: who had no address may have one now.
    Address,
}

/// The treatment of a message in `state`, if there is one. PURE.
#[must_use]
pub const fn again(state: MessageState) -> Option<Again> {
    match state {
        MessageState::Failed => Some(Again::Send),
        MessageState::Suppressed => Some(Again::Address),
        MessageState::Pending | MessageState::Sent => None,
    }
}

/// Has a message tried again that was given up or suppressed.
pub async fn retry(store: &Store, context: &Context, key: Option<&str>, input: Retry) -> Result<MessageId> {
    let write = match Write::begin(store, context, "messageRetry", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx().orm();
    let missing = || Refusal::at("id", Code::NotFound, input.id.to_string());
    let message = message::Entity::find_by_id(input.id).one(tx).await?.ok_or_else(missing)?;
    let wrong = || Refusal::at("id", Code::WrongState, message.state.name());
    match again(message.state).ok_or_else(wrong)? {
        Again::Send => {
            let sql = "UPDATE message SET state = 'PENDING', attempts = 0, retry_at = $1 WHERE id = $2 AND state = 'FAILED'";
            exec(tx, sql, [write.now.0.into(), message.id.0.into()]).await?;
        }
        Again::Address => {
            let sql = "UPDATE event_dispatch SET fanned_out = FALSE WHERE event_id = $1";
            exec(tx, sql, [message.event_id.0.into()]).await?;
        }
    }
    write.finish(store, &message.id.to_string(), None, &input, &message.id).await?;
    Ok(message.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_given_up_or_suppressed_is_tried_again() {
        for state in MessageState::ALL {
            let expected = match state {
                MessageState::Failed => Some(Again::Send),
                MessageState::Suppressed => Some(Again::Address),
                MessageState::Pending | MessageState::Sent => None,
            };
            assert_eq!(again(*state), expected, "{state}");
        }
    }
}
