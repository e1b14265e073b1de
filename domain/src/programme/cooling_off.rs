//! Cooling-off: until when what a customer consumes counts for nobody, because it came from another partner
//! (docs/domain.md, "Cooling-off"). It is derived from the periods of a customer each time, and stored nowhere: so a
//! period that is corrected or entered later moves what follows from it.

use entity::{CoolingOffCustomers, PartnerId, Timestamp, association, cooling_off_rule};
use jiff::tz::TimeZone;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

use super::{marks, settings};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};

/// Most months of a cooling-off.
pub const MONTHS_LIMIT: i16 = 24;

/// The rules of a programme, oldest first, and the zone in which their months are counted.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: Vec<cooling_off_rule::Model>,
    zone: TimeZone,
}

impl Default for Rules {
    fn default() -> Self {
        Self { rules: Vec::new(), zone: TimeZone::UTC }
    }
}

/// The part of a period that decides about cooling-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begins {
    /// The first instant.
    pub from: Timestamp,
    /// The partner that has the customer.
    pub partner: PartnerId,
}

impl Rules {
    /// Reads the rules and the zone as they are now.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let programme = settings::load(connection).await?;
        Ok(Self { rules: all(connection).await?, zone: settings::zone(&programme)? })
    }

    /// Until when each of the periods of a customer cools off, oldest first; 0 for not at all. PURE.
    #[must_use]
    pub fn until(&self, long_tail: bool, periods: &[Begins]) -> Vec<Timestamp> {
        let mut all = Vec::with_capacity(periods.len());
        let mut before: Option<(PartnerId, Timestamp)> = None;
        for period in periods {
            let until = match before {
                None => Timestamp(0),
                // A change of mode, or a return: what is left goes on.
                Some((partner, until)) if partner == period.partner => until,
                Some(_) => self.rebound(long_tail, period.from),
            };
            before = Some((period.partner, until));
            all.push(until);
        }
        all
    }

    /// The end for a customer that comes from another partner at `from`, by the rule of that instant.
    fn rebound(&self, long_tail: bool, from: Timestamp) -> Timestamp {
        let rule = self.rules.iter().rev().find(|rule| rule.valid_from <= from);
        let Some(rule) = rule.filter(|rule| rule.months > 0) else { return Timestamp(0) };
        if rule.customers == CoolingOffCustomers::LongTail && !long_tail {
            return Timestamp(0);
        }
        let until = jiff::Timestamp::from_microsecond(from.0).ok().and_then(|t| {
            let months = jiff::Span::new().months(rule.months);
            t.to_zoned_datetime(self.zone.clone()).checked_add(months).ok()
        });
        until.map_or(Timestamp(0), |z| Timestamp(z.timestamp().as_microsecond()))
    }
}

/// The rules, oldest first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<cooling_off_rule::Model>> {
    let rules = cooling_off_rule::Entity::find().order_by_asc(cooling_off_rule::Column::ValidFrom);
    Ok(rules.all(connection).await?)
}

/// Until when each of `associations` cools off, in their order.
pub async fn of<C: ConnectionTrait>(
    connection: &C,
    associations: &[association::Model],
) -> Result<Vec<Timestamp>> {
    let mut customers: Vec<_> = associations.iter().map(|a| a.customer_id).collect();
    customers.sort_unstable();
    customers.dedup();
    let rules = Rules::load(connection).await?;
    let long_tail = entity::customer::Entity::find()
        .filter(entity::customer::Column::Id.is_in(customers.iter().map(|c| c.0)))
        .all(connection)
        .await?;
    let mut periods = association::Entity::find()
        .filter(association::Column::CustomerId.is_in(customers.iter().map(|c| c.0)))
        .order_by_asc(association::Column::CustomerId)
        .order_by_asc(association::Column::ValidFrom)
        .all(connection)
        .await?;
    periods.sort_by_key(|p| (p.customer_id, p.valid_from));
    let mut found = std::collections::BTreeMap::new();
    for of_customer in periods.chunk_by(|a, b| a.customer_id == b.customer_id) {
        let Some(id) = of_customer.first().map(|p| p.customer_id) else { continue };
        let long_tail = long_tail.iter().any(|c| c.id == id && c.long_tail);
        let begins: Vec<_> =
            of_customer.iter().map(|p| Begins { from: p.valid_from, partner: p.partner_id }).collect();
        found.extend(of_customer.iter().map(|p| p.id).zip(rules.until(long_tail, &begins)));
    }
    Ok(associations.iter().map(|a| found.get(&a.id).copied().unwrap_or_default()).collect())
}

