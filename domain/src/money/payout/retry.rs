//! Sending an order now that waits for its next attempt.

use entity::{PayoutOrderId, payout_order};
use sea_orm::EntityTrait;

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};

/// Ends the wait of an order: the next tick sends it.
pub async fn retry(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    id: PayoutOrderId,
) -> Result<PayoutOrderId> {
    let write = match Write::begin(store, context, "payoutOrderRetry", key, &id).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let order = payout_order::Entity::find_by_id(id).one(write.tx().orm()).await?;
    let order = order.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()))?;
    if !order.state.is_live() {
        return Err(Refusal::at("id", Code::WrongState, order.state.name()).into());
    }
    let sql = "UPDATE payout_order SET retry_at = $1 WHERE id = $2 AND retry_at > $1";
    exec(write.tx().orm(), sql, [write.now.0.into(), id.0.into()]).await?;
    write.finish(store, &order.request_id.to_string(), None, &id, &id).await?;
    Ok(id)
}
