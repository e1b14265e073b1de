//! Releasing bills that were parked for review: from then on they wait for their partner.

use entity::IncentiveBillId;
use serde::{Deserialize, Serialize};

use super::machine::{BillOperation, Bills};
use super::named_bill::named_version;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Move, Turn, next, step};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};

/// Longest reason, in characters: a paragraph.
pub const REASON_LIMIT: usize = 1000;

/// Which bill is right after all, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Release {
    /// The bill.
    pub bill_id: IncentiveBillId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// What the review found.
    pub reason: String,
}

/// Releases a parked bill. The partner has all its days to confirm it, from now on.
pub async fn release(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Release,
) -> Result<IncentiveBillId> {
    let length = input.reason.chars().count();
    if input.reason.trim().is_empty() || length > REASON_LIMIT {
        let detail = format!("a reason of 1 to {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "incentiveBillRelease", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let bill = named_version(&write, input.bill_id, input.expected_version).await?;
    next::<Bills>("id", (), bill.state, BillOperation::Release)?;
    let bill =
        step::<Bills>(Turn::of(&write, store, context), bill, Move::plain(BillOperation::Release)).await?;
    write.finish(store, &bill.id.to_string(), Some(&input.reason), &input, &bill.id).await?;
    Ok(bill.id)
}
