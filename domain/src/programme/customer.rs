//! Customers.

use entity::{CustomerId, customer};
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::check_name;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};

/// A customer to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewCustomer {
    /// Display name.
    pub name: String,
    /// An internal account of the vendor: never performance.
    pub internal: bool,
}

/// Makes a customer.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewCustomer,
) -> Result<CustomerId> {
    check_name("name", &input.name)?;
    let write = match Write::begin(store, context, "customerCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let id = CustomerId(store.ids.next(write.now));
    let row = customer::ActiveModel {
        id: Set(id),
        name: Set(input.name.clone()),
        internal: Set(input.internal),
        created_at: Set(write.now),
        version: Set(1),
    };
    customer::Entity::insert(row).exec_without_returning(write.tx().orm()).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Reads a customer or refuses, naming the input field.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    field: &str,
    id: CustomerId,
) -> Result<customer::Model> {
    let row = customer::Entity::find_by_id(id).one(connection).await?;
    row.ok_or_else(|| Refusal::at(field, Code::NotFound, id.to_string()).into())
}
