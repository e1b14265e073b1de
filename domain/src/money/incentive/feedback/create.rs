//! Giving feedback on a bill.

use entity::{
    BillFeedbackId, FeedbackState, IncentiveBillId, bill_feedback, incentive_bill, incentive_bill_line,
    settlement_month,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use super::machine::tell;
use super::{check_text, may_open};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::Turn;
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::money::incentive::named_bill::named_bill;

/// What is wrong, and with what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewFeedback {
    /// The bill.
    pub bill_id: IncentiveBillId,
    /// The number of the line as the bill shows it now; none for the whole bill.
    pub line_no: Option<i32>,
    /// What is wrong.
    pub text: String,
}

/// Writes feedback down. It stays with the bill of its partner, month and currency, and with the group of
/// performance of its line, whatever later runs of the month write. One at a time is open on a line.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewFeedback,
) -> Result<BillFeedbackId> {
    check_text("text", &input.text)?;
    let write = match Write::begin(store, context, "billFeedbackCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let bill = named_bill(&write, "billId", input.bill_id).await?;
    let month = settlement_month::Entity::find_by_id(bill.month).one(write.tx().orm()).await?;
    let month = month.ok_or_else(|| Error::Invariant("a bill without its month".into()))?;
    if !may_open(bill.state, month.state, month.closed) {
        return Err(Refusal::at("billId", Code::WrongState, bill.state.name()).into());
    }
    let line = match input.line_no {
        None => None,
        Some(no) => Some(line(&write, &bill, no).await?),
    };
    let id = BillFeedbackId(store.ids.next(write.now));
    let row = open(&write, id, &bill, line.as_ref(), input.text.clone());
    let values = row.clone().into_active_model().reset_all();
    let free = OnConflict::new().do_nothing().to_owned();
    let new = bill_feedback::Entity::insert_many([values]).on_conflict(free);
    if new.exec_without_returning(write.tx().orm()).await? == 0 {
        let field = if line.is_some() { "lineNo" } else { "billId" };
        return Err(Refusal::at(field, Code::AlreadyExists, "open feedback on it").into());
    }
    tell(Turn::of(&write, store, context), "OPENED", &row).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

async fn line(write: &Write, bill: &incentive_bill::Model, no: i32) -> Result<incentive_bill_line::Model> {
    let found = incentive_bill_line::Entity::find_by_id((bill.id, no)).one(write.tx().orm()).await?;
    found.ok_or_else(|| Refusal::at("lineNo", Code::NotFound, no.to_string()).into())
}

/// Feedback as it begins: what bill or line said then is kept with it. PURE.
fn open(
    write: &Write,
    id: BillFeedbackId,
    bill: &incentive_bill::Model,
    line: Option<&incentive_bill_line::Model>,
    note: String,
) -> bill_feedback::Model {
    bill_feedback::Model {
        id,
        partner_id: bill.partner_id,
        month: bill.month,
        currency: bill.currency,
        bill_id: bill.id,
        bill_state: bill.state,
        line_no: line.map(|l| l.line_no),
        line_kind: line.map(|l| l.kind),
        origin_month: line.map(|l| l.origin_month),
        line_partner_id: line.map(|l| l.partner_id),
        mode: line.and_then(|l| l.mode),
        product_class: line.and_then(|l| l.product_class.clone()),
        basis: line.map_or(bill.basis, |l| l.basis),
        amount: line.map_or(bill.amount, |l| l.amount),
        note,
        state: FeedbackState::Open,
        answer: None,
        answered_by: None,
        answered_at: None,
        correction_entity: None,
        created_by: write.actor().subject.clone(),
        created_at: write.now,
        closed_at: None,
        version: 1,
    }
}
