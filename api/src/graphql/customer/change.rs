//! Making customers.

use async_graphql::{ID, InputObject};
use domain::programme::customer::{self, NewCustomer};
use entity::CustomerId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// A customer to be made.
#[derive(InputObject)]
pub(crate) struct CustomerCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The name under which people know it, 1 to 200 characters.
    name: String,
    /// Whether it is an internal account of the vendor: what it pays is never performance.
    #[graphql(default)]
    internal: bool,
}

impl Change for CustomerCreateInput {
    type Gives = CustomerId;
    const NAME: &'static str = "customerCreate";
    const DOC: &'static str = "Makes a customer.";
    const INPUT: &'static str = "The customer to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("customer", "The new customer.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<CustomerId> {
        let mut checks = Checks::default();
        checks.name("name", &self.name);
        checks.done()?;
        let new = NewCustomer { name: self.name, internal: self.internal };
        customer::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the changes of customers.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CustomerCreateInput>()
}
