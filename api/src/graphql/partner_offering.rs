//! What partners offer of their own.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::opportunity::membership::offering::{self, ChangeOffering, NewOffering, OfferingFields};
use domain::reading::{self, Key};
use entity::{OfferingId, PartnerId, partner_offering};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{IdFilter, OfferingKindFilter, StringFilter, Wanted, filter, flag, order};
use super::partner::Partner;
use super::pce_enums::OfferingKind;
use super::scalars::DateTime;
use super::user_error::payload;

/// A partner's own product or solution.
#[derive(Clone)]
pub struct PartnerOffering(partner_offering::Model);

impl From<partner_offering::Model> for PartnerOffering {
    fn from(row: partner_offering::Model) -> Self {
        Self(row)
    }
}

/// A product or solution of a partner that goes with the vendor's.
#[Object]
impl PartnerOffering {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// What it is.
    async fn kind(&self) -> OfferingKind {
        self.0.kind.into()
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The product family it belongs to, in capitals.
    async fn demand_tag(&self) -> &str {
        &self.0.demand_tag
    }

    /// Whether it is on the vendor's white list: only then its opportunities earn an incentive.
    async fn white_listed(&self) -> bool {
        self.0.white_listed
    }

    /// Whether it is offered now.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// When it was made known.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

connection! {
    /// A page of offerings.
    PartnerOfferingConnection,
    /// An offering with its cursor.
    PartnerOfferingEdge, PartnerOffering, partner_offering::Model
}

filter! {
    /// Which offerings.
    PartnerOfferingFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_offering.partner_id"),
        /// By what it is.
        kind: OfferingKindFilter => |f| f.on("partner_offering.kind"),
        /// By name.
        name: StringFilter => |f| f.on("partner_offering.name"),
        /// By product family.
        demand_tag: StringFilter => |f| f.on("partner_offering.demand_tag"),
        /// Whether it is on the white list.
        white_listed: bool => |f| flag("partner_offering.white_listed", *f),
        /// Whether it is offered now.
        active: bool => |f| flag("partner_offering.active", *f),
    }
}

order! {
    /// The order of offerings.
    PartnerOfferingOrder,
    /// What offerings are ordered by.
    PartnerOfferingOrderField of "partnerOfferings" {
        /// When it was made known.
        CreatedAt "CREATED_AT" => [Key::int("partner_offering.id")],
        /// Its name.
        Name "NAME" => [Key::text("partner_offering.name"), Key::int("partner_offering.id")],
    } default CreatedAt Desc
}

/// Queries about offerings.
#[derive(Default)]
pub struct PartnerOfferingQuery;

#[Object(guard = "root(\"Query\")")]
impl PartnerOfferingQuery {
    /// The offerings the caller sees: a partner its own, the vendor's staff all. Latest first.
    async fn partner_offerings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PartnerOfferingFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PartnerOfferingOrder>,
    ) -> Option<Result<PartnerOfferingConnection>> {
        let list = async {
            let paging = Paging { first, after, last, before };
            let list = reading::pce::offerings(scope(ctx)?);
            Found::list(ctx, list, Wanted::of(filter), PartnerOfferingOrder::of(order_by), paging).await
        };
        Some(list.await.map(PartnerOfferingConnection))
    }
}

/// An offering to be made known.
#[derive(InputObject)]
pub struct PartnerOfferingCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Whose; needed of the vendor's staff, one's own otherwise.
    partner_id: Option<ID>,
    /// What it is.
    kind: OfferingKind,
    /// Its name, 1 to 200 characters; another than those of the partner's other offerings.
    name: String,
    /// The product family, e.g. BIG_DATA; OTHER for none.
    demand_tag: String,
    /// Whether it is on the vendor's white list; only operations say.
    white_listed: Option<bool>,
}

payload! {
    /// What came of it.
    PartnerOfferingCreatePayload {
        /// The new offering.
        partner_offering: PartnerOffering
    }
}

/// A change of an offering; what is not given stays.
#[derive(InputObject)]
pub struct PartnerOfferingUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The offering.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What it is.
    kind: Option<OfferingKind>,
    /// Its name, 1 to 200 characters.
    name: Option<String>,
    /// The product family. Opportunities that the offering goes with keep the one they have.
    demand_tag: Option<String>,
    /// Whether it is on the vendor's white list; only operations say.
    white_listed: Option<bool>,
    /// Whether it is offered now.
    active: Option<bool>,
}

payload! {
    /// What came of it.
    PartnerOfferingUpdatePayload {
        /// The offering as it is now.
        partner_offering: PartnerOffering
    }
}

/// Changes of offerings.
#[derive(Default)]
pub struct PartnerOfferingMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PartnerOfferingMutation {
    /// Makes an offering known.
    async fn partner_offering_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offering.")] input: PartnerOfferingCreateInput,
    ) -> Result<PartnerOfferingCreatePayload> {
        let mut checks = Checks::default();
        let partner_id = checks.optional_id("partnerId", input.partner_id.as_ref());
        let fields = OfferingFields {
            kind: Some(input.kind.into()),
            name: Some(input.name),
            demand_tag: Some(input.demand_tag),
            white_listed: input.white_listed,
            active: None,
        };
        let new = NewOffering { partner_id, fields };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                offering::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        PartnerOfferingCreatePayload::of(ctx, result, None).await
    }

    /// Changes an offering.
    async fn partner_offering_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: PartnerOfferingUpdateInput,
    ) -> Result<PartnerOfferingUpdatePayload> {
        let mut checks = Checks::default();
        let id: OfferingId = checks.id("id", &input.id);
        let fields = OfferingFields {
            kind: input.kind.map(Into::into),
            name: input.name,
            demand_tag: input.demand_tag,
            white_listed: input.white_listed,
            active: input.active,
        };
        let change = ChangeOffering { id, expected_version: input.expected_version, fields };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                offering::update(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), change)
                    .await
            }
        };
        PartnerOfferingUpdatePayload::of(ctx, result, Some(&input.id)).await
    }
}
