//! What partners find wrong with their bills, and what came of it.

use domain::reading::Order;
use domain::reading::{self, Key};
use entity::{BillFeedbackId, PartnerId, bill_feedback};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{IdFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::FeedbackStateFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::{BillOf, LineOf};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for bill_feedback::Model {
    const NAME: &'static str = "BillFeedback";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a partner finds wrong with a bill or one of its lines. It stays with the bill of its partner, month and currency, and with the performance of its line, while runs write the bill anew.")
            .node(|row| row.id)
            .one("partner", "The partner whose bill it is.", |row| Some(row.partner_id))
            .field("month", "The bill's month.", |row| row.month)
            .field("currencyCode", "The bill's currency.", |row| row.currency)
            .one("bill", "The bill as it is now; null if its performance is gone.", |feedback| Some(BillOf(feedback.id)))
            .one("line", "The line as it is now; null where the whole bill is meant, or the line is gone.", |feedback| feedback.line_no.map(|_| LineOf(feedback.id)))
            .field("billState", "The state of the bill when the feedback was given.", |row| Choice(row.bill_state))
            .field("lineNo", "The number of the line when this was said; null for the whole bill.", |row| row.line_no)
            .field("lineKind", "The kind of the line; null for the whole bill.", |row| row.line_kind.map(Choice))
            .field("originMonth", "The month the line's performance belongs to; null for the whole bill.", |row| row.origin_month)
.one("linePartner", "The partner whose performance the line prices; null for the whole bill.", |feedback| feedback.line_partner_id.filter(|id| id.0 != 0))
            .field("mode", "The line's association mode.", |row| row.mode.map(Choice))
            .maybe_text("productClass", "The line's product class.", |row| row.product_class.as_deref())
            .object("basis", "The performance of bill or line when this was said.", |row| Money::of(row.basis, row.currency))
            .object("amount", "The incentive of bill or line when this was said.", |row| Money::of(row.amount, row.currency))
            .text("text", "The fault in the partner's words.", |row| &row.note)
            .field("state", "The state of the feedback.", |row| Choice(row.state))
            .maybe_text("answer", "The vendor's answer.", |row| row.answer.as_deref())
            .maybe_text("answeredBy", "The person who answered; null before.", |row| row.answered_by.as_deref())
            .field("answeredAt", "The instant of the answer; null before.", |row| row.answered_at)
.any("correctionEntity", "What mended it: an association, import, invoice or product; null also for whoever does not see that.", |feedback| feedback.correction_entity.as_deref())
            .below_in_order("corrections", "The lines by which later bills corrected its month for the same partner and currency, oldest first; none unless it was accepted.", ("bill_feedback.id", |feedback| feedback.id.0), |env| reading::settlement::feedback::corrections(env.scope), || {
                let keys = ["incentive_bill.month", "incentive_bill_line.bill_id", "incentive_bill_line.line_no"];
                Order { name: "feedbackCorrections".into(), keys: keys.map(Key::int).into(), descending: false }
            })
            .text("createdBy", "The person who gave it.", |row| &row.created_by)
            .field("createdAt", "The instant at which it was given.", |row| row.created_at)
            .field("closedAt", "The instant at which it was answered or taken back; null while it is open.", |row| row.closed_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |row| row.version)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<BillFeedbackId, _>(
        "billFeedback",
        "Feedback on a bill by id; null if the caller sees none.",
        "The feedback's id.",
    )
    .list(
        "billFeedbacks",
        "The feedback on bills the caller sees: a partner its own. Latest first.",
        |env| reading::settlement::feedback::list(env.scope),
    )
}

impl Paged for bill_feedback::Model {
    const PAGE: &'static str = "A page of feedback.";
    const EDGE: &'static str = "Feedback with its cursor.";
}

impl Listable for bill_feedback::Model {
    fn list() -> List {
        List {
            filter: Filter::new("BillFeedbackFilter", "Conditions on feedback.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("month", "By the bill's month.", |f: &MonthFilter| f.on("month"))
                .by("state", "By state.", |f: &FeedbackStateFilter| f.on("state")),
            order: OrderBy::new("billFeedbacks", "BillFeedbackOrder", "The order of feedback.")
                .by(
                    "CREATED_AT",
                    "When it was said.",
                    [Key::int("bill_feedback.created_at"), Key::int("bill_feedback.id")],
                )
                .descending(),
        }
    }
}
