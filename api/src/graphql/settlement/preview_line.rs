//! A line of a previewed bill that would change.

use domain::settlement::preview::difference::{LineChange, Says};
use entity::Currency;

use crate::graphql::partner::somebody;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

/// A line with its bill's currency.
#[derive(Clone)]
pub(super) struct PreviewLine(pub(super) LineChange, pub(super) Currency);

impl Shown for PreviewLine {
    const NAME: &'static str = "SettlementPreviewLine";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A line of a bill that would change: what it prices, what it says, and what it would say.",
        )
        .field("kind", "The kind of the line.", |line| Choice(line.0.subject.kind))
        .field("originMonth", "The month the performance belongs to.", |line| line.0.subject.origin_month)
        .one("partner", "The partner whose performance it is; null for nobody.", |line| {
            somebody(line.0.subject.partner)
        })
        .field("mode", "Association mode; null where it does not matter.", |line| {
            line.0.subject.mode.map(Choice)
        })
        .maybe_text("productClass", "Product class; null where it does not matter.", |line| {
            line.0.subject.product_class.as_deref()
        })
        .maybe_object("before", "What it says; null for a line that would be new.", |line| {
            line.0.before.clone().map(|says| Side(says, line.1))
        })
        .maybe_object("after", "What it would say; null for a line that would be gone.", |line| {
            line.0.after.clone().map(|says| Side(says, line.1))
        })
        .field("reasons", "The reasons why it would change, each once.", |line| {
            line.0.why.iter().copied().map(Choice).collect::<Vec<_>>()
        })
    }
}

impl Paged for PreviewLine {
    const PAGE: &'static str = "A page of lines that would change.";
    const EDGE: &'static str = "A line with its cursor.";
}

/// What a line says, with its bill's currency.
struct Side(Says, Currency);

impl Shown for Side {
    const NAME: &'static str = "SettlementPreviewLineSide";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a line says, or would say.")
            .one("policy", "The policy that prices it; null if none does, or one that is tried.", |side| {
                side.0.rate.map(|(policy, ..)| policy).filter(|policy| policy.0 > 0)
            })
            .field("rateSeq", "The place of its rate in the policy; null if no rate fits.", |side| {
                side.0.rate.map(|(_, seq, _)| i32::from(seq))
            })
            .field("ratePpm", "Its rate in parts per million; null if no rate fits.", |side| {
                side.0.rate.map(|(.., ppm)| ppm)
            })
            .object("basis", "The performance it rests on.", |side| Money::of(side.0.basis, side.1))
            .object("amount", "What it earns, rounded once.", |side| Money::of(side.0.amount, side.1))
            .maybe_text(
                "note",
                "A word on it, e.g. that a cap or minimum held; null if there is none.",
                |side| side.0.note.as_deref(),
            )
    }
}
