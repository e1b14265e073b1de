//! Invoices of the vendor to customers.

use async_graphql::{ID, InputObject};
use domain::performance::import::pay::{self, MarkPaid};
use domain::reading::{self, Key, Predicate};
use entity::{InvoiceId, invoice};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::comparators::{CurrencyFilter, DateTimeFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::DateTime;

impl Shown for invoice::Model {
    const NAME: &'static str = "Invoice";

    fn object() -> Object<Self> {
        Object::<Self>::new("An invoice of the vendor: what is paid together.")
            .node(|invoice| invoice.id)
            .text("provider", "The provider that issued it.", |invoice| &invoice.provider)
            .text(
                "invoiceNo",
                "Its number. Unpaid rows of bills without one are under account/YYYY-MM/CUR.",
                |invoice| &invoice.invoice_no,
            )
            .field("currencyCode", "Its one currency.", |invoice| invoice.currency)
            .field("paidAt", "The instant at which it was paid; null while it is not marked so.", |invoice| {
                invoice.paid_at
            })
            .field("createdAt", "The instant at which a bill first named it.", |invoice| invoice.created_at)
            .field("version", "Grows with every change.", |invoice| invoice.version)
    }
}

impl Paged for invoice::Model {
    const PAGE: &'static str = "A page of invoices.";
    const EDGE: &'static str = "An invoice with its cursor.";
}

impl Listable for invoice::Model {
    fn list() -> List {
        List {
            filter: Filter::new("InvoiceFilter", "Conditions on invoices.")
                .by("provider", "By provider.", |f: &StringFilter| f.on("provider"))
                .by("invoiceNo", "By number.", |f: &StringFilter| f.on("invoice_no"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
                .by("paid", "Whether it was marked paid.", |f: &bool| Ok(Predicate::is_null("paid_at", !*f)))
                .by("createdAt", "By the instant at which a bill first named it.", |f: &DateTimeFilter| {
                    f.on("created_at")
                }),
            order: OrderBy::new("invoices", "InvoiceOrder", "The order of invoices.")
                .by(
                    "CREATED_AT",
                    "The instant at which a bill first named it.",
                    [Key::int("created_at"), Key::int("id")],
                )
                .by(
                    "NUMBER",
                    "Provider and number.",
                    [Key::text("provider"), Key::text("invoice_no"), Key::int("id")],
                )
                .descending(),
        }
    }
}

/// An invoice that was paid.
#[derive(InputObject)]
pub(crate) struct InvoiceMarkPaidInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The provider that issued it.
    provider: String,
    /// Its number.
    invoice_no: String,
    /// The instant at which it was paid; now if not given.
    paid_at: Option<DateTime>,
}

impl Change for InvoiceMarkPaidInput {
    type Gives = InvoiceId;
    const NAME: &'static str = "invoiceMarkPaid";
    const DOC: &'static str = "Marks an invoice paid: its unpaid amounts count from then on.";
    const INPUT: &'static str = "The invoice, and the instant.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("invoice", "The invoice as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<InvoiceId> {
        let mut checks = Checks::default();
        checks.name("provider", &self.provider);
        checks.name("invoiceNo", &self.invoice_no);
        checks.done()?;
        let paid = MarkPaid {
            provider: self.provider,
            invoice_no: self.invoice_no,
            paid_at: self.paid_at.map(|at| at.0),
        };
        pay::mark_paid(&env.store, &env.context(), Some(&self.idempotency_key), paid).await
    }
}

/// Adds the query about invoices.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "invoices",
        "The invoices the caller sees: those with an account of a customer it sees.",
        |env| reading::performance::invoice::list(env.scope),
    )
}

/// Adds the changes of invoices.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<InvoiceMarkPaidInput>()
}
