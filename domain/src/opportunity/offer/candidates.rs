//! Facts about the partners to which an opportunity of the vendor may be offered, read in one statement.

use entity::{OfferState, PartnerId, PathStage, Timestamp, opportunity};
use jiff::tz::TimeZone;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::recipients::{Candidate, DELIVERED_WITHIN_MONTHS, Recipient, Wanted, judge};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{query, query_one};
use crate::opportunity::membership::offering::OTHER;
use crate::opportunity::review::routing;
use crate::programme::settings;

/// Whom to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Every partner, for whoever asks why not this one.
    All,
    /// Those that joined: nobody else can be offered anything.
    Joined,
    /// This partner alone.
    One(PartnerId),
}

/// The partners, judged for an opportunity: those it can be offered to first, best first.
pub async fn judged<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    opportunity: &opportunity::Model,
    among: Among,
) -> Result<Vec<Recipient>> {
    let wanted =
        Wanted { region: region(connection, opportunity).await?, family: opportunity.demand_tag != OTHER };
    let zone = settings::zone(&settings::load(connection).await?)?;
    let (who, whose) = match among {
        Among::All => ("1 = 1", "partner_id IS NOT NULL"),
        Among::Joined => ("f.joined_at IS NOT NULL", "partner_id IS NOT NULL"),
        Among::One(_) => ("p.id = $4", "partner_id = $4"),
    };
    let sql = format!(
        "SELECT p.id, p.region, f.joined_at, f.stage, COALESCE(w.delivered, 0), COALESCE(w.won, 0), \
         COALESCE(w.lost, 0), COALESCE(w.busy, 0), \
         CASE WHEN EXISTS (SELECT 1 FROM partner_offering o WHERE o.partner_id = p.id AND o.active \
           AND o.demand_tag = $2) THEN 1 ELSE 0 END, \
         (SELECT x.state FROM opportunity_offer x WHERE x.opportunity_id = $1 AND x.partner_id = p.id \
           ORDER BY x.offer_no DESC LIMIT 1) \
         FROM partner p LEFT JOIN pce_profile f ON f.partner_id = p.id LEFT JOIN (SELECT partner_id, \
           CAST(SUM(CASE WHEN kind = 'PO' AND state = 'DELIVERED' AND delivered_at >= $3 THEN 1 ELSE 0 END) AS INTEGER) AS delivered, \
           CAST(SUM(CASE WHEN state IN ('WON', 'DELIVERED') THEN 1 ELSE 0 END) AS INTEGER) AS won, \
           CAST(SUM(CASE WHEN state = 'LOST' THEN 1 ELSE 0 END) AS INTEGER) AS lost, \
           CAST(SUM(CASE WHEN state IN ('PENDING_ACCEPT', 'VERIFIED', 'ACCEPTED', 'IN_PROGRESS', 'WON') THEN 1 ELSE 0 END) AS INTEGER) AS busy \
           FROM opportunity WHERE {whose} GROUP BY partner_id) w ON w.partner_id = p.id WHERE {who} ORDER BY p.id"
    );
    let mut values: Vec<Value> = vec![
        opportunity.id.0.into(),
        opportunity.demand_tag.as_str().into(),
        months_before(now, &zone, DELIVERED_WITHIN_MONTHS).0.into(),
    ];
    if let Among::One(partner) = among {
        values.push(partner.0.into());
    }
    let rows = query(connection, &sql, values).await?;
    Ok(judge(rows.iter().map(read).collect::<Result<_>>()?, &wanted))
}

/// The instant as many calendar months earlier. PURE.
fn months_before(now: Timestamp, zone: &TimeZone, months: i32) -> Timestamp {
    let earlier = jiff::Timestamp::from_microsecond(now.0)
        .ok()
        .and_then(|at| at.to_zoned_datetime(zone.clone()).checked_sub(jiff::Span::new().months(months)).ok());
    earlier.map_or(Timestamp(0), |at| Timestamp(at.timestamp().as_microsecond()))
}

fn read(row: &QueryResult) -> Result<Candidate> {
    let unknown = |what: String| Error::Invariant(format!("{what} is no known name"));
    let stage: Option<String> = row.try_get_by_index(3)?;
    let stage = stage.map_or(Ok(PathStage::None), |name| PathStage::from_name(&name).ok_or(name));
    let offered: Option<String> = row.try_get_by_index(9)?;
    let offered = offered.map(|name| OfferState::from_name(&name).ok_or(name)).transpose();
    Ok(Candidate {
        partner_id: PartnerId(row.try_get_by_index(0)?),
        region: row.try_get_by_index(1)?,
        joined_at: row.try_get_by_index::<Option<i64>>(2)?.map(Timestamp),
        stage: stage.map_err(unknown)?,
        delivered: row.try_get_by_index(4)?,
        won: row.try_get_by_index(5)?,
        lost: row.try_get_by_index(6)?,
        load: row.try_get_by_index(7)?,
        offers: row.try_get_by_index::<i32>(8)? == 1,
        offered: offered.map_err(unknown)?,
    })
}

/// The region of the office that looks after an opportunity, or will as soon as it is offered.
async fn region<C: ConnectionTrait>(
    connection: &C,
    opportunity: &opportunity::Model,
) -> Result<Option<String>> {
    let office = match opportunity.office_id {
        Some(office) => Some(office),
        None => {
            let mut routed = opportunity.clone();
            routing::route(connection, &mut routed).await?;
            routed.office_id
        }
    };
    let Some(office) = office else { return Ok(None) };
    let row = query_one(connection, "SELECT region FROM office WHERE id = $1", [office.0.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_calendar_months_of_the_programme() {
        let at = |text| Timestamp::parse_rfc3339(text).unwrap();
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let before = |text| months_before(at(text), &zone, DELIVERED_WITHIN_MONTHS);
        assert_eq!(before("2026-10-15T12:00:00Z"), at("2025-10-15T12:00:00Z"));
        assert_eq!(before("2028-02-29T04:00:00Z"), at("2027-02-28T04:00:00Z"));
    }
}
