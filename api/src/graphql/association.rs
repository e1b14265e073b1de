//! Associations: which partner had a customer, when and in which mode.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::programme::association::{self, Correct, End, NewAssociation, Transfer};
use domain::reading::Key;
use entity::{AssociationId, PartnerId};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::connection::connection;
use super::customer::Customer;
use super::enums::AssociationMode;
use super::filter::{AssociationModeFilter, DateTimeFilter, IdFilter, filter, order};
use super::partner::Partner;
use super::scalars::DateTime;
use super::user_error::payload;

/// Longest reason, in characters.
pub(crate) const REASON_LIMIT: usize = 1000;

/// A period in which a partner has a customer.
#[derive(Clone)]
pub struct Association(entity::association::Model);

impl From<entity::association::Model> for Association {
    fn from(row: entity::association::Model) -> Self {
        Self(row)
    }
}

/// A period in which a partner has a customer. Periods of a customer never overlap.
#[Object]
impl Association {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The customer.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id).await.transpose()
    }

    /// The partner.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// Consulting or resale.
    async fn mode(&self) -> AssociationMode {
        self.0.mode.into()
    }

    /// First instant.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.valid_from)
    }

    /// First instant after; null while it is open.
    async fn valid_to(&self) -> Option<DateTime> {
        DateTime::end(self.0.valid_to)
    }

    /// Until then nothing counts, because the customer came from another partner; null without a cooling-off.
    async fn cooling_off_until(&self) -> Option<DateTime> {
        Some(self.0.cooling_off_until).filter(|at| at.0 > 0).map(DateTime)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

connection! {
    /// A page of associations.
    AssociationConnection,
    /// An association with its cursor.
    AssociationEdge, Association, entity::association::Model
}

filter! {
    /// Which associations.
    AssociationFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By mode.
        mode: AssociationModeFilter => |f| f.on("mode"),
        /// By first instant.
        valid_from: DateTimeFilter => |f| f.on("valid_from"),
        /// By first instant after; open ones are later than any instant.
        valid_to: DateTimeFilter => |f| f.on("valid_to"),
    }
}

order! {
    /// The order of associations.
    AssociationOrder,
    /// What associations are ordered by.
    AssociationOrderField of "associations" {
        /// First instant.
        ValidFrom "VALID_FROM" => [Key::int("valid_from"), Key::int("id")],
    } default ValidFrom Asc
}

/// An association to be made.
#[derive(InputObject)]
pub struct AssociationCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer.
    customer_id: ID,
    /// The partner.
    partner_id: ID,
    /// Consulting or resale.
    mode: AssociationMode,
    /// First instant; now if not given.
    valid_from: Option<DateTime>,
    /// First instant after; open if not given.
    valid_to: Option<DateTime>,
}

/// The end of an association.
#[derive(InputObject)]
pub struct AssociationEndInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Which.
    association_id: ID,
    /// From when on the customer is nobody's; now if not given.
    at: Option<DateTime>,
    /// The version you saw.
    expected_version: i32,
    /// Why; kept in the audit trail.
    reason: Option<String>,
}

/// A change of partner or mode.
#[derive(InputObject)]
pub struct AssociationTransferInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer.
    customer_id: ID,
    /// The new partner, or the same one for a change of mode.
    partner_id: ID,
    /// The new mode.
    mode: AssociationMode,
    /// From when on; now if not given.
    at: Option<DateTime>,
    /// Why; kept in the audit trail.
    reason: Option<String>,
}

/// What an association should have been.
#[derive(InputObject)]
pub struct AssociationCorrectInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Which.
    association_id: ID,
    /// The version you saw.
    expected_version: i32,
    /// The right partner, if that was wrong.
    partner_id: Option<ID>,
    /// The right mode, if that was wrong.
    mode: Option<AssociationMode>,
    /// The right first instant, if that was wrong.
    valid_from: Option<DateTime>,
    /// Why it was wrong; kept in the audit trail.
    reason: String,
}

