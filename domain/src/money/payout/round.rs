//! One round of work on payouts, made by the tick.

use futures_util::future::join_all;

use super::claim::{CLOCKS_DIFFER, claim, due};
use super::gateway::{Answer, Gateway};
use super::record::record;
use super::send::send;
use super::{order, sandbox, waiting};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query_one};

/// Orders sent at the same time: gateways bound it, and so do our connections.
const TOGETHER: usize = 4;

/// The condition that a round has something to do; `$1` is now.
pub(crate) fn waits(gateway: &Gateway) -> String {
    let orders = match gateway {
        // Nothing is sent; orders say why.
        Gateway::None => {
            "state IN ('PENDING', 'SENT') AND (reason_code IS NULL OR reason_code <> 'NO_GATEWAY')".to_owned()
        }
        // The sandbox calls back about what it was sent.
        Gateway::Sandbox => "state = 'SENT' OR (state = 'PENDING' AND retry_at <= $1)".to_owned(),
        Gateway::Remote(_) => {
            format!(
                "state IN ('PENDING', 'SENT') AND retry_at <= $1 AND (lease_until <= $1 OR lease_until > $1 + {CLOCKS_DIFFER})"
            )
        }
    };
    format!(
        "EXISTS (SELECT 1 FROM payout_order WHERE {orders}) OR EXISTS ({}) OR EXISTS ({}) OR EXISTS ({})",
        order::MISSING,
        order::again(),
        waiting::APPLICABLE
    )
}

/// Makes missing orders, applies messages that came early, and sends what is due. Without a gateway orders wait and
/// say so. A gateway that does not answer is left alone until the next round.
pub async fn round(store: &Store, gateway: &Gateway) -> Result<()> {
    order::create_again(store).await?;
    order::make(store).await?;
    waiting::apply(store).await?;
    match gateway {
        Gateway::None => return no_gateway(store).await,
        Gateway::Sandbox => sandbox::call_back(store).await?,
        Gateway::Remote(_) => {}
    }
    for some in due(store).await?.chunks(TOGETHER) {
        if store.stopping.is_asked() {
            break;
        }
        let mut silent = 0;
        for sent in join_all(some.iter().map(|id| one(store, gateway, *id))).await {
            silent += usize::from(matches!(sent, Ok(true)));
            match sent {
                Err(error) if error.is_retryable() => return Err(error),
                // The lease ends and the order is tried again; others go on.
                Err(error) => {
                    tracing::error!(%error, "an order to the payout gateway could not be worked on")
                }
                Ok(_) => {}
            }
        }
        if silent == some.len() {
            break;
        }
    }
    Ok(())
}

/// Sends one order; `true` if the gateway was silent.
async fn one(store: &Store, gateway: &Gateway, id: entity::PayoutOrderId) -> Result<bool> {
    let Some(claimed) = claim(store, id).await? else { return Ok(false) };
    let answered = send(store, gateway, &claimed).await?;
    crate::kernel::crash::point("payout.sent");
    record(store, &claimed, &answered).await?;
    Ok(matches!(answered.answer, Answer::Unsure(_)))
}

async fn no_gateway(store: &Store) -> Result<()> {
    let silent = "state IN ('PENDING', 'SENT') AND (reason_code IS NULL OR reason_code <> 'NO_GATEWAY')";
    let sql = format!("SELECT 1 FROM payout_order WHERE {silent} LIMIT 1");
    if query_one(store.db(), &sql, []).await?.is_some() {
        let sql = format!("UPDATE payout_order SET reason_code = 'NO_GATEWAY', reason = $1 WHERE {silent}");
        let why = "PARTNER_CENTER_PAYOUT_GATEWAY is not set: nothing is sent / 未配置付款网关，订单等待发送";
        let orders = exec(store.db(), &sql, [why.into()]).await?.rows_affected();
        tracing::warn!(orders, "payouts wait: PARTNER_CENTER_PAYOUT_GATEWAY is not set");
    }
    Ok(())
}
