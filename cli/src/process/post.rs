//! The post of a working process: events become messages, messages leave. Beside the tick, so that a slow mail server
//! holds nothing else up.

use std::time::Duration;

use domain::Store;
use domain::notify::deliver::{Turn, deliver};
use domain::notify::fan_out::fan_out;
use tokio_util::sync::CancellationToken;
use worker::Mailer;

use crate::config::Mail;

/// Shortest time between two turns: with the messages of a turn it bounds the rate.
const TURN_EVERY: Duration = Duration::from_secs(1);

/// Longest time for which an attempt may go on after the process was asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Posts until `stop`: at once when there are new events, and every `look_every` for what comes due.
pub(crate) async fn post_until(
    store: &Store,
    mail: &Mail,
    look_every: Duration,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mailer = mail.url.as_ref().map(|url| Mailer::open(url.expose(), &mail.from)).transpose()?;
    let mut news = store.news.of_any();
    while !stop.is_cancelled() {
        news.mark_unchanged();
        let out_of_grace = async {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            ended = turn(store, mail, mailer.as_ref()) => if let Err(error) = ended {
                // The rows say what is left to do; the next turn finds it.
                tracing::warn!(%error, "messages could not be posted now");
            },
            // An attempt that is cut off is repeated under the same Message-ID.
            () = out_of_grace => return Ok(()),
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(TURN_EVERY) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            // The sender lives in the store.
            _ = news.changed() => {}
            () = tokio::time::sleep(look_every) => {}
        }
    }
    Ok(())
}

async fn turn(store: &Store, mail: &Mail, mailer: Option<&Mailer>) -> domain::Result<()> {
    fan_out(store, &mail.directory).await?;
    // What was to be sent before the configuration lost its mail server waits.
    let Some(mailer) = mailer else { return Ok(()) };
    let Turn { sent, failed, later } = deliver(store, mailer).await?;
    for (outcome, count) in [("sent", sent), ("failed", failed), ("later", later)] {
        let count = u64::try_from(count).unwrap_or(0);
        metrics::counter!("partner_center_messages_total", "outcome" => outcome).increment(count);
    }
    if failed + later > 0 {
        tracing::warn!(sent, failed, later, "messages were not taken; their rows say why");
    }
    Ok(())
}
