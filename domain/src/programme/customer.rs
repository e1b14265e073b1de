//! Customers.

use entity::{CustomerId, Timestamp, customer};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{check_name, marks};
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
    /// One of the many that the vendor does not look after by name.
    pub long_tail: bool,
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
        long_tail: Set(input.long_tail),
        created_at: Set(write.now),
        version: Set(1),
    };
    customer::Entity::insert(row).exec_without_returning(write.tx().orm()).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Whether a customer is one of the many that the vendor does not look after by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetLongTail {
    /// The customer that is long-tail or not.
    pub customer_id: CustomerId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// Whether it is, and always was.
    pub long_tail: bool,
    /// The reason, for the audit trail.
    pub reason: String,
}

/// Says of a customer whether it is long-tail; what cools off is derived anew, in closed months by corrections.
pub async fn set_long_tail(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetLongTail,
) -> Result<CustomerId> {
    let write = match Write::begin(store, context, "customerLongTailSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let customer = find(tx.orm(), "customerId", input.customer_id).await?;
    if customer.version != input.expected_version {
        let version = customer.version.to_string();
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, version).into());
    }
    let row = customer::ActiveModel {
        id: Set(customer.id),
        long_tail: Set(input.long_tail),
        version: Set(customer.version + 1),
        ..Default::default()
    };
    row.update(tx.orm()).await?;
    marks::mark_dirty(tx.orm(), customer.id, Timestamp(0), write.now).await?;
    marks::bump(tx.orm()).await?;
    write.finish(store, &customer.id.to_string(), Some(&input.reason), &input, &customer.id).await?;
    Ok(customer.id)
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
