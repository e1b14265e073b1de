//! What is shown of the lines of incentive bills.

use domain::reading::settlement::bill::Line;

use crate::graphql::partner::somebody;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::Decimal;

impl Shown for Line {
    const NAME: &'static str = "IncentiveBillLine";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A line of an incentive bill: performance times a rate, a correction, or what rounding left over.",
        )
        .one("bill", "The bill it stands on.", |line| Some(line.row.bill_id))
        .field("lineNo", "Its number in the bill, from 1.", |line| line.row.line_no)
        .field("kind", "The kind of the line.", |line| Choice(line.row.kind))
        .field("originMonth", "The month the performance belongs to.", |line| line.row.origin_month)
        .one(
            "partner",
            "The partner whose performance it is: the billed one, or a reseller of it; null for nobody.",
            |line| somebody(line.row.partner_id),
        )
        .field("mode", "Association mode; null where it does not matter.", |line| line.row.mode.map(Choice))
        .maybe_text("productClass", "Product class; null where it does not matter.", |line| {
            line.row.product_class.as_deref()
        })
        .one("policy", "The version of the policy that priced it; null if none did.", |line| line.row.policy_id)
        .field("rateSeq", "The place of its rate in the policy; null if none priced it.", |line| {
            line.row.rate_seq.map(i32::from)
        })
        .field("ratePpm", "Its rate in parts per million.", |line| line.row.rate_ppm)
        .object("basis", "The performance it rests on.", |line| Money::of(line.row.basis, line.currency))
        .field("exact", "What it earns before rounding, exact.", |line| Decimal(line.row.exact.clone()))
        .object("amount", "What it earns, rounded once.", |line| Money::of(line.row.amount, line.currency))
        .maybe_text("note", "A word on it, e.g. that a cap or minimum held; null if there is none.", |line| {
            line.row.note.as_deref()
        })
    }
}

impl Paged for Line {
    const PAGE: &'static str = "A page of bill lines.";
    const EDGE: &'static str = "A bill line with its cursor.";
}
