//! The programme's own settings: one row.

use entity::{Month, programme};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

use super::check_name;
use super::marks;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// Factors beyond which bills can be parked, in parts per million: once to a thousand times what is usual.
pub const BILL_FACTOR_PPM: std::ops::RangeInclusive<i32> = 1_000_000..=1_000_000_000;
/// Largest floor of the factor, in micros: the largest amount there is.
pub const BILL_FLOOR_LIMIT: i64 = crate::kernel::exact::AMOUNT_LIMIT * 1_000_000;

/// Reads the settings.
pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<programme::Model> {
    programme::Entity::find_by_id(1_i16)
        .one(connection)
        .await?
        .ok_or_else(|| Error::Invariant("the programme's row is missing".into()))
}

/// The programme's time zone, by its IANA name.
pub fn zone(programme: &programme::Model) -> Result<jiff::tz::TimeZone> {
    jiff::tz::TimeZone::get(&programme.time_zone).map_err(|e| Error::Invariant(e.to_string()))
}

/// Settings to be changed; what is not given stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Update {
    /// The version the caller saw.
    pub expected_version: i32,
    /// Display name.
    pub name: Option<String>,
    /// IANA time zone of month borders; only while there is no month yet.
    pub time_zone: Option<String>,
    /// Day of the next month on which the draft is made, 1 to 28.
    pub draft_day: Option<i16>,
    /// Day of the next month on which the month becomes final, 1 to 28.
    pub final_day: Option<i16>,
    /// Days to confirm a bill, 1 to 90.
    pub confirm_days: Option<i16>,
    /// The first month that closes by itself; not a closed one.
    pub go_live: Option<Month>,
    /// Whether months become final by themselves on their day.
    pub automatic_final: Option<bool>,
    /// Whether cash coupons count as cash, in the months that are open.
    pub cash_coupon_counts: Option<bool>,
    /// A bill off what is usual by more than this factor, in parts per million, is parked; 0 parks nothing.
    pub bill_factor_ppm: Option<i32>,
    /// Micros of the bill's currency below which nothing is parked.
    pub bill_factor_floor: Option<i64>,
}

/// Changes settings. A change of what counts makes a new rule version for the months that are open.
pub async fn update(store: &Store, context: &Context, key: Option<&str>, input: Update) -> Result<i32> {
    check(&input)?;
    let write = match Write::begin(store, context, "programmeUpdate", key, &input).await? {
        Begun::Replay(version) => return Ok(version),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let now = load(tx.orm()).await?;
    if now.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, now.version.to_string()).into());
    }
    let zone = input.time_zone.as_ref().filter(|zone| **zone != now.time_zone);
    if zone.is_some() && query_one(tx.orm(), "SELECT 1 FROM settlement_month LIMIT 1", []).await?.is_some() {
        let detail = "month borders are made already; the time zone cannot change any more";
        return Err(Refusal::at("timeZone", Code::Invalid, detail).into());
    }
    let coupons = input.cash_coupon_counts.unwrap_or(now.cash_coupon_counts);
    let rule_version = now.rule_version + i32::from(coupons != now.cash_coupon_counts);
    if changes_nothing(&now, &input) {
        write.finish(store, "programme", None, &input, &now.version).await?;
        return Ok(now.version);
    }
    let version = now.version + 1;
    exec(
        tx.orm(),
        "UPDATE programme SET name = $1, time_zone = $2, draft_day = $3, final_day = $4, confirm_days = $5, \
         cash_coupon_counts = $6, rule_version = $7, version = $8, bill_factor_ppm = $9, \
         bill_factor_floor = $10, go_live = $11, automatic_final = $12 WHERE id = 1",
        [
            input.name.clone().unwrap_or(now.name).into(),
            input.time_zone.clone().unwrap_or(now.time_zone).into(),
            input.draft_day.unwrap_or(now.draft_day).into(),
            input.final_day.unwrap_or(now.final_day).into(),
            input.confirm_days.unwrap_or(now.confirm_days).into(),
            coupons.into(),
            rule_version.into(),
            version.into(),
            input.bill_factor_ppm.unwrap_or(now.bill_factor_ppm).into(),
            input.bill_factor_floor.unwrap_or(now.bill_factor_floor).into(),
            input.go_live.or(now.go_live).map(|month| month.0).into(),
            input.automatic_final.unwrap_or(now.automatic_final).into(),
        ],
    )
    .await?;
    if rule_version != now.rule_version {
        new_rules(&write, coupons, rule_version).await?;
    }
    write.finish(store, "programme", None, &input, &version).await?;
    Ok(version)
}

/// Whether the settings are all of this already. PURE.
fn changes_nothing(now: &programme::Model, input: &Update) -> bool {
    fn same<T: PartialEq>(given: &Option<T>, now: &T) -> bool {
        given.as_ref().is_none_or(|given| given == now)
    }
    same(&input.name, &now.name)
        && same(&input.time_zone, &now.time_zone)
        && same(&input.draft_day, &now.draft_day)
        && same(&input.final_day, &now.final_day)
        && same(&input.confirm_days, &now.confirm_days)
        && input.go_live.is_none_or(|month| now.go_live == Some(month))
        && same(&input.automatic_final, &now.automatic_final)
        && same(&input.cash_coupon_counts, &now.cash_coupon_counts)
        && same(&input.bill_factor_ppm, &now.bill_factor_ppm)
        && same(&input.bill_factor_floor, &now.bill_factor_floor)
}

/// Open months follow the new rules: their customers are recomputed. Closed months keep theirs.
async fn new_rules(write: &Write, coupons: bool, rule_version: i32) -> Result<()> {
    let orm = write.tx().orm();
    let sql = "UPDATE settlement_month SET cash_coupon_counts = $1, rule_version = $2, version = version + 1 WHERE closed = $3";
    exec(orm, sql, [coupons.into(), rule_version.into(), false.into()]).await?;
    let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) \
               SELECT DISTINCT l.customer_id, l.origin_month, $1 FROM performance_line l \
               JOIN settlement_month m ON m.month = l.origin_month WHERE m.closed = $2 ON CONFLICT DO NOTHING";
    exec(orm, sql, [write.now.0.into(), false.into()]).await?;
    marks::bump(orm).await
}

fn check(input: &Update) -> Result<()> {
    let mut refusals = Vec::new();
    if let Some(name) = &input.name
        && let Err(refusal) = check_name("name", name)
    {
        refusals.push(refusal);
    }
    if let Some(zone) = &input.time_zone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        let detail = format!("{zone} is no IANA time zone; write it as Asia/Shanghai");
        refusals.push(Refusal::at("timeZone", Code::Invalid, detail));
    }
    let bounds = [
        ("draftDay", input.draft_day, 1..=28),
        ("finalDay", input.final_day, 1..=28),
        ("confirmDays", input.confirm_days, 1..=90),
    ];
    for (field, value, range) in bounds {
        if value.is_some_and(|v| !range.contains(&v)) {
            let detail = format!("{field} lies between {} and {}", range.start(), range.end());
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        }
    }
    if input.bill_factor_ppm.is_some_and(|factor| factor != 0 && !BILL_FACTOR_PPM.contains(&factor)) {
        let detail = "the factor lies between 1 and 1000, or is 0 to park nothing";
        refusals.push(Refusal::at("billFactorPpm", Code::Invalid, detail));
    }
    if input.bill_factor_floor.is_some_and(|floor| !(0..=BILL_FLOOR_LIMIT).contains(&floor)) {
        let detail = "the floor lies between 0 and 1000000000000";
        refusals.push(Refusal::at("billFactorFloor", Code::Invalid, detail));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}
