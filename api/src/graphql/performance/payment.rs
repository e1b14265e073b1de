//! What is shown of payments: one row of a bill each.

use domain::performance::classify::Parts;
use domain::performance::explain::{PaymentExplanation, PaymentView, explain_payments};
use entity::{Currency, bill_import};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::BigInt;

fn money(payment: &PaymentView, micros: i64) -> Money {
    Money::of(micros, payment.counted.currency)
}

impl Shown for PaymentView {
    const NAME: &'static str = "Payment";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new(
            "A fact: one row of a bill, as a customer paid it or owes it. It never changes.",
        )
        .node(|payment| payment.reference)
        .field("month", "The month it belongs to.", |payment| payment.reference.month)
        .field("consumedAt", "The instant at which the resource was consumed.", |payment| {
            payment.reference.consumed_at
        })
        .one("account", "The account it was billed to.", |payment| Some(payment.reference.account_id))
        .one("customer", "The customer whose account it is; null while it is nobody's.", |payment| {
            payment.customer_id
        })
        .one("product", "The product that was consumed.", |payment| Some(payment.counted.product_id))
        .text("region", "Region as in the bill.", |payment| &payment.region)
        .field("chargingMode", "The way in which the product was charged.", |payment| {
            Choice(payment.counted.charging_mode)
        })
        .field("detailType", "Kind of bill detail.", |payment| Choice(payment.detail_type))
        .field("category", "Kind of charge.", |payment| Choice(payment.category))
        .field("correction", "Whether it corrects an earlier charge.", |payment| payment.correction)
        .field("settled", "Whether the bill says it is paid.", |payment| payment.settled);
        source(amounts(object))
    }
}

/// Adds what it cost, and how it was paid.
fn amounts(object: Object<PaymentView>) -> Object<PaymentView> {
    object
        .object("official", "List price.", |payment| money(payment, payment.official))
        .object("discount", "What was taken off.", |payment| money(payment, payment.discount))
        .object("truncated", "Fractions that were cut off.", |payment| money(payment, payment.truncated))
        .object(
            "payable",
            "What was to pay: official less discount less truncated; the sum of the parts.",
            |payment| money(payment, payment.payable),
        )
        .object("parts", "The amounts that it was made up of.", |payment| {
            PartsOf(payment.parts(), payment.counted.currency)
        })
}

/// Adds where it came from, and where it counted.
fn source(object: Object<PaymentView>) -> Object<PaymentView> {
    object
        .one("invoice", "Its invoice; null if the bill names none.", |payment| payment.invoice_id)
        .column(
            "import",
            "The import that brought it; null for whoever may not see imports.",
            |env, payments, _| Box::pin(imports(env, payments)),
        )
        .field("lineNo", "Line of the import's file; below zero for what takes an earlier payment back.", |payment| {
            BigInt(payment.line_no)
        })
        .field(
            "version",
            "Number of what is said of the charge: 1 is what was said first; an even one takes back what was said before.",
            |payment| payment.version,
        )
        .maybe_text("externalId", "Its id in the source; null if it has none.", |payment| {
            payment.external_id.as_deref()
        })
        .maybe_text(
            "correctsExternalId",
            "The id in the source of what it corrects; null if it names none.",
            |payment| payment.corrects_external_id.as_deref(),
        )
        .column(
            "explanation",
            "Says where it counted, or every reason why it did not; null if that is not the caller's to see.",
            |env, payments, _| Box::pin(explanations(env, payments)),
        )
}

async fn imports(env: &Env, payments: &[PaymentView]) -> Outcome<Vec<Option<bill_import::Model>>> {
    if !env.allows("Query.import") {
        return Ok(payments.iter().map(|_| None).collect());
    }
    let found = env.load(payments.iter().map(|payment| payment.import_id).collect()).await?;
    Ok(payments.iter().map(|payment| found.get(&payment.import_id).cloned()).collect())
}

async fn explanations(env: &Env, payments: &[PaymentView]) -> Outcome<Vec<Option<PaymentExplanation>>> {
    Ok(explain_payments(&env.store, env.scope, payments).await?)
}

/// The parts of a payment with their currency.
struct PartsOf(Parts, Currency);

impl PartsOf {
    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.1)
    }
}

impl Shown for PartsOf {
    const NAME: &'static str = "PaymentParts";

    fn object() -> Object<Self> {
        Object::<Self>::new("The amounts that a payment was made up of. Their sum is the payable amount.")
            .object("cash", "The part paid with money.", |parts| parts.money(parts.0.cash))
            .object("credit", "The part bought on credit, which is not paid yet.", |parts| {
                parts.money(parts.0.credit)
            })
            .object("voucher", "The part paid with vouchers and vendor credits.", |parts| {
                parts.money(parts.0.voucher)
            })
            .object("cashCoupon", "The part paid with cash coupons.", |parts| {
                parts.money(parts.0.cash_coupon)
            })
            .object(
                "storedValueCard",
                "The part paid with stored-value cards: counted when spent, like cash.",
                |parts| parts.money(parts.0.stored_value_card),
            )
            .object("bonus", "The part paid with bonus money.", |parts| parts.money(parts.0.bonus))
            .object("debt", "The part that is still owed.", |parts| parts.money(parts.0.debt))
            .object("writeOff", "The part that the vendor has written off.", |parts| {
                parts.money(parts.0.write_off)
            })
    }
}
