//! Making offerings known, and changing them.

use async_graphql::{ID, InputObject};
use domain::opportunity::membership::offering::{self, ChangeOffering, NewOffering, OfferingFields};
use entity::OfferingId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::OfferingKind;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// An offering to be made known.
#[derive(InputObject)]
pub(crate) struct PartnerOfferingCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner that offers it; needed of the vendor's staff, one's own otherwise.
    partner_id: Option<ID>,
    /// Its kind.
    kind: OfferingKind,
    /// Its name, 1 to 200 characters; another than those of the partner's other offerings.
    name: String,
    /// The product family, e.g. BIG_DATA; OTHER for none.
    demand_tag: String,
    /// Whether it is on the vendor's white list; only operations may give it.
    white_listed: Option<bool>,
}

impl Change for PartnerOfferingCreateInput {
    type Gives = OfferingId;
    const NAME: &'static str = "partnerOfferingCreate";
    const DOC: &'static str = "Makes an offering known.";
    const INPUT: &'static str = "The offering to be made known.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partnerOffering", "The new offering.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OfferingId> {
        let mut checks = Checks::default();
        let partner_id = checks.optional_id("partnerId", self.partner_id.as_ref());
        checks.done()?;
        let fields = OfferingFields {
            kind: Some(self.kind.0),
            name: Some(self.name),
            demand_tag: Some(self.demand_tag),
            white_listed: self.white_listed,
            active: None,
        };
        let new = NewOffering { partner_id, fields };
        offering::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// A change of an offering; what is not given stays.
#[derive(InputObject)]
pub(crate) struct PartnerOfferingUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The offering.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// Its kind.
    kind: Option<OfferingKind>,
    /// Its name, 1 to 200 characters.
    name: Option<String>,
    /// The product family. Opportunities that the offering goes with keep the one they have.
    demand_tag: Option<String>,
    /// Whether it is on the vendor's white list; only operations may give it.
    white_listed: Option<bool>,
    /// Whether it is offered now.
    active: Option<bool>,
}

impl Change for PartnerOfferingUpdateInput {
    type Gives = OfferingId;
    const NAME: &'static str = "partnerOfferingUpdate";
    const DOC: &'static str = "Changes an offering.";
    const INPUT: &'static str = "The offering, and what changes of it.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partnerOffering", "The offering as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OfferingId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        let fields = OfferingFields {
            kind: self.kind.map(|kind| kind.0),
            name: self.name,
            demand_tag: self.demand_tag,
            white_listed: self.white_listed,
            active: self.active,
        };
        let change = ChangeOffering { id, expected_version: self.expected_version, fields };
        offering::update(&env.store, &env.context(), Some(&self.idempotency_key), change).await
    }
}

/// Adds the changes of offerings.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PartnerOfferingCreateInput>().change::<PartnerOfferingUpdateInput>()
}
