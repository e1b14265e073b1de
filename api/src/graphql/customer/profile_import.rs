//! Files of customers' profiles.

use async_graphql::{ID, InputObject};
use domain::programme::customer_import::{self, ImportProfiles, ProfileImported};
use entity::CustomerId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::BulkPolicy;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, told};

/// A row of a file of profiles after the import, with the refusals in words.
#[derive(Clone)]
struct ImportedRow {
    line: u64,
    customer_id: Option<CustomerId>,
    changed: bool,
    errors: Vec<UserError>,
}

impl ImportedRow {
    fn of(env: &Env, row: ProfileImported) -> Self {
        let errors = told::<CustomerProfileImportInput>(env, &row.refusals, None);
        Self { line: row.line, customer_id: row.customer_id, changed: row.changed, errors }
    }
}

impl Shown for ImportedRow {
    const NAME: &'static str = "CustomerProfileImportRow";

    fn object() -> Object<Self> {
        Object::<Self>::new("A row of a file of profiles, and what was done with it.")
            .field("line", "The line of the file on which it stands; the header is line 1.", |row| row.line)
            .field("customerId", "The customer it names; null if there is none with the id.", |row| {
                row.customer_id
            })
            .field(
                "changed",
                "Whether the profile is another now; false if the row says what was known, or is wrong.",
                |row| row.changed,
            )
            .user_errors("What is wrong with the row; empty if nothing is.", |row| &row.errors)
    }
}

/// A file of profiles.
#[derive(InputObject)]
pub(crate) struct CustomerProfileImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// CSV of 1 to 1000 rows. Its header names the columns, in any order: customer_id and legal_name, and as wanted
    /// credit_code, enterprise (true or false; true if empty), office (its short name), owner, province, city. What
    /// stands empty is not known any more.
    csv: String,
    /// What becomes of the other rows when one is wrong.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for CustomerProfileImportInput {
    type Gives = Vec<ProfileImported>;
    const NAME: &'static str = "customerProfileImport";
    const DOC: &'static str = "Sets the profiles of many customers, from a file.";
    const INPUT: &'static str = "The file, and what becomes of it when a row is wrong.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.said_objects(
            "rows",
            "A row for each row of the file; empty if nothing was tried.",
            |changed, env| {
                let rows = changed.done.iter().flatten().cloned();
                rows.map(|row| ImportedRow::of(env, row)).collect()
            },
        )
    }

    async fn change(self, env: &Env) -> domain::Result<Vec<ProfileImported>> {
        let import = ImportProfiles { csv: self.csv, policy: self.policy.0 };
        customer_import::import(&env.store, &env.context(), Some(&self.idempotency_key), import).await
    }
}

/// Adds the import of profiles.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CustomerProfileImportInput>()
}
