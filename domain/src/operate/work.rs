//! What a worker does when a bell rings. The bell carries only an id; whether there is anything to do, and
//! what, stands in the database.

use entity::timestamp::{DAY, HOUR, MINUTE};
use entity::{ExportId, ImportId, Month, RunId, RunKind, Timestamp, settlement_month};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::error::{Code, Error, Result};
use crate::kernel::store::{Store, exec, query};
use crate::kernel::write::Context;
use crate::money::incentive::confirm::confirm_due;
use crate::money::incentive::expire::expire_due;
use crate::money::incentive::feedback::hold::open_in_month;
use crate::money::incentive::request::request_automatically;
use crate::money::incentive::unfreeze::{note_paid, release_due};
use crate::money::market::bill_out;
use crate::money::payout::{self, Gateway};
use crate::operate::deadline;
use crate::performance::import::ingest::{Source, ingest};
use crate::performance::import::{claim, upload};
use crate::performance::recompute::recompute_some;
use crate::programme::demo_clock;
use crate::programme::settings;
use crate::settlement::importing::under_way;
use crate::settlement::run;
use crate::settlement::start::{StartRun, start};

/// Idempotency keys are kept this long.
const KEYS_KEPT: i64 = 30 * DAY;
/// A turn taken later than this from now was taken before the clock went back.
const CLOCKS_DIFFER: i64 = 5 * MINUTE;
/// Batches of dirty customers that one tick works in.
const DIRTY_BATCHES: usize = 20;

/// Something that waits for a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// An import.
    Import(ImportId),
    /// A settlement run.
    Settle(RunId),
    /// An export.
    Export(ExportId),
}

/// Looks what is due: makes the runs that the schedule asks for, confirms bills by deadline, works in changes
/// of history, and returns the imports and runs that wait. Payouts go to `gateway`.
pub async fn tick(store: &Store, gateway: &Gateway) -> Result<Vec<Due>> {
    demo_clock::refresh(store).await?;
    schedule(store).await?;
    deadline::work(store).await?;
    confirm_due(store).await?;
    if take_turn(store, "note-paid", HOUR).await? {
        note_paid(store).await?;
    }
    release_due(store).await?;
    expire_due(store).await?;
    if take_turn(store, "automatic-requests", DAY).await? {
        request_automatically(store).await?;
    }
    bill_out::work(store).await?;
    for _ in 0..DIRTY_BATCHES {
        if recompute_some(store).await? == 0 {
            break;
        }
    }
    payout::round(store, gateway).await?;
    if take_turn(store, "tidy", HOUR).await? {
        claim::tidy(store).await?;
        crate::reading::export::claim::tidy(store).await?;
        let before = store.clock.now().plus(-KEYS_KEPT);
        exec(store.db(), "DELETE FROM idempotency_key WHERE created_at < $1", [before.0.into()]).await?;
        if let Err(error) = crate::reading::files::tidy::tidy(store).await {
            // A file store that is away holds nothing up; the rows say what is left to delete.
            tracing::warn!(%error, "deleted files are left until the next hour");
        }
    }
    let imports = claim::due(store).await?.into_iter().map(Due::Import);
    let runs = run::due(store).await?.into_iter().map(Due::Settle);
    let exports = crate::reading::export::claim::due(store).await?.into_iter().map(Due::Export);
    Ok(imports.chain(runs).chain(exports).collect())
}

/// Takes an uploaded import in, then asks for an estimate of the months it touched.
pub async fn import(store: &Store, id: ImportId) -> Result<()> {
    let import = crate::performance::import::ingest::load(store, id).await?;
    if import.upload_token_hash.is_none() || !claim::due(store).await?.contains(&id) {
        return Ok(());
    }
    let mut file = tempfile::NamedTempFile::new()?;
    if upload::copy_to(store, id, file.as_file_mut()).await? != import.total_bytes {
        let claimed = claim::claim(store, id).await?;
        let detail = "Parts of the uploaded file are missing. Upload it again as a new import.";
        return claim::fail(store, id, claimed.generation, "UPLOAD_INCOMPLETE", detail).await;
    }
    let done = ingest(store, id, Source::File(file.path().to_path_buf()), |_| {}).await?;
    tracing::info!(import = %id, state = %done.state, accepted = done.rows_accepted, "import ended");
    crate::kernel::crash::point("import.estimate");
    estimate_after_import(store, id).await
}

/// Asks for an estimate of every open month the import brought payments for.
pub async fn estimate_after_import(store: &Store, id: ImportId) -> Result<()> {
    let sql = "SELECT DISTINCT m.month FROM settlement_month m WHERE m.closed = $1 AND EXISTS \
               (SELECT 1 FROM consumption_payment p WHERE p.month = m.month AND p.import_id = $2)";
    for row in query(store.db(), sql, [false.into(), id.0.into()]).await? {
        ask_for(store, "estimate-after-import", Month(row.try_get_by_index(0)?), RunKind::Estimate).await?;
    }
    Ok(())
}

