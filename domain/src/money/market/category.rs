//! The category of a product on the marketplace.

use entity::{MarketplaceCategory, ProductId, SettlementBillId, product};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// A category to be set.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SetCategory {
    /// The product.
    pub product_id: ProductId,
    /// Its category.
    pub category: MarketplaceCategory,
}

/// Sets the category of a product. Refused once it is billed: its bills go by the category they were made with.
pub async fn set(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetCategory,
) -> Result<ProductId> {
    let write = match Write::begin(store, context, "marketplaceCategorySet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    super::batch::alone(write.tx()).await?;
    if product::Entity::find_by_id(input.product_id).one(orm).await?.is_none() {
        return Err(Refusal::at("productId", Code::NotFound, input.product_id.to_string()).into());
    }
    let sql = "SELECT b.id FROM settlement_bill_line l JOIN settlement_bill b ON b.id = l.bill_id \
               WHERE l.product_id = $1 AND b.state <> 'CANCELLED' AND b.category <> $2 LIMIT 1";
    let values = [input.product_id.0.into(), input.category.name().into()];
    if let Some(row) = query_one(orm, sql, values).await? {
        let bill = SettlementBillId(row.try_get_by_index(0)?);
        let detail = format!("the product is billed in another category already, by {bill}");
        return Err(Refusal::at("category", Code::Invalid, detail).into());
    }
    let sql = "INSERT INTO marketplace_category (product_id, category, changed_at) VALUES ($1, $2, $3) \
               ON CONFLICT (product_id) DO UPDATE SET category = excluded.category, changed_at = excluded.changed_at";
    exec(orm, sql, [input.product_id.0.into(), input.category.name().into(), write.now.0.into()]).await?;
    write.finish(store, &input.product_id.to_string(), None, &input, &input.product_id).await?;
    Ok(input.product_id)
}
