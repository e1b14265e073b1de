//! Only one of opportunities that repeat each other passes: the database keeps a row for each customer, product family
//! and month of the one that did.

use entity::{Month, opportunity};
use sea_orm::Value;

use crate::error::{Code, Refusal, Result};
use crate::store::{Tx, exec, insert_rows};

/// Months before and behind the expected day of signing in which nothing that repeats an opportunity passes.
pub const WINDOW_MONTHS: i32 = 6;

/// Who the customer is, as far as is known: by credit code, and by name. PURE.
#[must_use]
pub fn identities(opportunity: &opportunity::Model) -> Vec<String> {
    let credit = opportunity.credit_code.as_ref().map(|code| format!("CREDIT:{code}"));
    credit.into_iter().chain([format!("NAME:{}", opportunity.name_key)]).collect()
}

/// The months around the expected day of signing. PURE.
#[must_use]
pub fn window(opportunity: &opportunity::Model) -> Vec<Month> {
    let Some(day) = opportunity.expected_sign_on else { return vec![] };
    let middle = Month(day.0 / 100);
    (-WINDOW_MONTHS..=WINDOW_MONTHS).map(|by| middle.plus(by)).collect()
}

/// Takes the place of an opportunity that passes; refuses it if another has the place.
pub(super) async fn take(tx: &Tx, opportunity: &opportunity::Model) -> Result<()> {
    let months = window(opportunity);
    let rows: Vec<Value> = identities(opportunity)
        .into_iter()
        .flat_map(|identity| {
            months.iter().flat_map(move |month| -> [Value; 4] {
                [
                    identity.as_str().into(),
                    opportunity.demand_tag.as_str().into(),
                    month.0.into(),
                    opportunity.id.0.into(),
                ]
            })
        })
        .collect();
    let wanted = rows.len() / 4;
    let head = "INSERT INTO opportunity_pass (identity, demand_tag, month, opportunity_id)";
    let taken = insert_rows(tx.orm(), head, 4, rows, "ON CONFLICT DO NOTHING").await?;
    if taken < wanted as u64 {
        return Err(Refusal::at("operation", Code::DuplicateOpportunity, opportunity.name.as_str()).into());
    }
    Ok(())
}

/// Gives the place back.
pub async fn release(tx: &Tx, opportunity: &opportunity::Model) -> Result<()> {
    exec(tx.orm(), "DELETE FROM opportunity_pass WHERE opportunity_id = $1", [opportunity.id.0.into()])
        .await?;
    Ok(())
}
