//! Making imports.

use async_graphql::{ID, InputObject};
use domain::kernel::error::{Code, Refusal};
use domain::performance::import::create::{self, Created, Mode, NewImport};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::BigInt;

/// An import to be made.
#[derive(InputObject)]
pub(crate) struct ImportCreateInput {
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
    /// The column that holds the provider's own id of a line, e.g. "x_LineItemId"; the format's own if not given.
    line_id_column: Option<String>,
    /// The file is the whole truth for its accounts and months: what is in and not in the file is taken back.
    #[graphql(default)]
    replace: bool,
    /// Only with replace: nothing is written, and the receipt says what would be.
    #[graphql(default)]
    dry_run: bool,
}

impl Change for ImportCreateInput {
    type Gives = Created;
    const NAME: &'static str = "importCreate";
    const DOC: &'static str = "Makes an import and gives the address to put its file.";
    const INPUT: &'static str = "What is known of the file.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields
            .one("import", "The new import; it waits for its file.", |changed| {
                changed.done.as_ref().map(|created| created.id)
            })
            .field(
                "uploadUrl",
                "The address to PUT the file, once, within a day; relative to the API's own.",
                |changed| changed.done.as_ref().map(|created| format!("/uploads/{}", created.token)),
            )
    }

    async fn change(self, env: &Env) -> domain::Result<Created> {
        let mode = match (self.replace, self.dry_run) {
            (false, false) => Mode::Add,
            (true, false) => Mode::Replace,
            (true, true) => Mode::ReplaceDry,
            (false, true) => return Err(Refusal::at("dryRun", Code::Invalid, "only with replace").into()),
        };
        let new = NewImport {
            file_name: self.file_name,
            settled: self.settled,
            native_provider: self.native_provider,
            total_bytes: self.total_bytes.0.max(0),
            line_id: self.line_id_column,
            mode,
        };
        create::create(&env.store, &env.context(), &self.idempotency_key, new).await
    }
}

/// Adds the changes of imports.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<ImportCreateInput>()
}
