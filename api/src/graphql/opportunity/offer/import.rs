//! Taking in many opportunities of the vendor at once, from its CRM.

use async_graphql::{ID, InputObject};
use domain::opportunity::intake::crm_import::{self, Import, Imported};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::BulkPolicy;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, told};

/// The outcome for a row of the file.
struct Row {
    imported: Imported,
    errors: Vec<UserError>,
}

impl Shown for Row {
    const NAME: &'static str = "OpportunityImportRow";

    fn object() -> Object<Self> {
        Object::<Self>::new("The outcome for a row of the file.")
            .field("line", "The number of its line in the file; the header is line 1.", |row| row.imported.line)
            .text("crmNo", "Its number in the CRM.", |row| &row.imported.crm_no)
            .field("opportunityId", "The id of the opportunity; null if the row is wrong.", |row| row.imported.id)
            .field(
                "made",
                "Whether the opportunity is new; false if its number was taken in before: then nothing changes.",
                |row| row.imported.made,
            )
            .user_errors("What is wrong with it; empty if nothing is.", |row| &row.errors)
    }
}

/// A file of the vendor's CRM.
#[derive(InputObject)]
pub(crate) struct OpportunityImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// CSV of 1 to 1000 rows. Its header names the columns, in any order: crm_no, name, customer_name, province,
    /// demand_tag and expected_sign_on, and as wanted shared_at, description, credit_code, city, industry,
    /// contact_name, contact_title, contact_phone, contact_email, services (with ; between them), need,
    /// decision_maker, budget_state, budget_amount, purchase_phase, expected_amount, currency, expected_delivery_on.
    csv: String,
    /// What becomes of the other rows when one is wrong.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for OpportunityImportInput {
    type Gives = Vec<Imported>;
    const NAME: &'static str = "opportunityImport";
    const DOC: &'static str = "Makes opportunities of the vendor known from a file of its CRM; they are then to be offered. A number that was \
         taken in before changes nothing.";
    const INPUT: &'static str = "The file.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.said_objects(
            "rows",
            "A row for each row of the file; empty if nothing was tried.",
            |changed, env| {
                let row = |row: &Imported| Row {
                    imported: row.clone(),
                    errors: told::<OpportunityImportInput>(env, &row.refusals, None),
                };
                changed.done.iter().flatten().map(row).collect()
            },
        )
    }

    async fn change(self, env: &Env) -> domain::Result<Vec<Imported>> {
        let import = Import { csv: self.csv, policy: self.policy.0 };
        crm_import::import(&env.store, &env.context(), Some(&self.idempotency_key), import).await
    }
}

/// Adds the import.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityImportInput>()
}
