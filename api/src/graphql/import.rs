//! Imports of bill files: progress, receipt, rejected rows.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::import::create::{self, NewImport};
use domain::read::{self, Key};
use domain::source::RejectCode;
use entity::{ImportId, bill_import};

use super::caller::{allowed, lang, loaders, root, scope, store, write_context};
use super::connection::{Found, Paging, connection};
use super::enums::ImportState;
use super::errors::OrFail;
use super::filter::{DateTimeFilter, ImportStateFilter, StringFilter, Wanted, filter, order};
use super::loaders::TotalsOf;
use super::money::decimal;
use super::scalars::{BigInt, CurrencyCode, DateTime, Decimal};
use super::user_error::{UserError, outcome};

/// An import of a bill file.
#[derive(Clone)]
pub struct Import(pub(crate) bill_import::Model);

impl From<bill_import::Model> for Import {
    fn from(row: bill_import::Model) -> Self {
        Self(row)
    }
}

/// An import of a bill file, from its creation to its receipt.
#[Object]
impl Import {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Name of the file, for people.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// Whether what the file bills is paid.
    async fn settled(&self) -> bool {
        self.0.settled
    }

    /// Provider of native rows that name none.
    async fn native_provider(&self) -> &str {
        &self.0.native_provider
    }

    /// What the file turned out to be, e.g. "FOCUS 1.0 CSV"; null until it was read.
    async fn format(&self) -> Option<&str> {
        self.0.format.as_deref()
    }

    /// Where it stands.
    async fn state(&self) -> ImportState {
        self.0.state.into()
    }

    /// How far it is.
    async fn progress(&self) -> ImportProgress {
        ImportProgress {
            total_bytes: BigInt(self.0.total_bytes),
            read_bytes: BigInt(self.0.read_bytes),
            rows: BigInt(self.0.rows_read),
        }
    }

    /// What came of every row so far, and what it was worth.
    async fn receipt(&self) -> ImportReceipt {
        ImportReceipt(self.0.clone())
    }

    /// The rows that were not taken in, in the order of the file.
    async fn rejects(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<ImportRejectConnection>> {
        let below = async {
            let (list, at) = (read::import::rejects(scope(ctx)?), ("import_id", self.0.id.0));
            let order =
                read::Order { name: "rejects".into(), keys: vec![Key::int("line_no")], descending: false };
            Found::below(
                ctx,
                at,
                list,
                Ok(read::Predicate::always()),
                order,
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(ImportRejectConnection))
    }

    /// Where the rejected rows can be downloaded as CSV, relative to the API's own address; null if there are
    /// none. The same bearer token opens it.
    async fn rejects_download_url(&self) -> Option<String> {
        (self.0.rows_rejected > 0).then(|| format!("/imports/{}/rejects.csv", self.0.id))
    }

    /// Why it failed: a stable code.
    async fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// Why it failed, in words; null for a failure on our side, which the log explains.
    async fn error_detail(&self) -> Option<&str> {
        let internal = self.0.error_code.as_deref() == Some("INTERNAL");
        self.0.error_detail.as_deref().filter(|_| !internal)
    }

    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ended; null until then.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }
}

/// How far an import is.
#[derive(SimpleObject)]
pub struct ImportProgress {
    /// Size of the file in bytes, 0 if unknown.
    total_bytes: BigInt,
    /// Bytes read so far.
    read_bytes: BigInt,
    /// Rows read so far.
    rows: BigInt,
}

/// The receipt of an import.
pub struct ImportReceipt(bill_import::Model);

/// The receipt of an import: what came of every row, and to the last decimal what it was worth.
#[Object]
impl ImportReceipt {
    /// Rows read: accepted, duplicate and rejected ones.
    async fn rows_read(&self) -> BigInt {
        BigInt(self.0.rows_read)
    }

    /// Rows that became payments.
    async fn rows_accepted(&self) -> BigInt {
        BigInt(self.0.rows_accepted)
    }

    /// Rows that an earlier import had already brought.
    async fn rows_duplicate(&self) -> BigInt {
        BigInt(self.0.rows_duplicate)
    }