/// Carries a run on.
pub async fn settle(store: &Store, id: RunId, owner: &str) -> Result<()> {
    let run = run::advance(store, id, owner, |_| {}).await?;
    tracing::info!(run = %id, state = %run.state, phase = run.phase.name(), "settlement run stands");
    Ok(())
}

/// Writes an export.
pub async fn export(store: &Store, id: ExportId) -> Result<()> {
    crate::reading::export::export(store, id).await
}

/// The programme's calendar: a nightly estimate of open months, the draft and the final on their days. Days
/// are days of the programme's time zone.
async fn schedule(store: &Store) -> Result<()> {
    let programme = settings::load(store.db()).await?;
    let zone = settings::zone(&programme)?;
    let now = store.clock.now();
    let open = settlement_month::Entity::find()
        .filter(settlement_month::Column::Closed.eq(false))
        .order_by_asc(settlement_month::Column::Month)
        .all(store.db())
        .await?;
    for (turn, kind, day) in
        [("draft", RunKind::Draft, programme.draft_day), ("final", RunKind::Final, programme.final_day)]
    {
        for row in &open {
            let wanted = if kind == RunKind::Draft {
                row.state < entity::MonthState::Draft
            } else {
                row.state == entity::MonthState::Draft
            };
            if wanted
                && now >= day_after(row.month, day, &zone)
                // The turn is not spent on what holds it up: the month is made final as soon as that is over.
                && (kind != RunKind::Final || final_may_come(store, row.month, now).await?)
                && take_turn(store, &format!("{turn}:{}", row.month), HOUR).await?
            {
                ask_for(store, turn, row.month, kind).await?;
            }
        }
    }
    if let Some(month) = bill_out::wanted(store).await?
        && under_way(store.db(), now).await?.is_none()
        && take_turn(store, &format!("bill-out:{month}"), HOUR).await?
    {
        bill_out::ask(store, &Context::system("bill-out"), None, bill_out::BillOut { month }).await?;
    }
    for row in open.iter().filter(|row| row.starts_at <= now && row.state < entity::MonthState::Draft) {
        if take_turn(store, &format!("nightly-estimate:{}", row.month), DAY).await? {
            ask_for(store, "nightly-estimate", row.month, RunKind::Estimate).await?;
        }
    }
    Ok(())
}

/// `true` unless an import is under way, or a partner waits for an answer about a bill of the month.
async fn final_may_come(store: &Store, month: Month, now: Timestamp) -> Result<bool> {
    Ok(under_way(store.db(), now).await?.is_none() && !open_in_month(store.db(), month).await?)
}

/// Midnight of `day` of the month after `month`, by the calendar of `zone`: days there may have 23 or 25 hours.
fn day_after(month: Month, day: i16, zone: &jiff::tz::TimeZone) -> Timestamp {
    let first = month.next().starts_at(zone);
    jiff::Timestamp::from_microsecond(first.0)
        .ok()
        .and_then(|at| at.to_zoned(zone.clone()).checked_add(jiff::Span::new().days(day - 1)).ok())
        .map_or(first, |at| Timestamp(at.timestamp().as_microsecond()))
}

/// Starts a run unless one lives already or the month does not allow it.
async fn ask_for(store: &Store, why: &str, month: Month, kind: RunKind) -> Result<()> {
    match start(store, &Context::system(why), None, StartRun { month, kind }).await {
        Ok(_) => Ok(()),
        Err(Error::Refused(refusals)) if refusals.iter().all(|r| expected(r.code)) => Ok(()),
        Err(error) => Err(error),
    }
}

const fn expected(code: Code) -> bool {
    matches!(
        code,
        Code::RunExists
            | Code::MonthClosed
            | Code::MonthNotOver
            | Code::EarlierMonthOpen
            | Code::ImportRunning
    )
}

/// `true` for the one process that may do `name` now; the next turn comes after `every` microseconds. A turn
/// that an operator set to the end of time is held: nobody takes it.
async fn take_turn(store: &Store, name: &str, every: i64) -> Result<bool> {
    let now = store.clock.now();
    let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE \
               SET last_at = excluded.last_at WHERE schedule.last_at <= $3 OR (schedule.last_at > $4 AND schedule.last_at < $5)";
    let values = [
        name.into(),
        now.0.into(),
        now.plus(-every).0.into(),
        now.plus(CLOCKS_DIFFER).0.into(),
        Timestamp::FOREVER.0.into(),
    ];
    let mine = exec(store.db(), sql, values).await?.rows_affected() > 0;
    if mine {
        crate::kernel::crash::point("schedule.turn");
    }
    Ok(mine)
}
