//! Mutations of opportunities leave one row of the audit trail each.

use domain::kernel::many::BulkPolicy;
use domain::kernel::store::exec;
use domain::opportunity::content::contact_hide::{HideContact, hide};
use domain::opportunity::content::draft::{self, Seen};
use domain::opportunity::content::edit::{Changes, Patch};
use domain::opportunity::content::update::{self, Update};
use domain::opportunity::discussion::attach::{Attachment, NewAttachment, attach, detach};
use domain::opportunity::discussion::comment::{self, NewComment};
use domain::opportunity::duplicate::decide::{Decide, decide};
use domain::opportunity::intake::crm_csv::NEEDED;
use domain::opportunity::intake::crm_import::{Import, import as import_file};
use domain::opportunity::intake::share::share;
use domain::opportunity::membership::join::{Join, join};
use domain::opportunity::membership::offering::{self, ChangeOffering, NewOffering, OfferingFields};
use domain::opportunity::membership::profile::{SetProfile, set};
use domain::opportunity::membership::terms::{CURRENT, Commitment};
use domain::opportunity::offer::make::{Offer, offer};
use domain::opportunity::review::reassign::{Reassign, Target, reassign_many};
use domain::opportunity::review::take::{self, Take};
use domain::opportunity::state::moves::{Moves, move_all};
use domain::opportunity::view::{self, SaveView};
use domain::programme::customer_import::{self, ImportProfiles};
use domain::programme::customer_profile::{self, Profile, SetCustomerProfile};
use domain::programme::office::import::{self, NewOffices};
use entity::{FileId, OfferingKind, OpportunityId, OpportunityOperation, PathStage};
use tests::partner::member_of;

use super::*;
use crate::opportunity::vendor;

/// Runs each of them.
pub(super) async fn audited(p: &Programme, trail: &mut Trail<'_>) {
    let store = &p.world.store;
    let (partner, offering) = crate::opportunity::joined(&p.world, "Sharer").await;
    trail.recount().await;
    let me = &member_of(partner);
    let seen = |id: OpportunityId, expected_version| Seen { id, expected_version };
    let form = crate::opportunity::form("Acme", offering);
    let id = trail.one_row("opportunityCreate", draft::create(store, me, None, form)).await;
    let changes = Changes { need: Patch::Set("More".into()), ..Changes::default() };
    let input = Update { seen: seen(id, 1), changes };
    trail.one_row("opportunityUpdate", update::update(store, me, None, input)).await;
    let moves = |operation, reason: Option<&str>, version| Moves {
        operation,
        opportunities: vec![seen(id, version)],
        code: None,
        reason: reason.map(str::to_owned),
        policy: BulkPolicy::AllOrNothing,
    };
    let input = moves(OpportunityOperation::Submit, None, 2);
    trail.one_row("opportunityMove", move_all(store, me, None, input)).await;
    let none = NewOffices { offices: vec![], coordinators: None };
    trail.one_row("officeImport", import::import(store, &p.world.context, None, none)).await;
    let boss = &crate::payment::as_operator("boss", &[domain::Role::Administrator]);
    let input = Take { seen: seen(id, 3), take: true };
    trail.one_row("opportunityClaim", take::take(store, boss, None, input)).await;
    besides(p, trail, me, id).await;
    exec(store.db(), "UPDATE opportunity SET state = 'CLOSED'", []).await.unwrap();
    let copy = trail.one_row("opportunityCopy", draft::copy(store, me, None, id)).await;
    trail.one_row("opportunityDelete", draft::delete(store, me, None, seen(copy, 1))).await;
    vendors(p, trail).await;
}