    /// Rows that could not be understood.
    async fn rows_rejected(&self) -> BigInt {
        BigInt(self.0.rows_rejected)
    }

    /// Accepted rows of accounts that belonged to nobody; they wait until the account is linked.
    async fn rows_unmatched(&self) -> BigInt {
        BigInt(self.0.rows_unmatched)
    }

    /// SHA-256 of the file; null until it was read to its end.
    async fn digest(&self) -> Option<&str> {
        self.0.digest.as_deref()
    }

    /// What the rows were worth, by currency.
    async fn totals(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportTotal>>> {
        let rows = async { loaders(ctx)?.load_one(TotalsOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(ImportTotal::from).collect()))
    }
}

/// What the rows of an import were worth in one currency.
#[derive(SimpleObject)]
pub struct ImportTotal {
    /// The currency.
    currency_code: CurrencyCode,
    /// Sum of all readable rows of the file, exact.
    source_total: Decimal,
    /// Sum of the accepted rows, exact.
    accepted_total: Decimal,
    /// Sum of what was stored: the accepted total, rounded once to six decimals.
    stored_total: Decimal,
}

impl From<entity::import_total::Model> for ImportTotal {
    fn from(row: entity::import_total::Model) -> Self {
        Self {
            currency_code: CurrencyCode(row.currency),
            source_total: Decimal(row.source_total),
            accepted_total: Decimal(row.accepted_total),
            stored_total: decimal(row.stored_micros, 2),
        }
    }
}

/// A row that was not taken in.
#[derive(Clone)]
pub struct ImportReject(entity::import_reject::Model);

impl From<entity::import_reject::Model> for ImportReject {
    fn from(row: entity::import_reject::Model) -> Self {
        Self(row)
    }
}

/// A row of a file that was not taken in, and why.
#[Object]
impl ImportReject {
    /// CSV: the line where the row starts, the header being line 1. Parquet: the row, from 1.
    async fn line_no(&self) -> BigInt {
        BigInt(self.0.line_no)
    }

    /// The column at fault, where there is one.
    async fn column(&self) -> Option<&str> {
        self.0.column_name.as_deref()
    }

    /// Why; stable.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What is wrong and how to cure it, in the request's language.
    async fn message(&self, ctx: &Context<'_>) -> String {
        RejectCode::from_code(&self.0.code).map_or_else(
            || self.0.detail.clone(),
            |code| code.message(lang(ctx), self.0.column_name.as_deref(), &self.0.detail),
        )
    }

    /// The row as it stands in the file; bytes that are no text are replaced.
    async fn raw(&self) -> String {
        String::from_utf8_lossy(&self.0.raw).into_owned()
    }
}

connection! {
    /// A page of rejected rows.
    ImportRejectConnection,
    /// A rejected row with its cursor.
    ImportRejectEdge, ImportReject, entity::import_reject::Model
}

connection! {
    /// A page of imports.
    ImportConnection,
    /// An import with its cursor.
    ImportEdge, Import, bill_import::Model
}

filter! {
    /// Which imports.
    ImportFilter {
        /// By state.
        state: ImportStateFilter => |f| f.on("state"),
        /// By name of the file.
        file_name: StringFilter => |f| f.on("file_name"),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of imports.
    ImportOrder,
    /// What imports are ordered by.
    ImportOrderField of "imports" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about imports.
#[derive(Default)]
pub struct ImportQuery;

#[Object(guard = "root(\"Query\")")]
impl ImportQuery {
    /// An import by id.
    async fn import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Option<Result<Import>> {
        let id: ImportId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The imports, newest first.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<ImportFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<ImportOrder>,
    ) -> Option<Result<ImportConnection>> {
        let list = async {
            Found::list(
                ctx,
                read::import::list(scope(ctx)?),
                Wanted::of(filter),
                ImportOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(ImportConnection))
    }
}

/// The import a payment came with, for those who may see imports.
pub(crate) async fn visible(ctx: &Context<'_>, id: ImportId) -> Result<Option<Import>> {
    if !allowed(ctx, "Query.import")? {
        return Ok(None);
    }
    super::node::load(ctx, id).await
}

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
