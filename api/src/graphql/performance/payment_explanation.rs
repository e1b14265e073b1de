//! Where a payment counted, or every reason why it did not.

use domain::performance::explain::{Allotment, PaymentExplanation};
use entity::Currency;

use crate::graphql::partner::somebody;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for PaymentExplanation {
    const NAME: &'static str = "PaymentExplanation";

    fn object() -> Object<Self> {
        Object::<Self>::new("Says where a payment counted, or every reason why it did not.")
            .one("partner", "The partner that had the customer when it was consumed; null for nobody.", |payment| {
                payment.owner.as_ref().and_then(|owner| somebody(owner.partner_id))
            })
            .one("billTo", "The partner that is billed for it; null for nobody.", |payment| {
                payment.owner.as_ref().and_then(|owner| somebody(owner.bill_to_id))
            })
            .field("mode", "Association mode when it was consumed; null if nobody had the customer.", |payment| {
                payment.owner.as_ref().map(|owner| Choice(owner.mode))
            })
            .objects("allotments", "Its amount by reason.", |payment| {
                let currency = payment.payment.counted.currency;
                payment.allotments.iter().map(|allotment| Allotted(allotment.clone(), currency)).collect()
            })
            .field(
                "reasons",
                "Every reason why some of it did not count: those that alone exclude all of it first, then those of its \
                 parts.",
                |payment| payment.reasons.iter().copied().map(Choice).collect::<Vec<_>>(),
            )
            .object(
                "credited",
                "What credits have to do with it. Of a charge, above zero: how much of it credits paid, which is no cash. Of \
                 a credit, with its sign: how much of it was used; the rest found nothing that it could pay.",
                |payment| Money::of(payment.payment.counted.credited, payment.payment.counted.currency),
            )
            .field("unmatched", "Whether its account belongs to no customer: it waits.", |payment| payment.unmatched)
            .field(
                "pending",
                "Whether a change of its customer waits to be worked in: lines may differ until then.",
                |payment| payment.pending,
            )
    }
}

/// An amount of a payment with its currency.
struct Allotted(Allotment, Currency);

impl Shown for Allotted {
    const NAME: &'static str = "PaymentAllotment";

    fn object() -> Object<Self> {
        Object::<Self>::new("An amount of a payment, the reason why it counted or not, and the line it stands in.")
            .field("reason", "The reason why it counted, or did not.", |allotted| Choice(allotted.0.reason))
            .object("amount", "The amount.", |allotted| Money::of(allotted.0.amount, allotted.1))
            .one(
                "line",
                "The line it stands in; null while the account belongs to nobody or the caller does not see the line.",
                |allotted| allotted.0.line,
            )
    }
}
