//! A bill of a preview: as it stands, and as it would be.

use domain::reading::{Key, Order};
use domain::settlement::preview::PreviewBill;

use super::bill::ParkedReason;
use super::preview_line::PreviewLine;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Found;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

fn money(bill: &PreviewBill, micros: i64) -> Money {
    Money::of(micros, bill.place.1)
}

impl Shown for PreviewBill {
    const NAME: &'static str = "SettlementPreviewBill";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new("A bill as it stands, and as it would be.")
            .one("partner", "The partner whose bill it is.", |bill| Some(bill.place.0))
            .field("currencyCode", "The currency of the bill.", |bill| bill.place.1)
            .maybe_object("bill", "The bill that stands; null if there is none.", |bill| {
                bill.standing.clone()
            })
            .maybe_object(
                "basisBefore",
                "The performance that the bill that stands rests on; null if there is none.",
                |bill| bill.standing.as_ref().map(|standing| money(bill, standing.basis)),
            )
            .maybe_object("amountBefore", "What stands; null if there is no bill.", |bill| {
                bill.standing.as_ref().map(|standing| money(bill, standing.amount))
            })
            .maybe_object(
                "basisAfter",
                "The performance it would rest on; null if there would be no bill.",
                |bill| bill.outcome.map(|outcome| money(bill, outcome.basis)),
            )
            .maybe_object("amountAfter", "What it would be; null if there would be no bill.", |bill| {
                bill.outcome.map(|outcome| money(bill, outcome.amount))
            })
            .object("difference", "What it would be more; below zero if it would be less.", |bill| {
                money(bill, bill.amount_after().saturating_sub(bill.amount_before()))
            });
        reasons(object)
    }
}

/// Adds why it would change, be parked or not be written, and the lines that would change.
fn reasons(object: Object<PreviewBill>) -> Object<PreviewBill> {
    object
        .maybe_object(
            "parkedReason",
            "The reason why it would be parked for review if it became formal; null if it lies within what is usual.",
            |bill| {
                let parked = bill.outcome?.parked?;
                Some(ParkedReason {
                    code: parked.code,
                    typical: parked.typical,
                    factor_ppm: parked.factor_ppm,
                    currency: bill.place.1,
                })
            },
        )
        .field("setAsideCode", "The reason why its partner cannot be billed, a code; null if it can.", |bill| {
            bill.aside.as_ref().map(|aside| aside.code)
        })
        .maybe_text(
            "setAsideDetail",
            "The reason why its partner cannot be billed, in words; null if it can.",
            |bill| bill.aside.as_ref().map(|aside| aside.detail.as_str()),
        )
        .field("reasons", "The reasons why it would change, each once; UNCHANGED alone if it would not.", |bill| {
            bill.why.iter().copied().map(Choice).collect::<Vec<_>>()
        })
        .pages(
            "lines",
            "The lines that would change, in the order of kind, month, partner, mode and product class.",
            |_, bills, args| {
                Box::pin(async move {
                    let order =
                        Order { name: "previewLines".into(), keys: vec![Key::int("line")], descending: false };
                    let lines = |bill: &PreviewBill| {
                        bill.lines.iter().map(|line| PreviewLine(line.clone(), bill.place.1)).collect()
                    };
                    bills.iter().map(|bill| Found::at_hand(lines(bill), &order, args)).collect()
                })
            },
        )
}
