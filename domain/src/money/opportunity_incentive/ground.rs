//! The ground of a claim: its orders, and the cash of its accounts in its months, each of one claim only.

use entity::PceClaimId;
use sea_orm::Value;

use super::eligibility::Examined;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Tx, exec, insert_rows};

/// Frees the ground of a claim that is sent back: another may rest on it then.
pub(super) async fn let_go(tx: &Tx, claim: PceClaimId) -> Result<()> {
    for held in ["pce_claim_order", "pce_claim_month"] {
        let sql = format!("DELETE FROM {held} WHERE claim_id = $1");
        exec(tx.orm(), &sql, [claim.0.into()]).await?;
    }
    Ok(())
}

/// An order and the cash of a month support one claim: the database itself refuses a second.
pub(super) async fn take(tx: &Tx, claim: PceClaimId, examined: &Examined) -> Result<()> {
    let orm = tx.orm();
    let taken = |detail: String| Refusal::at("opportunityId", Code::PceGroundTaken, detail);
    let orders = examined.orders.iter().flat_map(|no| -> [Value; 2] { [no.as_str().into(), claim.0.into()] });
    let head = "INSERT INTO pce_claim_order (order_no, claim_id)";
    let done = insert_rows(orm, head, 2, orders.collect(), "ON CONFLICT DO NOTHING").await?;
    if done < examined.orders.len() as u64 {
        return Err(taken(examined.orders.join(", ")).into());
    }
    let months = examined.accounts.iter().flat_map(|account| {
        let row =
            |month: &entity::Month| -> [Value; 3] { [account.0.into(), month.0.into(), claim.0.into()] };
        examined.months.iter().flat_map(row).collect::<Vec<_>>()
    });
    let head = "INSERT INTO pce_claim_month (account_id, month, claim_id)";
    let done = insert_rows(orm, head, 3, months.collect(), "ON CONFLICT DO NOTHING").await?;
    if done < (examined.accounts.len() * examined.months.len()) as u64 {
        return Err(taken(examined.months.first().map(ToString::to_string).unwrap_or_default()).into());
    }
    Ok(())
}
