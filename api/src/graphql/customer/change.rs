//! Making customers.

use async_graphql::{ID, InputObject};
use domain::programme::customer::{self, NewCustomer, SetLongTail};
use entity::CustomerId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// Longest reason, in characters: what fits a page of an audit trail.
const REASON_LIMIT: usize = 1_000;

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
    /// Whether it is one of the many that the vendor does not look after by name.
    #[graphql(default = true)]
    long_tail: bool,
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
        let new = NewCustomer { name: self.name, internal: self.internal, long_tail: self.long_tail };
        customer::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Standing of a customer with the vendor.
#[derive(InputObject)]
pub(crate) struct CustomerLongTailSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer that is long-tail or not.
    customer_id: ID,
    /// The version you saw.
    expected_version: i32,
    /// Whether it is one of the many that the vendor does not look after by name, now and before.
    long_tail: bool,
    /// The reason, kept in the audit trail; at most 1000 characters.
    reason: String,
}

impl Change for CustomerLongTailSetInput {
    type Gives = CustomerId;
    const NAME: &'static str = "customerLongTailSet";
    const DOC: &'static str = "Says of a customer whether it is long-tail. Its cooling-off is derived anew; closed months get corrections.";
    const INPUT: &'static str = "The customer and what it is.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("customer", "The customer as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<ID> {
        Some(self.customer_id.clone())
    }

    async fn change(self, env: &Env) -> domain::Result<CustomerId> {
        let mut checks = Checks::default();
        let customer_id = checks.id("customerId", &self.customer_id);
        checks.text("reason", &self.reason, REASON_LIMIT);
        checks.done()?;
        let input = SetLongTail {
            customer_id,
            expected_version: self.expected_version,
            long_tail: self.long_tail,
            reason: self.reason,
        };
        customer::set_long_tail(&env.store, &env.context(), Some(&self.idempotency_key), input).await
    }
}

/// Adds the changes of customers.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CustomerCreateInput>().change::<CustomerLongTailSetInput>()
}
