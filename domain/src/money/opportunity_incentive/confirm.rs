//! What a confirmed claim brings: something the partner may request, and its posting.

use entity::{AssociationMode, Day, EntitlementKind, LedgerAccount, Month, Timestamp, pce_claim};
use sea_orm::Value;

use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, insert_rows};
use crate::money::ledger::{Entry, Posting, post};
use crate::programme::calendar::Calendar;

/// The kind of posting when a claim is confirmed.
pub(super) const POSTED: &str = "PCE_CLAIM_CONFIRMED";

/// The partner is owed what the claim comes to: cash, to be requested at once, and it does not lapse.
pub(super) async fn owe(tx: &Tx, store: &Store, now: Timestamp, claim: &pce_claim::Model) -> Result<()> {
    let amount = claim.amount.ok_or_else(|| Error::Invariant(format!("{} comes to nothing", claim.id)))?;
    let month = Month(Day::of(Calendar::load(tx.orm()).await?.day_of(now)).0 / 100);
    let row: [Value; 11] = [
        store.ids.next(now).into(),
        claim.partner_id.0.into(),
        claim.id.0.into(),
        month.0.into(),
        EntitlementKind::Earned.name().into(),
        AssociationMode::Consulting.code().into(),
        claim.currency.into(),
        amount.into(),
        "OPEN".into(),
        now.0.into(),
        now.0.into(),
    ];
    let head = "INSERT INTO incentive_entitlement (id, partner_id, claim_id, month, kind, mode, currency, amount, state, \
                available_from, created_at)";
    insert_rows(tx.orm(), head, 11, row.into(), "").await?;
    let entry = |account, amount| Entry { account, currency: claim.currency, amount };
    let entries = vec![entry(LedgerAccount::Earned, -amount), entry(LedgerAccount::Payable, amount)];
    let posting =
        Posting { partner_id: claim.partner_id, kind: POSTED, entity: claim.id.to_string(), entries };
    post(tx, now, posting).await?;
    Ok(())
}
