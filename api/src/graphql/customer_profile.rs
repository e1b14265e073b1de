//! Who customers are in law, and which offices own them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::programme::customer_import::{self, ImportProfiles, ProfileImported};
use domain::programme::customer_profile::{self as profile, Profile, SetCustomerProfile};
use entity::customer_profile;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::customer::Customer;
use super::office::Office;
use super::payment_move::BulkMode;
use super::user_error::{UserError, outcome, payload, refused};

/// What is known of a customer besides its name.
pub struct CustomerProfile(customer_profile::Model);

impl From<customer_profile::Model> for CustomerProfile {
    fn from(row: customer_profile::Model) -> Self {
        Self(row)
    }
}

/// Who a customer is in law, and which office owns it.
#[Object]
impl CustomerProfile {
    /// Its name in law, as its account was verified.
    async fn legal_name(&self) -> &str {
        &self.0.legal_name
    }

    /// Its unified social credit code.
    async fn credit_code(&self) -> Option<&str> {
        self.0.credit_code.as_deref()
    }

    /// Whether it is an enterprise: persons earn no opportunity incentive.
    async fn enterprise(&self) -> bool {
        self.0.enterprise
    }

    /// The office that owns it: opportunities with it go there.
    async fn office(&self, ctx: &Context<'_>) -> Option<Result<Office>> {
        super::node::load(ctx, self.0.office_id?).await.transpose()
    }

    /// Its owner at the vendor, as tokens name it.
    async fn owner(&self) -> Option<&str> {
        self.0.owner.as_deref()
    }

    /// The province it is in; empty if not known.
    async fn province(&self) -> &str {
        &self.0.province
    }

    /// The city it is in; empty if not known.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A customer's profile as it shall be.
#[derive(InputObject)]
pub struct CustomerProfileSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer.
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
    /// The office that owns it: opportunities with it go there.
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

payload! {
    /// What came of it.
    CustomerProfileSetPayload {
        /// The customer as it is now.
        customer: Customer
    }
}

/// A file of profiles.
#[derive(InputObject)]
pub struct CustomerProfileImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// CSV of 1 to 1000 rows. Its header names the columns, in any order: customer_id and legal_name, and as wanted
    /// credit_code, enterprise (true or false; true if empty), office (its short name), owner, province, city. What
    /// stands empty is not known any more.
    csv: String,
    /// What becomes of the other rows when one is wrong.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// What became of a row.
#[derive(SimpleObject)]
pub struct CustomerProfileImportRow {
    /// The line of the file on which it stands; the header is line 1.
    line: u64,
    /// The customer; null if there is none with the id.
    customer_id: Option<ID>,
    /// Whether its profile is another now; false if the row says what was known, or is wrong.
    changed: bool,
    /// What is wrong with it; empty if nothing is.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct CustomerProfileImportPayload {
    /// A row for each row of the file; empty if nothing was tried.
    rows: Vec<CustomerProfileImportRow>,
    /// Why nothing was taken in; empty if rows were.
    user_errors: Vec<UserError>,
}

/// Changes of what is known of customers.
#[derive(Default)]
pub struct CustomerProfileMutation;

#[Object(guard = "root(\"Mutation\")")]
impl CustomerProfileMutation {
    /// Says who a customer is in law, and which office owns it. Opportunities sent from now on go by it, and claims.
    async fn customer_profile_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The profile as it shall be.")] input: CustomerProfileSetInput,
    ) -> Result<CustomerProfileSetPayload> {
        let mut checks = Checks::default();
        let customer_id = checks.id("customerId", &input.customer_id);
        let office_id = checks.optional_id("officeId", input.office_id.as_ref());
        let wish = SetCustomerProfile {
            customer_id,
            expected_version: input.expected_version,
            profile: Profile {
                legal_name: input.legal_name,
                credit_code: input.credit_code,
                enterprise: input.enterprise,
                office_id,
                owner: input.owner,
                province: input.province,
                city: input.city,
            },
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                profile::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), wish).await
            }
        };
        CustomerProfileSetPayload::of(ctx, result, Some(&input.customer_id)).await
    }

    /// The same of many, from a file.
    async fn customer_profile_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: CustomerProfileImportInput,
    ) -> Result<CustomerProfileImportPayload> {
        let import = ImportProfiles { csv: input.csv, policy: input.policy.into() };
        let key = Some(input.idempotency_key.as_str());
        let result = customer_import::import(store(ctx)?, &write_context(ctx)?, key, import).await;
        let (done, user_errors) = outcome(ctx, result, None).await?;
        let mut rows = Vec::new();
        for row in done.unwrap_or_default() {
            rows.push(told(ctx, row).await?);
        }
        Ok(CustomerProfileImportPayload { rows, user_errors })
    }
}

async fn told(ctx: &Context<'_>, row: ProfileImported) -> Result<CustomerProfileImportRow> {
    let ProfileImported { line, customer_id, changed, refusals } = row;
    let user_errors = refused(ctx, &refusals, None).await?;
    let customer_id = customer_id.map(|id| id.to_string().into());
    Ok(CustomerProfileImportRow { line, customer_id, changed, user_errors })
}
