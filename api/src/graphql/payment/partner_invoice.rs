//! Invoices of partners to the vendor.

use domain::reading::{self, Key};
use entity::{Day, PartnerId, PaymentRequestId, partner_invoice};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::PartnerInvoiceStateFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for partner_invoice::Model {
    const NAME: &'static str = "PartnerInvoice";

    fn object() -> Object<Self> {
        Object::<Self>::new("An invoice of a partner to the vendor, for one payment request.")
            .node(|row| row.id)
            .one("partner", "The partner that invoices.", |row| Some(row.partner_id))
            .one("paymentRequest", "The request it is for.", |row| Some(row.request_id))
            .text("invoiceNo", "Its number; a partner uses one once for ever.", |row| &row.invoice_no)
            .field("issuedOn", "The day it bears.", |invoice| Day(invoice.issued_on))
            .field("kind", "The kind of invoice.", |row| Choice(row.kind))
            .field("taxRatePpm", "The tax rate in parts per million.", |row| row.tax_rate_ppm)
            .object("net", "Without tax.", |row| Money::of(row.net, row.currency))
            .object("tax", "The tax.", |row| Money::of(row.tax, row.currency))
            .object("total", "With tax.", |row| Money::of(row.total, row.currency))
            .one("file", "Its picture or document.", |row| row.file_id)
            .field("state", "The state of the invoice.", |row| Choice(row.state))
            .maybe_text("reason", "The reason why it was refused; null if it was not.", |row| {
                row.reason.as_deref()
            })
            .field("signedForAt", "The instant at which the vendor received it; null before.", |row| {
                row.signed_for_at
            })
            .field("createdAt", "The instant at which it was registered.", |row| row.created_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |row| {
                row.version
            })
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "partnerInvoices",
        "The invoices of partners the caller sees: a partner its own. Latest first.",
        |env| reading::money::partner_invoice::list(env.scope),
    )
}

impl Paged for partner_invoice::Model {
    const PAGE: &'static str = "A page of partners' invoices.";
    const EDGE: &'static str = "An invoice with its cursor.";
}

impl Listable for partner_invoice::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PartnerInvoiceFilter", "Conditions on invoices of partners.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("paymentRequest", "By payment request.", |f: &IdFilter| {
                    f.on::<PaymentRequestId>("request_id")
                })
                .by("invoiceNo", "By number.", |f: &StringFilter| f.on("invoice_no"))
                .by("state", "By state.", |f: &PartnerInvoiceStateFilter| f.on("state"))
                .by("createdAt", "By when it was registered.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new("partnerInvoices", "PartnerInvoiceOrder", "The order of partners' invoices.")
                .by("CREATED_AT", "When it was registered.", [Key::int("id")])
                .by("TOTAL", "With tax.", [Key::int("total"), Key::int("id")])
                .descending(),
        }
    }
}
