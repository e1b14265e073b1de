//! The vendor's side: what offers are made of.

use domain::kernel::many::BulkPolicy;
use domain::opportunity::content::draft::Seen;
use domain::opportunity::content::edit::{Changes, Patch};
use domain::opportunity::intake::share::{Share, share};
use domain::opportunity::membership::join::{Join, join};
use domain::opportunity::membership::offering;
use domain::opportunity::membership::offering::{NewOffering, OfferingFields};
use domain::opportunity::membership::profile::{SetProfile, set};
use domain::opportunity::membership::terms::{CURRENT, Commitment};
use domain::opportunity::offer::make::{Offer, offer};
use domain::opportunity::state::moves::{Moves, move_all};
use domain::programme::office::import::{NewOffice, NewOffices, Person, import};
use domain::{Actor, Context, Error, Principal, Role};
use entity::{
    Day, OfferingKind, OfficeRole, OpportunityId, OpportunityOperation, OpportunityReason, PartnerId,
    PartnerKind, PathStage, opportunity,
};
use sea_orm::EntityTrait;
use tests::partner::member_of;
use tests::world::World;

/// A person of the vendor.
pub(crate) fn staff(subject: &str, roles: &[Role]) -> Context {
    let principal = Principal::Operator { roles: roles.to_vec() };
    Context { actor: Actor { subject: subject.into(), principal }, request_id: None }
}

pub(crate) fn operations() -> Context {
    staff("anna", &[Role::Operations])
}

/// An office with one person that looks after a province.
pub(crate) async fn office(world: &World, region: &str, province: &str) {
    let person = Person {
        subject: "lin".into(),
        name: "Lin".into(),
        email: "lin@vendor.example".into(),
        language: "en".into(),
    };
    let office = NewOffice {
        code: province.into(),
        name: province.into(),
        name_zh: province.into(),
        region: region.into(),
        areas: vec![(province.into(), String::new())],
        members: vec![(person, OfficeRole::Psm)],
    };
    let input = NewOffices { offices: vec![office], coordinators: None };
    import(&world.store, &world.context, None, input).await.unwrap();
}

pub(crate) async fn joined(world: &World, partner: PartnerId) {
    let input = Join { terms: CURRENT.into(), commitments: Commitment::ALL.to_vec() };
    join(&world.store, &member_of(partner), None, input).await.unwrap();
}

pub(crate) async fn stage(world: &World, partner_id: PartnerId, stage: PathStage) {
    let sql = "SELECT version FROM pce_profile WHERE partner_id = $1";
    let rows = domain::kernel::store::query(world.store.db(), sql, [partner_id.0.into()]).await.unwrap();
    let expected_version = rows.first().map_or(0, |row| row.try_get_by_index(0).unwrap());
    let input = SetProfile { partner_id, expected_version, stage, core_map: false };
    set(&world.store, &operations(), None, input).await.unwrap();
}

pub(crate) async fn offers(world: &World, partner_id: PartnerId, tag: &str) {
    let fields = OfferingFields {
        kind: Some(OfferingKind::BaselineSolution),
        name: Some(format!("Solution {tag}")),
        demand_tag: Some(tag.into()),
        ..OfferingFields::default()
    };
    let input = NewOffering { partner_id: Some(partner_id), fields };
    offering::create(&world.store, &operations(), None, input).await.unwrap();
}

/// A partner to which everything about big data in its region can be offered.
pub(crate) async fn able(world: &World, name: &str) -> PartnerId {
    let id = world.partner(PartnerKind::SolutionProvider, name).await;
    joined(world, id).await;
    stage(world, id, PathStage::Differentiated).await;
    offers(world, id, "BIG_DATA").await;
    id
}

/// What an opportunity of the vendor with a customer in Shanghai says.
pub(crate) fn of_vendor(customer: &str) -> Share {
    let set = |text: &str| Patch::Set(text.to_owned());
    let changes = Changes {
        name: set(&format!("Data lake of {customer}")),
        customer_name: set(customer),
        province: set("Shanghai"),
        expected_sign_on: Patch::Set(Day(20_270_301)),
        ..Changes::default()
    };
    Share { changes, demand_tag: "BIG_DATA".into(), ..Share::default() }
}

pub(crate) async fn shared(world: &World, customer: &str) -> OpportunityId {
    share(&world.store, &operations(), None, of_vendor(customer)).await.unwrap()
}

pub(crate) async fn load(world: &World, id: OpportunityId) -> opportunity::Model {
    opportunity::Entity::find_by_id(id).one(world.store.db()).await.unwrap().unwrap()
}

/// Offers it to a partner, or to the best one.
pub(crate) async fn offered(
    world: &World,
    id: OpportunityId,
    partner_id: Option<PartnerId>,
) -> Result<OpportunityId, Error> {
    let expected_version = load(world, id).await.version;
    offer(&world.store, &operations(), None, Offer { id, expected_version, partner_id }).await
}

/// Moves it as it stands now.
pub(crate) async fn moved(
    world: &World,
    context: &Context,
    id: OpportunityId,
    operation: OpportunityOperation,
    why: Option<(OpportunityReason, &str)>,
) -> Result<(), Error> {
    let seen = Seen { id, expected_version: load(world, id).await.version };
    moved_as(world, context, seen, operation, why).await
}

/// Moves it as it was seen.
pub(crate) async fn moved_as(
    world: &World,
    context: &Context,
    seen: Seen,
    operation: OpportunityOperation,
    why: Option<(OpportunityReason, &str)>,
) -> Result<(), Error> {
    let input = Moves {
        operation,
        opportunities: vec![seen],
        code: why.map(|(code, _)| code).filter(|_| operation != OpportunityOperation::Recall),
        reason: why.map(|(_, words)| words.to_owned()),
        policy: BulkPolicy::AllOrNothing,
    };
    move_all(&world.store, context, None, input).await.map(drop)
}
