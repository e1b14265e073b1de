//! Exports: asked for, followed, fetched.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::reading::export::create::{NewExport, create};
use domain::reading::export::{ExportFilter as Wish, message};
use domain::reading::{self, Key};
use entity::{ExportId, export_job};

use super::Ring;
use super::caller::{lang, root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::enums::{ExportFormat, ExportState, ExportWhat};
use super::file::StoredFile;
use super::filter::{DateTimeFilter, ExportStateFilter, ExportWhatFilter, Wanted, filter, order};
use super::scalars::{BigInt, DateTime, Month};
use super::user_error::payload;

/// A job that writes data out.
#[derive(Clone)]
pub struct Export(pub(crate) export_job::Model);

impl From<export_job::Model> for Export {
    fn from(row: export_job::Model) -> Self {
        Self(row)
    }
}

impl Export {
    async fn load_file(&self, ctx: &Context<'_>) -> Result<Option<StoredFile>> {
        super::node::load(ctx, self.0.file_id).await
    }
}

/// A job that writes data out, as of one instant, into a file that is kept for three days.
#[Object]
impl Export {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What is written.
    async fn what(&self) -> ExportWhat {
        self.0.what.into()
    }

    /// How.
    async fn format(&self) -> ExportFormat {
        self.0.format.into()
    }

    /// Where it stands.
    async fn state(&self) -> ExportState {
        self.0.state.into()
    }

    /// How far it is.
    async fn progress(&self) -> ExportProgress {
        let job = &self.0;
        let total = job.rows_total.map(BigInt);
        ExportProgress { rows: BigInt(job.rows_done), total, bytes: BigInt(job.bytes) }
    }

    /// The file it became; null until it is completed.
    async fn file(&self, ctx: &Context<'_>) -> Option<Result<StoredFile>> {
        if self.0.state != entity::ExportState::Completed {
            return None;
        }
        self.load_file(ctx).await.transpose()
    }

    /// SHA-256 of the file in hexadecimal; null until it is completed.
    async fn sha256(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let file = self.load_file(ctx).await.transpose()?;
        file.map(|file| file.0.sha256).transpose()
    }

    /// Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new
    /// one. Null until the export is completed, and once the file is deleted.
    async fn download_url(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let file = self.load_file(ctx).await.transpose()?;
        file.map(|file| file.url(ctx)).transpose()
    }

    /// When the file is deleted; before completion, when the export is given up.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// Why it failed, or does not go on for now: a stable code.
    async fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// The same in words, in the request's language.
    async fn error_detail(&self, ctx: &Context<'_>) -> Option<&'static str> {
        self.0.error_code.as_deref().map(|code| message(code, lang(ctx)))
    }

    /// Who asked for it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it completed or failed; null until then.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }
}

/// How far an export is.
#[derive(SimpleObject)]
pub struct ExportProgress {
    /// Rows written so far.
    rows: BigInt,
    /// Rows there are; null while they are not counted.
    total: Option<BigInt>,
    /// Bytes written so far.
    bytes: BigInt,
}

connection! {
    /// A page of exports.
    ExportConnection,
    /// An export with its cursor.
    ExportEdge, Export, export_job::Model
}

filter! {
    /// Which exports.
    ExportFilter {
        /// By what is written.
        what: ExportWhatFilter => |f| f.on("what"),
        /// By state.
        state: ExportStateFilter => |f| f.on("state"),
        /// By when it was asked for.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of exports.
    ExportOrder,
    /// What exports are ordered by.
    ExportOrderField of "exports" {
        /// When it was asked for.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
    } default CreatedAt Desc
}

/// Which rows to write; all of them must hold. Nothing means everything the caller sees.
#[derive(InputObject)]
pub struct ExportRowsInput {
    /// Of this month: the one a line is posted in, a payment belongs to, a bill is for, an opportunity is expected to be
    /// signed in.
    month: Option<Month>,
    /// Of this partner: whose performance or bill it is. Not for payments.
    partner_id: Option<ID>,
    /// Of this customer. For lines, payments and opportunities only.
    customer_id: Option<ID>,
}

/// What to write, and how.
#[derive(InputObject)]
pub struct ExportCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What.
    what: ExportWhat,
    /// How.
    format: ExportFormat,
    /// Which rows.
    filter: Option<ExportRowsInput>,
}

payload! {
    /// What came of it.
    ExportCreatePayload {
        /// The new export; it waits for a worker.
        export: Export
    }
}

/// Queries about exports.
#[derive(Default)]
pub struct ExportQuery;

#[Object(guard = "root(\"Query\")")]
impl ExportQuery {
    /// An export by id.
    async fn export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The export's id.")] id: ID,
    ) -> Option<Result<Export>> {
        let id: ExportId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The exports, newest first: a partner's own, operators see all.
    async fn exports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<ExportFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<ExportOrder>,
    ) -> Option<Result<ExportConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::exports::list(scope(ctx)?),
                Wanted::of(filter),
                ExportOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(ExportConnection))
    }
}

/// Changes of exports.
#[derive(Default)]
pub struct ExportMutation;

#[Object(guard = "root(\"Mutation\")")]
impl ExportMutation {
    /// Asks for data to be written out. Only rows that the caller sees are written.
    async fn export_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to write, and how.")] input: ExportCreateInput,
    ) -> Result<ExportCreatePayload> {
        let result = ask(ctx, input).await?;
        if let Ok(id) = &result {
            super::ring(ctx, Ring::Export(*id));
        }
        ExportCreatePayload::of(ctx, result, None).await
    }
}

async fn ask(ctx: &Context<'_>, input: ExportCreateInput) -> Result<domain::Result<ExportId>> {
    let mut checks = Checks::default();
    let filter = input.filter.map_or_else(Wish::default, |rows| Wish {
        month: rows.month.map(|month| month.0),
        partner_id: checks.optional_id("partnerId", rows.partner_id.as_ref()),
        customer_id: checks.optional_id("customerId", rows.customer_id.as_ref()),
    });
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    let new = NewExport { what: input.what.into(), format: input.format.into(), filter };
    Ok(create(store(ctx)?, &write_context(ctx)?, &input.idempotency_key, new).await)
}