payload! {
    /// What came of it.
    AssociationCreatePayload {
        /// The new association.
        association: Association
    }
}
payload! {
    /// What came of it.
    AssociationEndPayload {
        /// The association as it is now.
        association: Association
    }
}
payload! {
    /// What came of it.
    AssociationTransferPayload {
        /// The association that begins.
        association: Association
    }
}
payload! {
    /// What came of it.
    AssociationCorrectPayload {
        /// The association as it is now.
        association: Association
    }
}

/// Changes of associations.
#[derive(Default)]
pub struct AssociationMutation;

#[Object(guard = "root(\"Mutation\")")]
impl AssociationMutation {
    /// Associates a customer with a partner.
    async fn association_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, with whom, how and when.")] input: AssociationCreateInput,
    ) -> Result<AssociationCreatePayload> {
        let result = create(ctx, input).await?;
        AssociationCreatePayload::of(ctx, result, None).await
    }

    /// Ends an association at an instant.
    async fn association_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and when.")] input: AssociationEndInput,
    ) -> Result<AssociationEndPayload> {
        let edited = input.association_id.clone();
        let result = end(ctx, input).await?;
        AssociationEndPayload::of(ctx, result, Some(&edited)).await
    }

    /// Moves a customer to another partner or mode at an instant, in one step.
    async fn association_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, to whom, how and when.")] input: AssociationTransferInput,
    ) -> Result<AssociationTransferPayload> {
        let result = transfer(ctx, input).await?;
        AssociationTransferPayload::of(ctx, result, None).await
    }

    /// Corrects an association in the past. Closed months keep what they say; the difference becomes correction
    /// lines in the open month.
    async fn association_correct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it should have been.")] input: AssociationCorrectInput,
    ) -> Result<AssociationCorrectPayload> {
        let edited = input.association_id.clone();
        let result = correct(ctx, input).await?;
        AssociationCorrectPayload::of(ctx, result, Some(&edited)).await
    }
}

async fn create(ctx: &Context<'_>, input: AssociationCreateInput) -> Result<domain::Result<AssociationId>> {
    let mut checks = Checks::default();
    let new = NewAssociation {
        customer_id: checks.id("customerId", &input.customer_id),
        partner_id: checks.id("partnerId", &input.partner_id),
        mode: input.mode.into(),
        valid_from: input.valid_from.map(|at| at.0),
        valid_to: input.valid_to.map(|at| at.0),
    };
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(association::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await)
}

async fn end(ctx: &Context<'_>, input: AssociationEndInput) -> Result<domain::Result<AssociationId>> {
    let mut checks = Checks::default();
    checks.text("reason", input.reason.as_deref().unwrap_or_default(), REASON_LIMIT);
    let end = End {
        association_id: checks.id("associationId", &input.association_id),
        at: input.at.map(|at| at.0),
        expected_version: input.expected_version,
        reason: input.reason,
    };
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(association::end(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), end).await)
}

async fn transfer(
    ctx: &Context<'_>,
    input: AssociationTransferInput,
) -> Result<domain::Result<AssociationId>> {
    let mut checks = Checks::default();
    checks.text("reason", input.reason.as_deref().unwrap_or_default(), REASON_LIMIT);
    let transfer = Transfer {
        customer_id: checks.id("customerId", &input.customer_id),
        partner_id: checks.id("partnerId", &input.partner_id),
        mode: input.mode.into(),
        at: input.at.map(|at| at.0),
        reason: input.reason,
    };
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(association::transfer(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), transfer).await)
}

async fn correct(ctx: &Context<'_>, input: AssociationCorrectInput) -> Result<domain::Result<AssociationId>> {
    let mut checks = Checks::default();
    checks.text("reason", &input.reason, REASON_LIMIT);
    let correct = Correct {
        association_id: checks.id("associationId", &input.association_id),
        expected_version: input.expected_version,
        partner_id: checks.optional_id("partnerId", input.partner_id.as_ref()),
        mode: input.mode.map(Into::into),
        valid_from: input.valid_from.map(|at| at.0),
        reason: input.reason,
    };
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(association::correct(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), correct).await)
}
