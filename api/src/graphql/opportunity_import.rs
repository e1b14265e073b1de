//! The vendor's CRM hands over many opportunities at once.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::opportunity::intake::crm_import::{self, Import, Imported};

use super::caller::{root, store, write_context};
use super::payment_move::BulkMode;
use super::user_error::{UserError, outcome, refused};

/// A file of the vendor's CRM.
#[derive(InputObject)]
pub struct OpportunityImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// CSV of 1 to 1000 rows. Its header names the columns, in any order: crm_no, name, customer_name, province,
    /// demand_tag and expected_sign_on, and as wanted shared_at, description, credit_code, city, industry,
    /// contact_name, contact_title, contact_phone, contact_email, services (with ; between them), need,
    /// decision_maker, budget_state, budget_amount, purchase_phase, expected_amount, currency, expected_delivery_on.
    csv: String,
    /// What becomes of the other rows when one is wrong.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// What became of a row.
#[derive(SimpleObject)]
pub struct OpportunityImportRow {
    /// The line of the file on which it stands; the header is line 1.
    line: u64,
    /// Its number in the CRM.
    crm_no: String,
    /// The opportunity; null if the row is wrong.
    opportunity_id: Option<ID>,
    /// Whether it was made now; false if its number was taken in before: then nothing changes.
    made: bool,
    /// What is wrong with it; empty if nothing is.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityImportPayload {
    /// A row for each row of the file; empty if nothing was tried.
    rows: Vec<OpportunityImportRow>,
    /// Why nothing was taken in; empty if rows were.
    user_errors: Vec<UserError>,
}

/// Handing over many opportunities.
#[derive(Default)]
pub struct OpportunityImportMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityImportMutation {
    /// Makes opportunities of the vendor known from a file of its CRM: they stand to be offered. A number that was taken
    /// in before changes nothing.
    async fn opportunity_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: OpportunityImportInput,
    ) -> Result<OpportunityImportPayload> {
        let import = Import { csv: input.csv, policy: input.policy.into() };
        let key = Some(input.idempotency_key.as_str());
        let result = crm_import::import(store(ctx)?, &write_context(ctx)?, key, import).await;
        let (done, user_errors) = outcome(ctx, result, None).await?;
        let mut rows = Vec::new();
        for row in done.unwrap_or_default() {
            rows.push(told(ctx, row).await?);
        }
        Ok(OpportunityImportPayload { rows, user_errors })
    }
}

async fn told(ctx: &Context<'_>, row: Imported) -> Result<OpportunityImportRow> {
    let Imported { line, crm_no, id, made, refusals } = row;
    let user_errors = refused(ctx, &refusals, None).await?;
    let opportunity_id = id.map(|id| id.to_string().into());
    Ok(OpportunityImportRow { line, crm_no, opportunity_id, made, user_errors })
}