/// What is kept beside an opportunity, and whom it is given to.
async fn besides(p: &Programme, trail: &mut Trail<'_>, me: &domain::Context, id: OpportunityId) {
    let (store, now) = (&p.world.store, p.world.store.clock.now());
    let input = HideContact { seen: Seen { id, expected_version: 4 }, hidden: true };
    trail.one_row("opportunityContactHide", hide(store, me, None, input)).await;
    let input = NewComment { opportunity_id: id, internal: false, text: "Well".into() };
    trail.one_row("opportunityCommentAdd", comment::add(store, me, None, input)).await;
    let file_id = FileId(store.ids.next(now));
    let sql = "INSERT INTO stored_file (id, purpose, name, content_type, bytes, sha256, path, partner_id, state, created_by, created_at) \
               SELECT $1, 'OPPORTUNITY', 'x.pdf', 'application/pdf', 1, 'x', 'x', partner_id, 'STORED', $2, 0 FROM opportunity WHERE id = $3";
    let values = [file_id.0.into(), me.actor.subject.as_str().into(), id.0.into()];
    exec(store.db(), sql, values).await.unwrap();
    let attachment = Attachment { opportunity_id: id, file_id };
    let input = NewAttachment { attachment, internal: false };
    trail.one_row("opportunityFileAttach", attach(store, me, None, input)).await;
    trail.one_row("opportunityFileDetach", detach(store, me, None, attachment)).await;
    let input = SaveView { of: None, name: "All".into(), settings: "{}".into() };
    let view_id = trail.one_row("opportunityViewSave", view::save(store, me, None, input)).await;
    trail.one_row("opportunityViewDelete", view::delete(store, me, None, view_id)).await;
    vendor::office(&p.world, "CN-EAST", "Hebei").await;
    trail.recount().await;
    let input = Reassign {
        opportunities: vec![Seen { id, expected_version: 5 }],
        to: Target { office_id: None, subject: Some("lin".into()) },
        reason: None,
        policy: BulkPolicy::AllOrNothing,
    };
    let staff = &vendor::operations();
    trail.one_row("opportunityReassignMany", reassign_many(store, staff, None, input)).await;
}

/// Those of the vendor's own, and of what they are offered by.
async fn vendors(p: &Programme, trail: &mut Trail<'_>) {
    let (store, staff) = (&p.world.store, &vendor::operations());
    let partner_id = p.provider;
    let input = Join { terms: CURRENT.into(), commitments: Commitment::ALL.to_vec() };
    trail.one_row("pceJoin", join(store, &member_of(partner_id), None, input)).await;
    let input =
        SetProfile { partner_id, expected_version: 1, stage: PathStage::Differentiated, core_map: false };
    trail.one_row("pceProfileSet", set(store, staff, None, input)).await;
    let fields = OfferingFields {
        kind: Some(OfferingKind::BaselineSolution),
        name: Some("Lake".into()),
        demand_tag: Some("BIG_DATA".into()),
        ..OfferingFields::default()
    };
    let input = NewOffering { partner_id: Some(partner_id), fields };
    let id = trail.one_row("partnerOfferingCreate", offering::create(store, staff, None, input)).await;
    let fields = OfferingFields { white_listed: Some(true), ..OfferingFields::default() };
    let input = ChangeOffering { id, expected_version: 1, fields };
    trail.one_row("partnerOfferingUpdate", offering::update(store, staff, None, input)).await;
    vendor::office(&p.world, "CN-EAST", "Shanghai").await;
    trail.recount().await;
    let id =
        trail.one_row("opportunityShare", share(store, staff, None, vendor::of_vendor("Lake Ltd"))).await;
    let csv = format!("{}\nC1,Pool,Pool Ltd,Shanghai,AI,2027-03-01\n", NEEDED.join(","));
    let input = Import { csv, policy: BulkPolicy::AllOrNothing };
    trail.one_row("opportunityImport", import_file(store, staff, None, input)).await;
    let sql = "SELECT id FROM opportunity WHERE customer_name = 'Pool Ltd'";
    let pool =
        domain::kernel::store::query(store.db(), sql, []).await.unwrap()[0].try_get_by_index(0).unwrap();
    let input =
        Decide { id, other_id: OpportunityId(pool), expected: None, same: false, reason: Some("Two".into()) };
    trail.one_row("opportunityDuplicateDecide", decide(store, staff, None, input)).await;
    customers(p, trail).await;
    let input = Offer { id, expected_version: 1, partner_id: Some(partner_id) };
    trail.one_row("opportunityOffer", offer(store, staff, None, input)).await;
}

