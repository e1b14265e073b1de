//! Invoices of the vendor to customers.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::performance::import::pay::{self, MarkPaid};
use domain::reading::{self, Key};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{CurrencyFilter, DateTimeFilter, StringFilter, Wanted, filter, order};
use super::scalars::{CurrencyCode, DateTime};
use super::user_error::payload;

/// An invoice.
#[derive(Clone)]
pub struct Invoice(entity::invoice::Model);

impl From<entity::invoice::Model> for Invoice {
    fn from(row: entity::invoice::Model) -> Self {
        Self(row)
    }
}

/// An invoice of the vendor: what is paid together.
#[Object]
impl Invoice {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The provider that issued it.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// Its number. Unpaid rows of bills without one are under account/YYYY-MM.
    async fn invoice_no(&self) -> &str {
        &self.0.invoice_no
    }

    /// Its one currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// When it was marked paid; null while it is not.
    async fn paid_at(&self) -> Option<DateTime> {
        self.0.paid_at.map(DateTime)
    }

    /// When a bill first named it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

connection! {
    /// A page of invoices.
    InvoiceConnection,
    /// An invoice with its cursor.
    InvoiceEdge, Invoice, entity::invoice::Model
}

filter! {
    /// Which invoices.
    InvoiceFilter {
        /// By provider.
        provider: StringFilter => |f| f.on("provider"),
        /// By number.
        invoice_no: StringFilter => |f| f.on("invoice_no"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// Whether it was marked paid.
        paid: bool => |f| Ok(Predicate::is_null("paid_at", !*f)),
        /// By when a bill first named it.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of invoices.
    InvoiceOrder,
    /// What invoices are ordered by.
    InvoiceOrderField of "invoices" {
        /// Provider and number.
        Number "NUMBER" => [Key::text("provider"), Key::text("invoice_no"), Key::int("id")],
        /// When a bill first named it.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about invoices.
#[derive(Default)]
pub struct InvoiceQuery;

#[Object(guard = "root(\"Query\")")]
impl InvoiceQuery {
    /// The invoices the caller sees: those with an account of a customer it sees.
    async fn invoices(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<InvoiceFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<InvoiceOrder>,
    ) -> Option<Result<InvoiceConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::invoice::list(scope(ctx)?),
                Wanted::of(filter),
                InvoiceOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(InvoiceConnection))
    }
}

/// Which invoice was paid, and when.
#[derive(InputObject)]
pub struct InvoiceMarkPaidInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The provider that issued it.
    provider: String,
    /// Its number.
    invoice_no: String,
    /// When it was paid; now if not given.
    paid_at: Option<DateTime>,
}

payload! {
    /// What came of it.
    InvoiceMarkPaidPayload {
        /// The invoice as it is now.
        invoice: Invoice
    }
}

/// Changes of invoices.
#[derive(Default)]
pub struct InvoiceMutation;

#[Object(guard = "root(\"Mutation\")")]
impl InvoiceMutation {
    /// Marks an invoice paid: its unpaid amounts count from then on.
    async fn invoice_mark_paid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invoice, and when.")] input: InvoiceMarkPaidInput,
    ) -> Result<InvoiceMarkPaidPayload> {
        let mut checks = Checks::default();
        checks.name("provider", &input.provider);
        checks.name("invoiceNo", &input.invoice_no);
        let paid = MarkPaid {
            provider: input.provider,
            invoice_no: input.invoice_no,
            paid_at: input.paid_at.map(|at| at.0),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                pay::mark_paid(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), paid).await
            }
        };
        InvoiceMarkPaidPayload::of(ctx, result, None).await
    }
}
