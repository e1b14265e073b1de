//! Months as rows: their borders, and where facts of a closed month go.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use entity::{Month, MonthState, settlement_month};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};

use crate::kernel::error::{Error, Result};
use crate::kernel::store::exec;
use crate::programme::settings;

/// Makes the row of `month` if there is none, with borders from the programme's time zone.
pub async fn ensure<C: ConnectionTrait>(connection: &C, month: Month) -> Result<settlement_month::Model> {
    if let Some(row) = settlement_month::Entity::find_by_id(month).one(connection).await? {
        return Ok(row);
    }
    let programme = settings::load(connection).await?;
    let zone = settings::zone(&programme)?;
    exec(
        connection,
        "INSERT INTO settlement_month (month, starts_at, ends_at, state, closed, rule_version, cash_coupon_counts, \
         version) VALUES ($1, $2, $3, 'OPEN', $4, $5, $6, 1) ON CONFLICT DO NOTHING",
        [
            month.0.into(),
            month.starts_at(&zone).0.into(),
            month.ends_at(&zone).0.into(),
            false.into(),
            programme.rule_version.into(),
            programme.cash_coupon_counts.into(),
        ],
    )
    .await?;
    settlement_month::Entity::find_by_id(month)
        .one(connection)
        .await?
        .ok_or_else(|| Error::Invariant(format!("month {month} vanished")))
}

/// Where facts go: into their own month while it is open, else into the first open month after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    closed: BTreeMap<Month, bool>,
}

impl Posting {
    /// Reads which months are closed. Valid while the history lock is held.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let rows = settlement_month::Entity::find().all(connection).await?;
        Ok(Self { closed: rows.into_iter().map(|row| (row.month, row.closed)).collect() })
    }

    /// The month in which a fact of `origin` is posted. PURE.
    #[must_use]
    pub fn month_for(&self, origin: Month) -> Month {
        let mut month = origin;
        while self.closed.get(&month).copied().unwrap_or(false) {
            month = month.next();
        }
        month
    }

    /// As [`Self::month_for`], and makes the rows of both months if they are missing.
    pub async fn resolve<C: ConnectionTrait>(&mut self, connection: &C, origin: Month) -> Result<Month> {
        let month = self.month_for(origin);
        for needed in [origin, month] {
            if let Entry::Vacant(vacant) = self.closed.entry(needed) {
                vacant.insert(ensure(connection, needed).await?.closed);
            }
        }
        Ok(month)
    }

    /// Every closed month.
    pub fn closed(&self) -> impl Iterator<Item = Month> + '_ {
        self.closed.iter().filter(|(_, closed)| **closed).map(|(month, _)| *month)
    }

    /// Every month that has a row, oldest first.
    pub fn months(&self) -> impl Iterator<Item = Month> + '_ {
        self.closed.keys().copied()
    }
}

/// Moves a month on to `state` unless it is further already.
pub async fn advance<C: ConnectionTrait>(connection: &C, month: Month, state: MonthState) -> Result<()> {
    let row = ensure(connection, month).await?;
    if row.state >= state {
        return Ok(());
    }
    let version = row.version + 1;
    let mut row: settlement_month::ActiveModel = row.into();
    row.state = Set(state);
    row.version = Set(version);
    row.update(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_a_closed_month_go_to_the_first_open_month_after_it() {
        let closed =
            BTreeMap::from([(Month(202_611), true), (Month(202_612), true), (Month(202_701), false)]);
        let posting = Posting { closed };
        let cases = [
            (202_610, 202_610),
            (202_611, 202_701),
            (202_612, 202_701),
            (202_701, 202_701),
            (202_801, 202_801),
        ];
        for (origin, month) in cases {
            assert_eq!(posting.month_for(Month(origin)), Month(month));
        }
    }
}
