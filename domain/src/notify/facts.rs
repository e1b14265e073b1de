//! Facts about an event: from its own detail, else from the rows it is about.

use entity::{
    BillFeedbackId, Currency, EventTopic, IncentiveBillId, Month, OpportunityId, OpportunityReason,
    OpportunityState, PartnerId, PaymentRequestId, Timestamp, bill_feedback, event, incentive_bill, partner,
    payment_request,
};
use sea_orm::EntityTrait;
use serde_json::Value;

use super::letter::Facts;
use crate::kernel::error::Result;
use crate::kernel::store::{Tx, query_one};

/// The facts of `event`, which concerns a partner of that name. What its detail says comes first: it is of the moment
/// of the event.
pub(super) async fn of(
    tx: &Tx,
    event: &event::Model,
    detail: &Value,
    partner: Option<String>,
) -> Result<Facts> {
    let mut facts = Facts { partner, ..told(event, detail) };
    let text = |key: &str| detail.get(key).and_then(Value::as_str);
    let bill = event
        .entity
        .parse::<IncentiveBillId>()
        .ok()
        .or_else(|| text("bill").or_else(|| text("bill_id"))?.parse().ok());
    if let Some(id) = bill
        && let Some(bill) = incentive_bill::Entity::find_by_id(id).one(tx.orm()).await?
    {
        facts.month.get_or_insert(bill.month);
        facts.amount.get_or_insert((bill.amount, bill.currency));
        if facts.deadline.is_none() && event.topic != EventTopic::Feedback {
            facts.deadline = bill.confirm_by;
        }
    }
    if let Ok(id) = event.entity.parse::<BillFeedbackId>()
        && let Some(feedback) = bill_feedback::Entity::find_by_id(id).one(tx.orm()).await?
    {
        // Each letter says what its event did, however late it is written.
        facts.reason = if event.kind == "OPENED" { Some(feedback.note) } else { feedback.answer };
    }
    if let Ok(id) = event.entity.parse::<PaymentRequestId>()
        && let Some(request) = payment_request::Entity::find_by_id(id).one(tx.orm()).await?
    {
        facts.month.get_or_insert(request.month);
        facts.amount.get_or_insert((request.amount, request.currency));
        if facts.partner.is_none() {
            // What only the vendor is told concerns no partner, but is about its money.
            facts.partner = name(tx, request.partner_id).await?;
        }
        facts.payout = facts.payout.take().or(request.payout_no);
        facts.reason = facts.reason.take().or(request.reason);
    }
    if event.kind == OpportunityState::PendingAccept.name()
        && let Ok(id) = event.entity.parse::<OpportunityId>()
    {
        let sql = "SELECT due_at FROM opportunity_offer WHERE opportunity_id = $1 AND partner_id = $2 \
                   AND offered_at <= $3 ORDER BY offer_no DESC LIMIT 1";
        let key = [id.0.into(), event.partner_id.map(|id| id.0).into(), event.at.0.into()];
        if let Some(row) = query_one(tx.orm(), sql, key).await? {
            facts.deadline = Some(Timestamp(row.try_get_by_index(0)?));
        }
    }
    Ok(facts)
}

/// The facts that the event itself tells. PURE.
fn told(event: &event::Model, detail: &Value) -> Facts {
    let text = |keys: &[&str]| {
        keys.iter().find_map(|key| detail.get(key).and_then(Value::as_str)).map(str::to_owned)
    };
    let micros = ["amount", "amountMicros", "lapsedMicros"]
        .iter()
        .find_map(|key| detail.get(key))
        .and_then(|amount| amount.as_i64().or_else(|| amount.as_str()?.parse().ok()));
    let currency = text(&["currency"]).and_then(|code| code.parse::<Currency>().ok());
    let instant =
        |value: &Value| value.as_i64().map(Timestamp).or_else(|| Timestamp::parse_rfc3339(value.as_str()?));
    Facts {
        topic: event.topic,
        case: text(&["kind"]),
        entity: event.entity.clone(),
        partner: None,
        amount: micros.zip(currency),
        month: text(&["month"]).and_then(|month| month.parse::<Month>().ok()),
        deadline: ["due_at", "confirmBy"].iter().find_map(|key| instant(detail.get(key)?)),
        reason: text(&["reason", "code"]),
        code: text(&["reasonCode"]).and_then(|code| OpportunityReason::from_name(&code)),
        title: text(&["name"]).map(|name| {
            match text(&["customer"]).filter(|customer| !customer.is_empty()) {
                Some(customer) => format!("{name} ({customer})"),
                None => name,
            }
        }),
        payout: text(&["payout_no"]),
    }
}

async fn name(tx: &Tx, id: PartnerId) -> Result<Option<String>> {
    Ok(partner::Entity::find_by_id(id).one(tx.orm()).await?.map(|partner| partner.name))
}
