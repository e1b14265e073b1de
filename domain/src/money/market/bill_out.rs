//! The bill-out of a month: on its day, or when operations ask for it. A row says that it shall happen; whoever
//! carries it out goes over the sellers in batches, each a transaction, and may be followed by another at any time.

use entity::timestamp::{HOUR, MINUTE};
use entity::{Month, PartnerId, Timestamp, settlement_bill_out};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::batch;
use super::open::{Sellers, strangers};
use super::withheld::replace_strangers;
use crate::kernel::backoff::doubled;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec, query, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::calendar::Calendar;
use crate::programme::settings;

/// The day of the next month on which a month is billed out, or the next working day (public pages).
pub const BILL_OUT_DAY: i16 = 3;
/// Sellers of one transaction: it holds SQLite's only write lock meanwhile.
pub const SELLERS_AT_ONCE: u64 = 500;
/// How long nobody else begins after a batch, in microseconds: a batch takes seconds.
const LEASE: i64 = 2 * MINUTE;
/// Longest wait between attempts, in microseconds.
const LONGEST_WAIT: i64 = HOUR;

/// Which month to bill out.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct BillOut {
    /// The month; it must be over.
    pub month: Month,
}

/// When a month is billed out, unless operations ask for it. PURE.
#[must_use]
pub fn due_at(month: Month, calendar: &Calendar) -> Timestamp {
    calendar.on_or_after_working(month, BILL_OUT_DAY)
}

/// The month whose turn it is, if it has not been asked for and anything was sold on the marketplace. Earlier months
/// need no bill-out of their own: the next one holds what they left.
pub(crate) async fn wanted(store: &Store) -> Result<Option<Month>> {
    let sold = "SELECT 1 FROM consumption_payment p WHERE p.marketplace IS NOT NULL LIMIT 1";
    if query_one(store.db(), sold, []).await?.is_none() {
        return Ok(None);
    }
    let (now, calendar) = (store.clock.now(), Calendar::load(store.db()).await?);
    let Some(running) = Month::containing(now, calendar.zone()) else { return Ok(None) };
    let last = running.previous();
    let month = if now >= due_at(last, &calendar) { last } else { last.previous() };
    Ok(load(store, month).await?.is_none().then_some(month))
}

/// The bill-out of a month, if it was ever asked for.
pub async fn load(store: &Store, month: Month) -> Result<Option<settlement_bill_out::Model>> {
    Ok(settlement_bill_out::Entity::find_by_id(month).one(store.db()).await?)
}

