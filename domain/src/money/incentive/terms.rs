//! The terms under which incentives are paid, and how a partner wants them.

use entity::{AssociationMode, PartnerId, PayoutWay, Timestamp, payout_preference, payout_terms};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

use super::ways;
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::{partner, settings};

/// Days of the shortest month.
const SHORTEST_MONTH: i32 = 28;

/// Reads the terms.
pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<payout_terms::Model> {
    let row = payout_terms::Entity::find_by_id(1_i16).one(connection).await?;
    row.ok_or_else(|| Error::Invariant("the terms of payment are missing".into()))
}

/// Terms as they shall be; what is not given stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SetTerms {
    /// The version the caller saw.
    pub expected_version: i32,
    /// Least amount of a request, in micros of its currency.
    pub minimum: Option<i64>,
    /// Days between issuing and the first request, 0 to 366, and fewer than it takes to lapse.
    pub holding_days: Option<i32>,
    /// Calendar months after which what was not requested lapses, 1 to 120.
    pub expiry_months: Option<i32>,
}

/// Changes the terms for what is issued and requested from now on; returns the new version.
pub async fn set(store: &Store, context: &Context, key: Option<&str>, input: SetTerms) -> Result<i32> {
    check(&input)?;
    let write = match Write::begin(store, context, "payoutTermsSet", key, &input).await? {
        Begun::Replay(version) => return Ok(version),
        Begun::Fresh(write) => write,
    };
    let now = load(write.tx().orm()).await?;
    let minimum = input.minimum.unwrap_or(now.minimum);
    let holding = input.holding_days.unwrap_or(now.holding_days);
    let expiry = input.expiry_months.unwrap_or(now.expiry_months);
    if holding >= expiry * SHORTEST_MONTH {
        let detail = format!("{holding} days of holding leave nothing of {expiry} months before it lapses");
        return Err(Refusal::at("holdingDays", Code::Invalid, detail).into());
    }
    let same = (minimum, holding, expiry) == (now.minimum, now.holding_days, now.expiry_months);
    let version = if same { now.version } else { now.version + 1 };
    let sql = "UPDATE payout_terms SET minimum = $1, holding_days = $2, expiry_months = $3, version = $4 WHERE version = $5";
    let values =
        [minimum.into(), holding.into(), expiry.into(), version.into(), input.expected_version.into()];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, now.version.to_string()).into());
    }
    write.finish(store, "payoutTerms", None, &input, &version).await?;
    Ok(version)
}

fn check(input: &SetTerms) -> Result<()> {
    let mut refusals = Vec::new();
    let mut bound = |field: &str, value: Option<i64>, low: i64, high: i64| {
        if value.is_some_and(|value| !(low..=high).contains(&value)) {
            refusals.push(Refusal::at(
                field,
                Code::Invalid,
                format!("{field} lies between {low} and {high}"),
            ));
        }
    };
    bound("minimum", input.minimum, 0, i64::MAX);
    bound("holdingDays", input.holding_days.map(i64::from), 0, 366);
    bound("expiryMonths", input.expiry_months.map(i64::from), 1, 120);
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// When something issued at `now` can be requested, and when it lapses: by the calendar of the programme's zone.
pub async fn window<C: ConnectionTrait>(
    connection: &C,
    terms: &payout_terms::Model,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp)> {
    let zone = settings::zone(&settings::load(connection).await?)?;
    let far = || Error::Invariant("an instant lies beyond the calendar".into());
    let at = jiff::Timestamp::from_microsecond(now.0).map_err(|_| far())?.to_zoned_datetime(zone);
    let moved = |span: jiff::Span| {
        let to = at.checked_add(span).map_err(|_| far())?;
        Ok::<_, Error>(Timestamp(to.timestamp().as_microsecond()))
    };
    let from = moved(jiff::Span::new().days(i64::from(terms.holding_days)))?;
    Ok((from, moved(jiff::Span::new().months(i64::from(terms.expiry_months)))?))
}

/// How a partner wants its incentives, as it shall be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetPreference {
    /// The partner.
    pub partner_id: PartnerId,
    /// The version the caller saw; 0 if there was none.
    pub expected_version: i32,
    /// Whether the product requests for it.
    pub automatic: bool,
    /// The way for consulting business.
    pub consulting_way: PayoutWay,
    /// The way for resale business.
    pub resale_way: PayoutWay,
}

/// Sets how a partner wants its incentives: by itself, or by finance.
pub async fn prefer(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetPreference,
) -> Result<PartnerId> {
    for (field, mode, way) in [
        ("consultingWay", AssociationMode::Consulting, input.consulting_way),
        ("resaleWay", AssociationMode::Resale, input.resale_way),
    ] {
        if !ways::allows(mode, way) {
            return Err(Refusal::at(field, Code::WayNotAllowed, format!("{}: {way}", mode.name())).into());
        }
    }
    let write = match Write::begin(store, context, "payoutPreferenceSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != input.partner_id
    {
        return Err(Refusal::at("partnerId", Code::NotFound, input.partner_id.to_string()).into());
    }
    partner::find(orm, "partnerId", input.partner_id).await?;
    let known = payout_preference::Entity::find_by_id(input.partner_id).one(orm).await?;
    let version = known.as_ref().map_or(0, |row| row.version);
    let conflict = || Refusal::at("expectedVersion", Code::VersionConflict, version.to_string()).into();
    if version != input.expected_version {
        return Err(conflict());
    }
    let id = input.partner_id;
    let wish = (input.automatic, input.consulting_way, input.resale_way);
    if known.is_some_and(|row| (row.automatic, row.consulting_way, row.resale_way) == wish) {
        write.finish(store, &id.to_string(), None, &input, &id).await?;
        return Ok(id);
    }
    let sql = "INSERT INTO payout_preference (partner_id, automatic, consulting_way, resale_way, version) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (partner_id) DO UPDATE SET automatic = excluded.automatic, \
               consulting_way = excluded.consulting_way, resale_way = excluded.resale_way, version = excluded.version \
               WHERE payout_preference.version = $6";
    let values = [
        input.partner_id.0.into(),
        input.automatic.into(),
        input.consulting_way.name().into(),
        input.resale_way.name().into(),
        (version + 1).into(),
        version.into(),
    ];
    // Somebody else was faster.
    if exec(orm, sql, values).await?.rows_affected() == 0 {
        return Err(conflict());
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}
