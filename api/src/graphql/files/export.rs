//! Exports: asked for, followed, fetched.

use crate::graphql::Ring;
use async_graphql::{ID, InputObject};
use domain::reading::export::create::{NewExport, create};
use domain::reading::export::{ExportFilter as Wish, message};
use domain::reading::{self, Key};
use entity::stored_file;
use entity::{ExportId, export_job};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::DateTimeFilter;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{ExportFormat, ExportStateFilter, ExportWhat, ExportWhatFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::{BigInt, Month};

impl Shown for export_job::Model {
    const NAME: &'static str = "Export";

    fn object() -> Object<Self> {
        Object::<Self>::new("A job that writes data out, as of one instant, into a file that is kept for three days.")
            .node(|row| row.id)
            .field("what", "The kind of rows that are written.", |row| Choice(row.what))
            .field("format", "The format of the file.", |row| Choice(row.format))
            .field("state", "The state of the export.", |row| Choice(row.state))
            .object("progress", "The progress so far.", |job| ExportProgress {
 rows: BigInt(job.rows_done), total: job.rows_total.map(BigInt), bytes: BigInt(job.bytes) })
.column("file", "The file it became; null until it is completed.", |env, jobs, _| Box::pin(files(env, jobs)))
.values("sha256", "SHA-256 of the file in hexadecimal; null until it is completed.", |env, jobs, _| Box::pin(async move { Ok(files(env, jobs).await?.into_iter().map(|file| file.and_then(|file| file.sha256)).collect()) }))
.values("downloadUrl", "Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new one. Null until the export is completed, and once the file is deleted.", |env, jobs, _| Box::pin(async move { Ok(files(env, jobs).await?.into_iter().map(|file| file.and_then(|file| super::file::url(&file, env))).collect()) }))
            .field("expiresAt", "When the file is deleted; before completion, when the export is given up.", |row| row.expires_at)
            .maybe_text("errorCode", "A stable code of why it failed or does not go on for now; null otherwise.", |row| row.error_code.as_deref())
.said("errorDetail", "The same in words, in the request's language.", |job, env| job.error_code.as_deref().map(|code| message(code, env.lang())))
            .text("createdBy", "The person who asked for it.", |row| &row.created_by)
            .field("createdAt", "The instant at which it was asked for.", |row| row.created_at)
            .field("finishedAt", "The instant at which it completed or failed; null until then.", |row| row.finished_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<ExportId, _>("export", "An export by id.", "The export's id.").list(
        "exports",
        "The exports, newest first: a partner's own, operators see all.",
        |env| reading::exports::list(env.scope),
    )
}

/// How far an export is.
pub(crate) struct ExportProgress {
    rows: BigInt,
    total: Option<BigInt>,
    bytes: BigInt,
}

impl Shown for ExportProgress {
    const NAME: &'static str = "ExportProgress";

    fn object() -> Object<Self> {
        Object::<Self>::new("How far an export is.")
            .field("rows", "Rows written so far.", |row| row.rows)
            .field("total", "Rows there are; null while they are not counted.", |row| row.total)
            .field("bytes", "Bytes written so far.", |row| row.bytes)
    }
}

impl Paged for export_job::Model {
    const PAGE: &'static str = "A page of exports.";
    const EDGE: &'static str = "An export with its cursor.";
}

impl Listable for export_job::Model {
    fn list() -> List {
        List {
            filter: Filter::new("ExportFilter", "Conditions on exports.")
                .by("what", "By what is written.", |f: &ExportWhatFilter| f.on("what"))
                .by("state", "By state.", |f: &ExportStateFilter| f.on("state"))
                .by("createdAt", "By when it was asked for.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new("exports", "ExportOrder", "The order of exports.")
                .by("CREATED_AT", "When it was asked for.", [Key::int("created_at"), Key::int("id")])
                .descending(),
        }
    }
}

/// Which rows to write; all of them must hold. Nothing means everything the caller sees.
#[derive(InputObject)]
pub(crate) struct ExportRowsInput {
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
pub(crate) struct ExportCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What.
    what: ExportWhat,
    /// How.
    format: ExportFormat,
    /// Which rows.
    filter: Option<ExportRowsInput>,
}

impl Change for ExportCreateInput {
    type Gives = ExportId;
    const NAME: &'static str = "exportCreate";
    const DOC: &'static str = "Asks for data to be written out. Only rows that the caller sees are written.";
    const INPUT: &'static str = "What to write, and how.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("export", "The new export; it waits for a worker.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let filter = self.filter.map_or_else(Wish::default, |rows| Wish {
            month: rows.month.map(|month| month.0),
            partner_id: checks.optional_id("partnerId", rows.partner_id.as_ref()),
            customer_id: checks.optional_id("customerId", rows.customer_id.as_ref()),
        });
        checks.done()?;
        let new = NewExport { what: self.what.0, format: self.format.0, filter };
        let id = create(&env.store, &env.context(), &self.idempotency_key, new).await?;
        env.ring(Ring::Export(id));
        Ok(id)
    }
}

/// The file of each job that is completed.
async fn files(env: &Env, jobs: &[export_job::Model]) -> Outcome<Vec<Option<stored_file::Model>>> {
    let completed = |job: &export_job::Model| job.state == entity::ExportState::Completed;
    let found = env.load(jobs.iter().filter(|job| completed(job)).map(|job| job.file_id).collect()).await?;
    Ok(jobs.iter().map(|job| found.get(&job.file_id).filter(|_| completed(job)).cloned()).collect())
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<ExportCreateInput>()
}
