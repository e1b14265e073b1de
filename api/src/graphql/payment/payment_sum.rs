//! Payment requests added up by state, for a dashboard; and the machine itself, for frontends that draw it.

use crate::graphql::schema::enums::{PaymentKind, PayoutWay};
use crate::graphql::schema::list::list_of;
use domain::kernel::machine::{Machine, Transition};
use domain::money::payment::machine::Requests;
use domain::money::payment::{labels, machine};
use domain::reading;
use domain::reading::money::payment_request::StateSum;
use entity::payment_request;

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for StateSum {
    const NAME: &'static str = "PaymentRequestSum";

    fn object() -> Object<Self> {
        Object::<Self>::new("Payment requests of one kind, state and currency, added up.")
            .field("kind", "The kind of payment.", |row| Choice(row.kind))
            .field("state", "The state.", |row| Choice(row.state))
            .field("stage", "The stage of that state.", |row| Choice(machine::stage(row.state)))
            .said("label", "The state as people read it, in the request's language.", |row, env| {
                labels::label(row.kind, row.state, env.lang())
            })
            .field("count", "The number of requests.", |row| i32::try_from(row.count).unwrap_or(i32::MAX))
            .object("amount", "Their amounts.", |row| Money::of(row.amount, row.currency))
            .field("oldestSince", "Since when the oldest of them stands there.", |row| row.oldest_since)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root
.lists("paymentRequestSums", "The payment requests the caller sees, added up by kind, state and currency, with the age of the oldest.", |env, _, args| Box::pin(async move {
            let filter = list_of::<payment_request::Model>().filter.read(args.sent("filter"))?;
            Ok(vec![reading::money::payment_request::sums(&env.store, env.scope, filter).await?])
        }))
        .filtered::<payment_request::Model>().describe_arg("filter", "Only requests for which this holds.")
        .lists("paymentSteps", "Every step that requests of a kind and way of payment can make.", |_, _, args| Box::pin(async move {
            let (kind, way) = (args.get::<PaymentKind>("kind")?.0, args.get::<PayoutWay>("way")?.0);
            let steps = Requests::TABLE.iter().filter(|t| Requests::includes(t.of, (kind, way)));
            Ok(vec![steps.map(PaymentStep).collect()])
        }))
        .sure()
        .arg::<PaymentKind>("kind", "The kind of payment.")
        .arg::<PayoutWay>("way", "The way of payment.")
}

/// A step that payment requests can make.
pub(crate) struct PaymentStep(&'static Transition<Requests>);

impl Shown for PaymentStep {
    const NAME: &'static str = "PaymentStep";

    fn object() -> Object<Self> {
        Object::<Self>::new("A step that payment requests can make.")
            .field("operation", "The operation that moves the request.", |row| Choice(row.0.operation))
            .field("from", "From where.", |row| Choice(row.0.from))
            .field("to", "To where.", |row| Choice(row.0.to))
            .field("by", "The parties that may do it.", |row| {
                row.0.by.iter().copied().map(Choice).collect::<Vec<_>>()
            })
            .field("needsReason", "Whether it needs a reason.", |row| row.0.why.needs_words())
    }
}