/// A rule to be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetRule {
    /// For associations that begin from this instant on, until that of the next rule.
    pub valid_from: Timestamp,
    /// Number of calendar months; 0 for no cooling-off.
    pub months: i16,
    /// Customers it holds for.
    pub customers: CoolingOffCustomers,
    /// The reason, for the audit trail.
    pub reason: String,
}

/// Sets the rule from an instant on, and marks what follows from it. The instant may not lie in or before a closed month.
pub async fn set(store: &Store, context: &Context, key: Option<&str>, input: SetRule) -> Result<Timestamp> {
    if !(0..=MONTHS_LIMIT).contains(&input.months) {
        let detail = format!("months lies between 0 and {MONTHS_LIMIT}");
        return Err(Refusal::at("months", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "coolingOffRuleSet", key, &input).await? {
        Begun::Replay(at) => return Ok(at),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let closed = entity::settlement_month::Entity::find()
        .filter(entity::settlement_month::Column::Closed.eq(true))
        .filter(entity::settlement_month::Column::EndsAt.gt(input.valid_from))
        .one(tx.orm())
        .await?;
    if let Some(closed) = closed {
        return Err(Refusal::at("validFrom", Code::MonthClosed, closed.month.to_string()).into());
    }
    cooling_off_rule::Entity::delete_by_id(input.valid_from).exec(tx.orm()).await?;
    let rule = cooling_off_rule::ActiveModel {
        valid_from: Set(input.valid_from),
        months: Set(input.months),
        customers: Set(input.customers),
        changed_at: Set(write.now),
    };
    rule.insert(tx.orm()).await?;
    marks::mark_rebound(tx.orm(), input.valid_from, write.now).await?;
    marks::bump(tx.orm()).await?;
    write.finish(store, "programme", Some(&input.reason), &input, &input.valid_from).await?;
    Ok(input.valid_from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn rule(valid_from: &str, months: i16, customers: CoolingOffCustomers) -> cooling_off_rule::Model {
        cooling_off_rule::Model { valid_from: at(valid_from), months, customers, changed_at: Timestamp(0) }
    }

    #[test]
    fn who_comes_from_another_partner_cools_off_by_the_rule_of_that_instant() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let rules = vec![
            rule("2026-01-01T00:00:00+08:00", 6, CoolingOffCustomers::LongTail),
            rule("2026-09-01T00:00:00+08:00", 0, CoolingOffCustomers::All),
        ];
        let rules = Rules { rules, zone };
        let until = |long_tail, periods: &[(&str, i64)]| {
            let begins =
                periods.iter().map(|(from, partner)| Begins { from: at(from), partner: PartnerId(*partner) });
            let ends = rules.until(long_tail, &begins.collect::<Vec<_>>());
            ends.iter().map(|at| if at.0 == 0 { "-".into() } else { at.to_rfc3339() }).collect::<Vec<_>>()
        };
        let (first, second, later) = ("2025-01-01T00:00:00Z", "2026-02-10T00:00:00Z", "2026-03-10T00:00:00Z");
        let (end, end_of_later) = ("2026-08-10T00:00:00.000Z", "2026-09-10T00:00:00.000Z");
        for (long_tail, periods, expected) in [
            (true, vec![(second, 1)], vec!["-"]),
            (true, vec![(first, 1), (second, 2)], vec!["-", end]),
            (false, vec![(first, 1), (second, 2)], vec!["-", "-"]),
            // Before the rule of 2026.
            (true, vec![(first, 1), ("2025-12-31T15:59:59Z", 2)], vec!["-", "-"]),
            (true, vec![(first, 1), ("2025-12-31T16:00:00Z", 2)], vec!["-", "2026-06-30T16:00:00.000Z"]),
            // From September on there is none.
            (true, vec![(first, 1), ("2026-08-31T16:00:00Z", 2)], vec!["-", "-"]),
            // A change of mode carries on; a return to another one begins anew.
            (true, vec![(first, 1), (second, 2), (later, 2)], vec!["-", end, end]),
            (true, vec![(first, 1), (second, 2), (later, 1)], vec!["-", end, end_of_later]),
        ] {
            assert_eq!(until(long_tail, &periods), expected, "{periods:?}");
        }
    }
}
