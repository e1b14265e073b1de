//! Saying what is known of a customer.

use async_graphql::{ID, InputObject};
use domain::programme::customer_profile::{self as profile, Profile, SetCustomerProfile};
use entity::{CustomerId, CustomerProfileId};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// A customer's profile as it shall be.
#[derive(InputObject)]
pub(crate) struct CustomerProfileSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer whose profile it is.
    customer_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// Its name in law, 1 to 200 characters.
    legal_name: String,
    /// Its unified social credit code, 18 characters.
    credit_code: Option<String>,
    /// Whether it is an enterprise: persons earn no opportunity incentive.
    #[graphql(default = true)]
    enterprise: bool,
    /// The office that owns it, where opportunities with it go.
    office_id: Option<ID>,
    /// Its owner at the vendor, as tokens name it (`sub`).
    owner: Option<String>,
    /// The province it is in.
    #[graphql(default)]
    province: String,
    /// The city it is in.
    #[graphql(default)]
    city: String,
}

impl Change for CustomerProfileSetInput {
    type Gives = CustomerId;
    const NAME: &'static str = "customerProfileSet";
    const DOC: &'static str = "Sets the name and number of a customer in law, and the office that owns it. Opportunities \
        sent from now on go by it, and claims.";
    const INPUT: &'static str = "The profile as it shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("customer", "The customer as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<ID> {
        let customer: CustomerId = self.customer_id.parse().ok()?;
        Some(ID::from(CustomerProfileId(customer.0).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<CustomerId> {
        let mut checks = Checks::default();
        let customer_id = checks.id("customerId", &self.customer_id);
        let office_id = checks.optional_id("officeId", self.office_id.as_ref());
        checks.done()?;
        let wish = SetCustomerProfile {
            customer_id,
            expected_version: self.expected_version,
            profile: Profile {
                legal_name: self.legal_name,
                credit_code: self.credit_code,
                enterprise: self.enterprise,
                office_id,
                owner: self.owner,
                province: self.province,
                city: self.city,
            },
        };
        profile::set(&env.store, &env.context(), Some(&self.idempotency_key), wish).await
    }
}

/// Adds the changes of profiles.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CustomerProfileSetInput>()
}