/// What is known of customers.
async fn customers(p: &Programme, trail: &mut Trail<'_>) {
    let (store, staff) = (&p.world.store, &vendor::operations());
    let customer_id = p.world.customer("Known").await;
    trail.recount().await;
    let profile = Profile {
        legal_name: "Known Ltd".into(),
        credit_code: None,
        enterprise: true,
        office_id: None,
        owner: None,
        province: String::new(),
        city: String::new(),
    };
    let input = SetCustomerProfile { customer_id, expected_version: 0, profile };
    trail.one_row("customerProfileSet", customer_profile::set(store, staff, None, input)).await;
    let csv = format!("customer_id,legal_name\n{customer_id},Known Inc.\n");
    let input = ImportProfiles { csv, policy: BulkPolicy::AllOrNothing };
    trail.one_row("customerProfileImport", customer_import::import(store, staff, None, input)).await;
}

/// Those of opportunities that passed.
pub(super) async fn audited_together(p: &Programme, trail: &mut Trail<'_>) {
    let store = &p.world.store;
    let (partner, offering) = crate::opportunity::joined(&p.world, "Seller").await;
    let id =
        crate::opportunity::verified(&p.world, partner, crate::opportunity::form("Together", offering)).await;
    trail.recount().await;
    let me = &member_of(partner);
    let report = domain::opportunity::progress::report::Report {
        opportunity_id: id,
        stage: entity::OpportunityStage::Solution,
        win_percent: 30,
        exchanges: String::new(),
        tests: String::new(),
        detail: "Met".into(),
        next_step: String::new(),
    };
    trail
        .one_row(
            "opportunityProgressAdd",
            domain::opportunity::progress::report::add(store, me, None, report),
        )
        .await;
    audited_claim(p, trail, (partner, id)).await;
}

/// Links, and the incentive claimed for what was signed.
async fn audited_claim(
    p: &Programme,
    trail: &mut Trail<'_>,
    (partner, id): (entity::PartnerId, OpportunityId),
) {
    use domain::money::opportunity_incentive::{claim, moves, policy};
    use domain::opportunity::progress::link::{self, Links};
    let store = &p.world.store;
    let me = &member_of(partner);
    let version = crate::opportunity::row(&p.world, id).await.version;
    let links = |expected_version, orders: &[&str]| Links {
        seen: Seen { id, expected_version },
        accounts: vec![],
        orders: orders.iter().map(|no| (*no).to_owned()).collect(),
    };
    trail.one_row("opportunityLink", link::link(store, me, None, links(version, &["1", "2"]))).await;
    trail.one_row("opportunityUnlink", link::unlink(store, me, None, links(version + 1, &["2"]))).await;
    let customer = p.world.customer("Together").await;
    crate::opportunity::claims::enterprise(&p.world, customer, "Together").await;
    let sql = "INSERT INTO opportunity_account SELECT $1, id, 'x', 0 FROM cloud_account WHERE account_no = 'Together'";
    exec(store.db(), sql, [id.0.into()]).await.unwrap();
    let sql = "UPDATE opportunity SET state = 'WON', won_at = 1790000000000000, customer_id = $1, currency = 'USD' WHERE id = $2";
    exec(store.db(), sql, [customer.0.into(), id.0.into()]).await.unwrap();
    trail.recount().await;
    let new = policy::NewPolicy {
        name: "2026".into(),
        valid_from: month("2026-01"),
        valid_to: None,
        currency: "USD".parse().unwrap(),
        rate_ppm: 30_000,
        months: 12,
        opportunity_cap: 1_000_000,
        year_cap: 1_000_000,
    };
    trail.one_row("pceIncentivePolicyCreate", policy::create(store, &p.world.context, None, new)).await;
    let new = claim::NewClaim { opportunity_id: id, note: String::new(), evidence: None };
    let claimed = trail.one_row("pceClaimCreate", claim::create(store, me, None, new)).await;
    let seen = |expected_version| moves::Seen { id: claimed, expected_version };
    let operation = entity::PceClaimOperation::Reject;
    let input = moves::Move { seen: seen(1), operation, reason: Some("The order is missing".into()) };
    let operations = crate::payment::as_operator("operations", &[domain::Role::Operations]);
    trail.one_row("pceClaimMove", moves::move_one(store, &operations, None, input)).await;
    let again = claim::Again { seen: seen(2), note: String::new(), evidence: None };
    trail.one_row("pceClaimResubmit", claim::resubmit(store, me, None, again)).await;
}
