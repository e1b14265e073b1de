//! Opportunities shared both ways: every transition for every kind of actor, what qualifies them, their clocks.

mod afterwards;
mod beside;
mod claim_ground;
mod claim_limits;
pub(crate) mod claims;
mod clocks;
mod contact;
mod customers;
mod duplicates;
mod links;
mod lists;
mod near;
mod offers;
mod office_files;
mod partner_letters;
mod partner_side;
mod partner_walk;
mod progress;
mod proofs;
mod reassign;
mod routing;
mod transitions;
pub(crate) mod vendor;
mod vendor_files;
mod vendor_letters;
mod vendor_walk;

use domain::kernel::machine::hold;
use domain::kernel::many::{BulkPolicy, Outcome};
use domain::kernel::store::exec;
use domain::opportunity::content::draft::{self, Seen};
use domain::opportunity::content::edit::{Changes, Patch};
use domain::opportunity::state::machine::Opportunities;
use domain::opportunity::state::moves::{self, Moves};
use domain::{Context, Error};
use entity::{
    BudgetState, OfferingId, OpportunityId, OpportunityOperation, OpportunityReason, PartnerId, PartnerKind,
    PresalesActivity, opportunity,
};
use tests::world::World;

use crate::payment::{as_operator, as_partner};

/// Micros of a unit.
const UNIT: i64 = 1_000_000;

/// A partner that joined and has an offering for databases.
pub(crate) async fn joined(world: &World, name: &str) -> (PartnerId, OfferingId) {
    let id = world.partner(PartnerKind::SolutionProvider, name).await;
    let now = world.store.clock.now().0;
    let sql = "INSERT INTO pce_profile (partner_id, joined_at, joined_by, terms, stage, core_map, version) \
               VALUES ($1, $2, 'member', '1', 'DIFFERENTIATED', $3, 1)";
    exec(world.store.db(), sql, [id.0.into(), now.into(), true.into()]).await.unwrap();
    let offering = OfferingId(world.store.ids.next(world.store.clock.now()));
    let sql = "INSERT INTO partner_offering (id, partner_id, kind, name, demand_tag, white_listed, active, created_at, version) \
               VALUES ($1, $2, 'BASELINE_SOLUTION', 'Ledger', 'DATABASE', $3, $3, $4, 1)";
    exec(world.store.db(), sql, [offering.0.into(), id.0.into(), true.into(), now.into()]).await.unwrap();
    (id, offering)
}

/// Everything a form asks for.
pub(crate) fn form(customer: &str, offering: OfferingId) -> Changes {
    let set = |text: &str| Patch::Set(text.to_owned());
    Changes {
        name: set("A ledger in the cloud"),
        description: set("Budget granted, the board decides, books move to the cloud by spring."),
        customer_name: set(customer),
        province: set("Shanghai"),
        contact_name: set("Zhang San"),
        contact_phone: set("13812345678"),
        presales_activities: Patch::Set(vec![PresalesActivity::CustomerMeeting]),
        offering_id: Patch::Set(offering),
        budget_state: Patch::Set(BudgetState::Approved),
        decision_maker: set("The board"),
        need: set("A database that scales"),
        expected_amount: Patch::Set(500_000 * UNIT),
        expected_sign_on: Patch::Set("2027-03-31".parse().unwrap()),
        customer_consent: Patch::Set(true),
        ..Changes::default()
    }
}

/// A draft of a partner.
pub(crate) async fn drafted(world: &World, partner: PartnerId, changes: Changes) -> OpportunityId {
    draft::create(&world.store, &as_partner(partner), None, changes).await.unwrap()
}

/// The row as it is now.
pub(crate) async fn row(world: &World, id: OpportunityId) -> opportunity::Model {
    let tx = world.store.begin().await.unwrap();
    let row = hold::<Opportunities>(&tx, id).await.unwrap().unwrap();
    tx.rollback().await.unwrap();
    row
}

/// Moves one by its version of now.
pub(crate) async fn moved(
    world: &World,
    context: &Context,
    id: OpportunityId,
    operation: OpportunityOperation,
    why: (Option<OpportunityReason>, Option<&str>),
) -> Result<Vec<Outcome<OpportunityId>>, Error> {
    let expected_version = row(world, id).await.version;
    let input = Moves {
        operation,
        opportunities: vec![Seen { id, expected_version }],
        code: why.0,
        reason: why.1.map(str::to_owned),
        policy: BulkPolicy::AllOrNothing,
    };
    moves::move_all(&world.store, context, None, input).await
}

/// Somebody works on it from now on.
pub(crate) async fn held_by(world: &World, id: OpportunityId, reviewer: &str) {
    let sql = "UPDATE opportunity SET claimed_by = $1, claimed_at = 0 WHERE id = $2";
    exec(world.store.db(), sql, [reviewer.into(), id.0.into()]).await.unwrap();
}

/// A reviewer, who coordinates, works on it from now on.
pub(crate) async fn claimed(world: &World, id: OpportunityId, reviewer: &str) {
    held_by(world, id, reviewer).await;
    let sql = "INSERT INTO pce_coordinator (subject, name, email, language) VALUES ($1, $1, $1 || '@vendor.example', 'en') \
               ON CONFLICT DO NOTHING";
    exec(world.store.db(), sql, [reviewer.into()]).await.unwrap();
}

/// Who claims what [`claimed`] gives to `reviewer`.
pub(crate) fn as_reviewer() -> Context {
    as_operator("reviewer", &[domain::Role::OpportunityReviewer])
}

/// A partner's opportunity that the vendor verified.
pub(crate) async fn verified(world: &World, partner: PartnerId, changes: Changes) -> OpportunityId {
    let id = drafted(world, partner, changes).await;
    let reviewer = as_reviewer();
    moved(world, &as_partner(partner), id, OpportunityOperation::Submit, (None, None)).await.unwrap();
    claimed(world, id, "reviewer").await;
    for operation in [OpportunityOperation::PassReview, OpportunityOperation::Verify] {
        moved(world, &reviewer, id, operation, (None, None)).await.unwrap();
    }
    id
}
