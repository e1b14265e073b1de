//! The checklist of a month that is to become final: all that speaks against it, computed anew each time (docs/domain.md, "Closing a
//! month"). The calendar waits while something of it blocks; a person may close all the same by naming it.

use entity::{EventTopic, Month, settlement_month};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::checklist_sql as look;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::Store;

entity::listed! {
    /// Something that speaks against making a month final.
    CloseItem as "CloseItem"; [derive(PartialOrd, Ord, Serialize, Deserialize)] {
        /// Nothing was paid in the month at all, or nothing of it has come in.
        NoPayments [serde(rename = "NO_PAYMENTS")] = "NO_PAYMENTS",
        /// Payments of accounts that belong to no customer wait to be matched.
        Unmatched [serde(rename = "UNMATCHED")] = "UNMATCHED",
        /// Payments of sellers of whom nobody said whether they are the vendor itself.
        Unclassified [serde(rename = "UNCLASSIFIED")] = "UNCLASSIFIED",
        /// Performance of resellers that belonged to no distributor.
        Unlinked [serde(rename = "UNLINKED")] = "UNLINKED",
        /// Performance of months that no incentive policy prices.
        NoPolicy [serde(rename = "NO_POLICY")] = "NO_POLICY",
        /// An import is under way.
        ImportUnfinished [serde(rename = "IMPORT_UNFINISHED")] = "IMPORT_UNFINISHED",
        /// An import failed, and its file was not taken in since.
        ImportFailed [serde(rename = "IMPORT_FAILED")] = "IMPORT_FAILED",
        /// Feedback on a bill of the month is open.
        DisputeOpen [serde(rename = "DISPUTE_OPEN")] = "DISPUTE_OPEN",
        /// A provider whose bill came the month before has none yet.
        FileMissing [serde(rename = "FILE_MISSING")] = "FILE_MISSING",
        /// Lines of bills whose policy has no rate for them.
        NoRate [serde(rename = "NO_RATE")] = "NO_RATE",
        /// Performance of customers that had no partner.
        NoPartner [serde(rename = "NO_PARTNER")] = "NO_PARTNER",
        /// Bills that wait for a review, or will.
        Parked [serde(rename = "PARKED")] = "PARKED",
        /// A settlement run of the month failed.
        RunFailed [serde(rename = "RUN_FAILED")] = "RUN_FAILED",
        /// A recurring job of the workers fails.
        JobFailed [serde(rename = "JOB_FAILED")] = "JOB_FAILED",
    }
}

impl CloseItem {
    /// Whether the month stays open for it until somebody says otherwise; the others only warn. PURE.
    #[must_use]
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::NoRate | Self::NoPartner | Self::Parked | Self::RunFailed | Self::JobFailed)
    }

    /// The item of that name, in either case and with - for _.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let name = words.trim().to_uppercase().replace('-', "_");
        Self::ALL.iter().copied().find(|item| item.name() == name)
    }
}

/// The kind of the event that a month waits to become final.
pub const CLOSE_BLOCKED: &str = "CLOSE_BLOCKED";

/// An item of which there is something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The item that it counts.
    pub item: CloseItem,
    /// Number of them, above zero.
    pub count: i64,
    /// The first of them.
    pub example: String,
}

/// All that speaks against making a month final now, in the order of [`CloseItem`].
pub async fn checklist<C: ConnectionTrait>(
    connection: &C,
    month: &settlement_month::Model,
    now: entity::Timestamp,
) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for item in CloseItem::ALL {
        if let Some((count, example)) = look::look(connection, *item, month, now).await? {
            found.push(Finding { item: *item, count, example });
        }
    }
    Ok(found)
}

/// The same of a month by name; nothing if nothing is known of it, or it is closed.
pub async fn against(store: &Store, month: Month) -> Result<Vec<Finding>> {
    let row = settlement_month::Entity::find_by_id(month).one(store.db()).await?;
    match row.filter(|row| !row.closed) {
        Some(row) => checklist(store.db(), &row, store.clock.now()).await,
        None => Ok(Vec::new()),
    }
}

/// The part of `found` that holds the month up when `acknowledged` were named. PURE.
#[must_use]
pub fn blocking<'a>(found: &'a [Finding], acknowledged: &[CloseItem]) -> Vec<&'a Finding> {
    found.iter().filter(|f| f.item.blocks() && !acknowledged.contains(&f.item)).collect()
}

/// Refuses while something blocks that is not acknowledged, naming each.
pub async fn refuse_blocked<C: ConnectionTrait>(
    connection: &C,
    month: &settlement_month::Model,
    acknowledged: &[CloseItem],
    now: entity::Timestamp,
) -> Result<()> {
    let found = checklist(connection, month, now).await?;
    let refusals: Vec<_> = blocking(&found, acknowledged)
        .into_iter()
        .map(|f| {
            let detail = format!("{}: {} ({})", f.item.name(), f.count, f.example);
            Refusal::at("acknowledge", Code::CloseBlocked, detail)
        })
        .collect();
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Tells operations that a month waits to become final, and for what.
pub async fn tell_blocked(store: &Store, month: Month, found: &[Finding]) -> Result<()> {
    let now = store.clock.now();
    let reason: Vec<_> = blocking(found, &[])
        .iter()
        .map(|f| format!("{} {} ({})", f.item.name(), f.count, f.example))
        .collect();
    let detail = json!({ "month": month.to_string(), "reason": reason.join("; ") });
    let (topic, kind, entity) = (EventTopic::SettlementMonth, CLOSE_BLOCKED, month.to_string());
    let tx = store.begin().await?;
    emit(&tx, store, now, NewEvent { topic, kind, entity, partner_id: None, detail }).await?;
    tx.commit().await
}

/// Items as a run keeps them.
#[must_use]
pub fn to_text(items: &[CloseItem]) -> String {
    items.iter().map(|item| item.name()).collect::<Vec<_>>().join(",")
}

/// Reads what [`to_text`] wrote.
#[must_use]
pub fn from_text(text: &str) -> Vec<CloseItem> {
    text.split(',').filter_map(CloseItem::from_words).collect()
}

/// Findings as lines for people, those that block marked.
#[must_use]
pub fn in_words(found: &[Finding]) -> String {
    let line = |f: &Finding| {
        let kind = if f.item.blocks() { "blocks" } else { "warns" };
        format!("{kind:6} {:17} {:>6}  {}", f.item.name(), f.count, f.example)
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_read_as_they_are_written_and_as_people_write_them() {
        assert_eq!(from_text(&to_text(CloseItem::ALL)), CloseItem::ALL);
        assert_eq!(CloseItem::from_words("no-payments"), Some(CloseItem::NoPayments));
        assert_eq!(from_text(""), []);
    }

    #[test]
    fn what_warns_holds_nothing_up_and_what_blocks_does_until_it_is_named() {
        let found: Vec<_> = CloseItem::ALL
            .iter()
            .map(|item| Finding { item: *item, count: 1, example: String::new() })
            .collect();
        assert_eq!(blocking(&found, &[]).len(), 9);
        assert_eq!(blocking(&found, &[CloseItem::Unmatched]).len(), 8);
        assert!(blocking(&found, CloseItem::ALL).is_empty());
    }
}
