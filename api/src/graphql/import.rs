//! Imports of bill files: progress, receipt, rejected rows.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::reading::{self, Key};
use domain::source::RejectCode;
use entity::{ImportId, bill_import};

use super::caller::{allowed, lang, root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::ImportState;
use super::filter::{DateTimeFilter, ImportStateFilter, StringFilter, Wanted, filter, order};
use super::import_receipt::ImportReceipt;
use super::scalars::{BigInt, DateTime};

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
            posted_rows: BigInt(self.0.rows_posted),
        }
    }

    /// What came of every row so far, and what it was worth.
    async fn receipt(&self) -> ImportReceipt {
        ImportReceipt::from(self.0.clone())
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
            let (list, at) = (reading::import::rejects(scope(ctx)?), ("import_id", self.0.id.0));
            let order =
                reading::Order { name: "rejects".into(), keys: vec![Key::int("line_no")], descending: false };
            Found::below(
                ctx,
                at,
                list,
                Ok(reading::Predicate::always()),
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
    /// Rows that went through posting so far: it begins when the whole file was read and sorted. At the end it is
    /// the rows read less the rejected ones.
    posted_rows: BigInt,
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
                reading::import::list(scope(ctx)?),
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
