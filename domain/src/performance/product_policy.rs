//! What counts of a product, from a month on (docs/domain.md, "Product policy").

use entity::{Month, ProductId, ProductPolicyKind, Reason, product, settlement_month};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::performance::history::History;
use crate::performance::partner_sum;
use crate::programme::marks;

/// A policy of a product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetPolicy {
    /// The product.
    pub product_id: ProductId,
    /// First month it holds for; until the next month with a policy of its own.
    pub month: Month,
    /// What it says.
    pub policy: ProductPolicyKind,
}

/// Sets a policy and makes the lines of open months follow it at once.
pub async fn set(store: &Store, context: &Context, key: Option<&str>, input: SetPolicy) -> Result<ProductId> {
    let write = match Write::begin(store, context, "productPolicySet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    if product::Entity::find_by_id(input.product_id).one(tx.orm()).await?.is_none() {
        return Err(Refusal::at("productId", Code::NotFound, input.product_id.to_string()).into());
    }
    let closed = settlement_month::Entity::find()
        .filter(settlement_month::Column::Closed.eq(true))
        .order_by_desc(settlement_month::Column::Month)
        .one(tx.orm())
        .await?;
    if let Some(closed) = closed.filter(|c| c.month >= input.month) {
        return Err(Refusal::at("month", Code::MonthClosed, closed.month.to_string()).into());
    }
    exec(
        tx.orm(),
        "INSERT INTO product_policy (product_id, month, policy, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (product_id, month) DO UPDATE SET policy = excluded.policy, changed_at = excluded.changed_at",
        [input.product_id.0.into(), input.month.0.into(), input.policy.code().into(), write.now.0.into()],
    )
    .await?;
    marks::bump(tx.orm()).await?;
    let mut fresh = History::default();
    fresh.refresh(tx.orm()).await?;
    let open = settlement_month::Entity::find()
        .filter(settlement_month::Column::Closed.eq(false))
        .filter(settlement_month::Column::Month.gte(input.month))
        .all(tx.orm())
        .await?;
    let mut moved = false;
    for month in &open {
        // All of a product's lines of a month follow one policy, so no line meets another of its key.
        let (from, to) = match fresh.policy(input.product_id, month.month) {
            ProductPolicyKind::NoPerformance => (Reason::Counted, Reason::ProductPolicy),
            _ => (Reason::ProductPolicy, Reason::Counted),
        };
        let changed = exec(
            tx.orm(),
            "UPDATE performance_line SET reason = $1 \
             WHERE month >= $2 AND origin_month = $2 AND product_id = $3 AND reason = $4",
            [to.code().into(), month.month.0.into(), input.product_id.0.into(), from.code().into()],
        )
        .await?;
        moved = moved || changed.rows_affected() > 0;
    }
    if moved {
        // Lines of these months are posted in them or later, and every later month is open too.
        let months: Vec<_> = open.iter().map(|row| row.month).collect();
        partner_sum::mark_stale(tx.orm(), &months).await?;
    }
    write.finish(store, &input.product_id.to_string(), None, &input, &input.product_id).await?;
    Ok(input.product_id)
}
