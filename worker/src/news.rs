//! Telling other processes by Redis that there are new events. A word that is lost only delays: who waits looks by
//! itself.

use std::time::Duration;

use futures_util::StreamExt;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncCommands, Client};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::queue_listen::QueueError;

/// Longest time in which Redis may accept a connection or answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// Wait before a lost connection is opened again.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The channel of an installation.
#[derive(Clone)]
pub struct NewsChannel {
    client: Client,
    connection: ConnectionManager,
    channel: String,
}

impl NewsChannel {
    /// Prepares the channel; must be called inside a tokio runtime, does not connect yet.
    ///
    /// # Errors
    /// When the Redis URL is not valid.
    pub fn open(url: &str, namespace: &str) -> Result<NewsChannel, QueueError> {
        let bad_address = |reason: redis::RedisError| QueueError::Address(reason.to_string());
        let manager = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(ANSWER_LIMIT))
            .set_response_timeout(Some(ANSWER_LIMIT));
        let client = Client::open(url).map_err(bad_address)?;
        let connection =
            ConnectionManager::new_lazy_with_config(client.clone(), manager).map_err(bad_address)?;
        Ok(NewsChannel { client, connection, channel: format!("{namespace}:news") })
    }

    /// Says that there are new events.
    ///
    /// # Errors
    /// When Redis is away or too slow. Go on: who waits looks by itself.
    pub async fn say(&self) -> Result<(), QueueError> {
        let mut connection = self.connection.clone();
        let said = connection.publish::<_, _, i64>(&self.channel, "");
        timeout(ANSWER_LIMIT, said).await.unwrap_or_else(|_| {
            Err(redis::RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut)))
        })?;
        Ok(())
    }

    /// Calls `heard` whenever some process says so, and when it begins to listen: something may have been said
    /// before. Listens again whenever the connection was lost, until `stop`.
    pub async fn listen_until(&self, stop: CancellationToken, heard: impl Fn()) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = async {
                loop {
                    if let Err(reason) = self.listen(&heard).await {
                        tracing::debug!(%reason, "no news by Redis");
                    }
                    sleep(AGAIN_AFTER).await;
                }
            } => {}
        }
    }

    async fn listen(&self, heard: &impl Fn()) -> Result<(), redis::RedisError> {
        let opened = timeout(ANSWER_LIMIT, async {
            let mut listener = self.client.get_async_pubsub().await?;
            listener.subscribe(&self.channel).await?;
            Ok::<_, redis::RedisError>(listener)
        });
        let slow = |_| Err(redis::RedisError::from(std::io::Error::from(std::io::ErrorKind::TimedOut)));
        let listener = opened.await.unwrap_or_else(slow)?;
        heard();
        let mut words = listener.into_on_message();
        while words.next().await.is_some() {
            heard();
        }
        Ok(())
    }
}
