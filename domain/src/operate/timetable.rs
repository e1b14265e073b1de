//! The programme's timetable: a nightly estimate of open months, the draft and the final on their days, the bill-out
//! of marketplaces. Days are days of the programme's time zone.

use std::collections::BTreeMap;

use entity::timestamp::{DAY, HOUR, MINUTE};
use entity::{Month, MonthState, RunKind, Timestamp, programme, settlement_month};
use jiff::tz::TimeZone;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::error::{Code, Error, Result};
use crate::kernel::store::{Store, exec, placeholders, query};
use crate::kernel::write::Context;
use crate::money::market::bill_out;
use crate::programme::settings;
use crate::settlement::checklist::{against, blocking, tell_blocked};
use crate::settlement::importing::under_way;
use crate::settlement::start::{StartRun, start};

/// A turn taken later than this from now was taken before the clock went back.
const CLOCKS_DIFFER: i64 = 5 * MINUTE;

/// Something that the timetable asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wish {
    what: What,
    month: Month,
    /// Author in the audit trail; with the month also the name of the turn.
    why: &'static str,
    /// A turn comes again after this, in microseconds.
    every: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Run(RunKind),
    BillOut,
    /// Operations are told that a final waits.
    TellBlocked,
}

impl Wish {
    fn turn(&self) -> String {
        format!("{}:{}", self.why, self.month)
    }
}

/// Whether the timetable asks for anything now. Only reads.
pub(crate) async fn asks(store: &Store) -> Result<bool> {
    Ok(!wishes(store).await?.is_empty())
}

/// Asks for what the timetable wants now. A turn is spent when it has been asked for, not before; what cannot be asked
/// for holds none of the others up.
pub(crate) async fn ask(store: &Store) -> Result<()> {
    let mut failed = None;
    for wish in wishes(store).await? {
        if let Err(error) = ask_and_spend(store, &wish).await {
            failed = failed.or(Some(error));
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn ask_and_spend(store: &Store, wish: &Wish) -> Result<()> {
    match wish.what {
        What::Run(kind) => ask_for(store, wish.why, wish.month, kind).await?,
        What::BillOut => {
            let input = bill_out::BillOut { month: wish.month };
            bill_out::ask(store, &Context::system(wish.why), None, input).await?;
        }
        What::TellBlocked => {
            tell_blocked(store, wish.month, &against(store, wish.month).await?).await?;
        }
    }
    crate::kernel::crash::point("schedule.turn");
    spend(store, &wish.turn()).await
}

/// The runs that the timetable wants now and may have: drafts, finals, the bill-out, and nightly estimates,
/// in this order.
async fn wishes(store: &Store) -> Result<Vec<Wish>> {
    let programme = settings::load(store.db()).await?;
    let zone = settings::zone(&programme)?;
    let now = store.clock.now();
    let open = settlement_month::Entity::find()
        .filter(settlement_month::Column::Closed.eq(false))
        .order_by_asc(settlement_month::Column::Month)
        .all(store.db())
        .await?;
    let [drafts, finals, nightly] = of_months(&open, &programme, &zone, now);
    let month = bill_out::wanted(store).await?;
    let bill_out = month.map(|month| Wish { what: What::BillOut, month, why: "bill-out", every: HOUR });
    let waiting =
        |wish: &Wish| Wish { what: What::TellBlocked, why: "close-blocked", every: DAY, ..wish.clone() };
    let blocked: Vec<_> = finals.iter().map(waiting).collect();
    let wanted = drafts.into_iter().chain(finals).chain(blocked).chain(bill_out).chain(nightly).collect();
    let mut wishes = Vec::new();
    for wish in with_a_turn(store, now, wanted).await? {
        // The turn is not spent on what holds it up: it comes as soon as that is over.
        let may = match wish.what {
            What::Run(RunKind::Final) => blocking(&against(store, wish.month).await?, &[]).is_empty(),
            What::TellBlocked => !blocking(&against(store, wish.month).await?, &[]).is_empty(),
            What::BillOut => under_way(store.db(), now).await?.is_none(),
            What::Run(_) => true,
        };
        wishes.extend(may.then_some(wish));
    }
    Ok(wishes)
}

/// The drafts, finals and nightly estimates of open months. PURE.
fn of_months(
    open: &[settlement_month::Model],
    programme: &programme::Model,
    zone: &TimeZone,
    now: Timestamp,
) -> [Vec<Wish>; 3] {
    let run = |kind, why, every| {
        move |row: &settlement_month::Model| Wish { what: What::Run(kind), month: row.month, why, every }
    };
    // Nothing from before the programme went live closes by itself, nor is it laid before partners.
    let live = |row: &&settlement_month::Model| programme.go_live.is_some_and(|from| row.month >= from);
    let drafts = open.iter().filter(live).filter(|row| row.state < MonthState::Draft);
    let drafts = drafts.filter(|row| now >= day_after(row.month, programme.draft_day, zone));
    let finals = open.iter().filter(live).filter(|row| row.state == MonthState::Draft);
    let finals = finals
        .filter(|row| programme.automatic_final && now >= day_after(row.month, programme.final_day, zone));
    let nightly = open.iter().filter(|row| row.starts_at <= now && row.state < MonthState::Draft);
    [
        drafts.map(run(RunKind::Draft, "draft", HOUR)).collect(),
        finals.map(run(RunKind::Final, "final", HOUR)).collect(),
        nightly.map(run(RunKind::Estimate, "nightly-estimate", DAY)).collect(),
    ]
}

/// Midnight of `day` of the month after `month`, by the calendar of `zone`: days there may have 23 or 25 hours. PURE.
fn day_after(month: Month, day: i16, zone: &TimeZone) -> Timestamp {
    let first = month.next().starts_at(zone);
    jiff::Timestamp::from_microsecond(first.0)
        .ok()
        .and_then(|at| at.to_zoned_datetime(zone.clone()).checked_add(jiff::Span::new().days(day - 1)).ok())
        .map_or(first, |at| Timestamp(at.timestamp().as_microsecond()))
}

/// Starts a run unless one lives already or the month does not allow it.
pub(crate) async fn ask_for(store: &Store, why: &str, month: Month, kind: RunKind) -> Result<()> {
    match start(store, &Context::system(why), None, StartRun { month, kind, acknowledge: Vec::new() }).await {
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
            | Code::CloseBlocked
    )
}

/// Those of `wanted` whose turn has come. A turn that an operator set to the end of time is held.
async fn with_a_turn(store: &Store, now: Timestamp, mut wanted: Vec<Wish>) -> Result<Vec<Wish>> {
    if wanted.is_empty() {
        return Ok(wanted);
    }
    let sql = format!("SELECT name, last_at FROM schedule WHERE name IN {}", placeholders(1, wanted.len()));
    let mut spent = BTreeMap::<String, i64>::new();
    for row in query(store.db(), &sql, wanted.iter().map(|wish| wish.turn().into())).await? {
        spent.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    wanted.retain(|wish| {
        let Some(&last) = spent.get(&wish.turn()) else { return true };
        let before_the_clock_went_back = last > now.plus(CLOCKS_DIFFER).0 && last < Timestamp::FOREVER.0;
        last <= now.plus(-wish.every).0 || before_the_clock_went_back
    });
    Ok(wanted)
}

/// Spends a turn, unless an operator has come to hold it.
async fn spend(store: &Store, turn: &str) -> Result<()> {
    let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE \
               SET last_at = excluded.last_at WHERE schedule.last_at < $3";
    let values = [turn.into(), store.clock.now().0.into(), Timestamp::FOREVER.0.into()];
    exec(store.db(), sql, values).await?;
    Ok(())
}