/// Asks for the bill-out of a month; a worker carries it out. Sellers that have a bill of the month keep it.
pub async fn ask(store: &Store, context: &Context, key: Option<&str>, input: BillOut) -> Result<Month> {
    let write = match Write::begin(store, context, "settlementBillOut", key, &input).await? {
        Begun::Replay(month) => return Ok(month),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    let zone = settings::zone(&settings::load(orm).await?)?;
    if write.now < input.month.ends_at(&zone) {
        return Err(Refusal::at("month", Code::MonthNotOver, input.month.to_string()).into());
    }
    let sql = "INSERT INTO settlement_bill_out (month, asked_by, asked_at, attempts, retry_at) VALUES ($1, $2, $3, 0, $3) \
               ON CONFLICT (month) DO UPDATE SET asked_by = excluded.asked_by, asked_at = excluded.asked_at, attempts = 0, \
               retry_at = excluded.retry_at, finished_at = NULL, error = NULL";
    let who = write.actor().subject.clone();
    exec(orm, sql, [input.month.0.into(), who.into(), write.now.0.into()]).await?;
    write.finish(store, &input.month.to_string(), None, &input, &input.month).await?;
    Ok(input.month)
}

/// The condition that a bill-out is due; `$1` is now.
pub(crate) const WAITS: &str =
    "EXISTS (SELECT 1 FROM settlement_bill_out WHERE finished_at IS NULL AND retry_at <= $1)";

/// Carries out what was asked for and is due. What goes wrong stands in the row, with the next attempt.
pub async fn work(store: &Store) -> Result<()> {
    let sql =
        "SELECT month FROM settlement_bill_out WHERE finished_at IS NULL AND retry_at <= $1 ORDER BY month";
    for row in query(store.db(), sql, [store.clock.now().0.into()]).await? {
        let month = Month(row.try_get_by_index(0)?);
        let Some(asked_at) = claim(store, month).await? else { continue };
        match go_over(store, &Context::system("bill-out"), month, Some(asked_at)).await {
            Ok(_) => {}
            Err(error) if error.is_retryable() => return Err(error),
            Err(error) => failed(store, month, &error).await?,
        }
    }
    Ok(())
}

/// When it was asked for, for the one process that may go on. The attempt is counted before the work.
async fn claim(store: &Store, month: Month) -> Result<Option<Timestamp>> {
    let now = store.clock.now();
    let sql = "UPDATE settlement_bill_out SET attempts = attempts + 1, retry_at = $1 \
               WHERE month = $2 AND finished_at IS NULL AND retry_at <= $3 RETURNING asked_at";
    let row = query_one(store.db(), sql, [now.plus(LEASE).0.into(), month.0.into(), now.0.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.map(Timestamp))
}

async fn failed(store: &Store, month: Month, error: &Error) -> Result<()> {
    tracing::error!(%month, %error, "a bill-out failed");
    let attempts = load(store, month).await?.map_or(1, |row| row.attempts);
    let wait = doubled(MINUTE, attempts, LONGEST_WAIT);
    let sql = "UPDATE settlement_bill_out SET error = $1, retry_at = $2 WHERE month = $3";
    let values = [error.to_string().into(), store.clock.now().plus(wait).0.into(), month.0.into()];
    exec(store.db(), sql, values).await?;
    Ok(())
}

/// Goes over all sellers and marks the bill-out as finished, unless it was asked for again meanwhile. Returns how many bills were made. Any number of
/// processes may do so at once: a seller has one bill of a month, currency and category.
pub async fn carry_out(store: &Store, context: &Context, month: Month) -> Result<usize> {
    let asked_at = load(store, month).await?.map(|row| row.asked_at);
    go_over(store, context, month, asked_at).await
}

async fn go_over(
    store: &Store,
    context: &Context,
    month: Month,
    asked_at: Option<Timestamp>,
) -> Result<usize> {
    let (mut after, mut bills) = (PartnerId(0), 0);
    while let Some(to) = next(store, after).await? {
        store.stopping.check()?;
        bills += some(store, context, month, Sellers { after, to }).await?;
        let sql = "UPDATE settlement_bill_out SET retry_at = $1 WHERE month = $2 AND finished_at IS NULL";
        exec(store.db(), sql, [store.clock.now().plus(LEASE).0.into(), month.0.into()]).await?;
        after = to;
    }
    let now = store.clock.now();
    replace_strangers(store, now, month, strangers(store.db(), month).await?).await?;
    // Who asked meanwhile wants what is known now: the first sellers were passed before.
    let sql = "UPDATE settlement_bill_out SET finished_at = CASE WHEN asked_at = $3 THEN $1 END, retry_at = $1, error = NULL \
               WHERE month = $2 AND finished_at IS NULL";
    exec(store.db(), sql, [now.0.into(), month.0.into(), asked_at.map(|at| at.0).into()]).await?;
    tracing::info!(%month, bills, "billed out");
    Ok(bills)
}

/// The last seller of the batch behind `after`; none at the end.
async fn next(store: &Store, after: PartnerId) -> Result<Option<PartnerId>> {
    let sql = format!(
        "SELECT CAST(MAX(id) AS BIGINT) FROM (SELECT id FROM partner WHERE marketplace_name IS NOT NULL AND id > $1 \
         ORDER BY id LIMIT {SELLERS_AT_ONCE}) batch"
    );
    let row = query_one(store.db(), &sql, [after.0.into()]).await?;
    let last: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    Ok(last.map(PartnerId))
}

/// Bills sellers out together; where that fails, one by one, so that one bad seller stops nobody else.
async fn some(store: &Store, context: &Context, month: Month, sellers: Sellers) -> Result<usize> {
    match batch::bill_out(store, context, month, sellers).await {
        Err(error) if !error.is_retryable() => {
            tracing::warn!(%month, %error, "a batch of sellers could not be billed: one by one");
        }
        ended => return ended,
    }
    let sql =
        "SELECT id FROM partner WHERE marketplace_name IS NOT NULL AND id > $1 AND id <= $2 ORDER BY id";
    let mut bills = 0;
    for row in query(store.db(), sql, [sellers.after.0.into(), sellers.to.0.into()]).await? {
        let id: i64 = row.try_get_by_index(0)?;
        let one = Sellers { after: PartnerId(id - 1), to: PartnerId(id) };
        match batch::bill_out(store, context, month, one).await {
            Ok(made) => bills += made,
            Err(error) if error.is_retryable() => return Err(error),
            Err(error) => batch::note_failure(store, month, one, &error).await?,
        }
    }
    Ok(bills)
}
