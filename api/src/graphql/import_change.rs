//! Making imports.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::performance::import::create::{self, NewImport};

use super::caller::{root, store, write_context};
use super::import::Import;
use super::scalars::BigInt;
use super::user_error::{UserError, outcome};

/// An import to be made.
#[derive(InputObject)]
pub struct ImportCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Name of the file, for people; 1 to 255 bytes.
    file_name: String,
    /// Whether what the file bills is paid. Rows of an unpaid file count once their invoice is marked paid.
    settled: bool,
    /// Provider of native rows that name none.
    #[graphql(default)]
    native_provider: String,
    /// Size of the file in bytes, for progress; 0 if unknown.
    #[graphql(default_with = "BigInt(0)")]
    total_bytes: BigInt,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct ImportCreatePayload {
    /// The new import; it waits for its file.
    import: Option<Import>,
    /// Where to PUT the file, once, within a day; relative to the API's own address.
    upload_url: Option<String>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of imports.
#[derive(Default)]
pub struct ImportMutation;

#[Object(guard = "root(\"Mutation\")")]
impl ImportMutation {
    /// Makes an import and says where to put its file.
    async fn import_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of the file.")] input: ImportCreateInput,
    ) -> Result<ImportCreatePayload> {
        let new = NewImport {
            file_name: input.file_name,
            settled: input.settled,
            native_provider: input.native_provider,
            total_bytes: input.total_bytes.0.max(0),
        };
        let result = create::create(store(ctx)?, &write_context(ctx)?, &input.idempotency_key, new).await;
        let (created, user_errors) = outcome(ctx, result, None).await?;
        let Some(created) = created else {
            return Ok(ImportCreatePayload { import: None, upload_url: None, user_errors });
        };
        let import = super::node::load(ctx, created.id).await?;
        Ok(ImportCreatePayload {
            import,
            upload_url: Some(format!("/uploads/{}", created.token)),
            user_errors,
        })
    }
}
