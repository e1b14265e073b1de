//! Giving feedback on a bill.

use entity::{
    AssociationMode, BillFeedbackId, FeedbackState, IncentiveBillId, incentive_bill, incentive_bill_line,
    settlement_month,
};
use sea_orm::{EntityTrait, Value};
use serde::{Deserialize, Serialize};

use super::{Concerns, check_text, may_open, tell};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, insert_rows};
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
    let bill = named_bill(&write, input.bill_id).await?;
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
    if !insert(&write, id, &bill, line.as_ref(), &input.text).await? {
        let field = if line.is_some() { "lineNo" } else { "billId" };
        return Err(Refusal::at(field, Code::AlreadyExists, "open feedback on it").into());
    }
    let concerns = Concerns {
        id,
        partner_id: bill.partner_id,
        month: bill.month,
        bill_id: bill.id,
        state: FeedbackState::Open,
    };
    tell(&write, store, "OPENED", concerns).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

async fn line(write: &Write, bill: &incentive_bill::Model, no: i32) -> Result<incentive_bill_line::Model> {
    let found = incentive_bill_line::Entity::find_by_id((bill.id, no)).one(write.tx().orm()).await?;
    found.ok_or_else(|| Refusal::at("lineNo", Code::NotFound, no.to_string()).into())
}

/// `false` if there is open feedback on it already.
async fn insert(
    write: &Write,
    id: BillFeedbackId,
    bill: &incentive_bill::Model,
    line: Option<&incentive_bill_line::Model>,
    text: &str,
) -> Result<bool> {
    let values: [Value; 19] = [
        id.0.into(),
        bill.partner_id.0.into(),
        bill.month.0.into(),
        bill.currency.into(),
        bill.id.0.into(),
        bill.state.name().into(),
        line.map(|l| l.line_no).into(),
        line.map(|l| l.kind.name()).into(),
        line.map(|l| l.origin_month.0).into(),
        line.map(|l| l.partner_id.0).into(),
        line.and_then(|l| l.mode).map(AssociationMode::code).into(),
        line.and_then(|l| l.product_class.clone()).into(),
        line.map_or(bill.basis, |l| l.basis).into(),
        line.map_or(bill.amount, |l| l.amount).into(),
        text.into(),
        "OPEN".into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
        1.into(),
    ];
    let head = "INSERT INTO bill_feedback (id, partner_id, month, currency, bill_id, bill_state, line_no, line_kind, \
                origin_month, line_partner_id, mode, product_class, basis, amount, note, state, created_by, created_at, version)";
    Ok(insert_rows(write.tx().orm(), head, 19, values.into(), "ON CONFLICT DO NOTHING").await? > 0)
}
