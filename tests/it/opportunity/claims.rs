//! The incentive that a partner claims for an opportunity: from the claim to the money, and what is refused.

use domain::kernel::machine::{self, Turn};
use domain::kernel::store::{query, query_one};
use domain::money::incentive::request::{Request, request};
use domain::money::opportunity_incentive::claim::{self, Again, NewClaim};
use domain::money::opportunity_incentive::machine::Claims;
use domain::money::opportunity_incentive::moves::{self as claim_moves, Move, Seen as SeenClaim};
use domain::money::opportunity_incentive::policy::{self, NewPolicy};
use domain::money::payment::machine::Requests;
use domain::operate::deadline;
use domain::opportunity::progress::link::{self, Links};
use domain::opportunity::progress::report::{self, Report};
use domain::programme::company::names;
use domain::{Code, Role};
use entity::{
    Certification, CloudAccountId, CustomerId, OpportunityStage, PaymentOperation, PaymentRequestId,
    PaymentState, PayoutWay, PceClaimId, PceClaimOperation as Op, PceClaimState as S, pce_claim,
};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::partner::certify;
use tests::refused::{code, code_at};
use tests::world::{at, bill, month, row as payment};

use super::*;
use crate::payment::{held, load, put};

pub(super) const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

/// An opportunity that may be claimed for.
pub(super) struct Ground {
    pub(super) partner: PartnerId,
    pub(super) customer: CustomerId,
    pub(super) account: CloudAccountId,
    pub(super) id: OpportunityId,
}

pub(super) async fn policy(world: &World) {
    let input = NewPolicy {
        name: "2026".into(),
        valid_from: month("2026-01"),
        valid_to: None,
        currency: "USD".parse().unwrap(),
        rate_ppm: 30_000,
        months: 12,
        opportunity_cap: 1_000 * UNIT,
        year_cap: 1_500 * UNIT,
    };
    policy::create(&world.store, &as_operator("finance", &[Role::Finance]), None, input).await.unwrap();
}

pub(super) async fn account_of(world: &World, number: &str) -> CloudAccountId {
    let sql = "SELECT id FROM cloud_account WHERE account_no = $1";
    let row = query_one(world.store.db(), sql, [number.into()]).await.unwrap().unwrap();
    CloudAccountId(row.try_get_by_index(0).unwrap())
}

pub(crate) async fn enterprise(world: &World, customer: CustomerId, name: &str) {
    let sql = "INSERT INTO customer_profile (customer_id, legal_name, name_key, enterprise, province, city, version) \
               VALUES ($1, $2, $3, $4, '', '', 1)";
    let values = [customer.0.into(), name.into(), names::key(name).into(), true.into()];
    exec(world.store.db(), sql, values).await.unwrap();
}

/// A partner with an opportunity of the customer that was signed, linked to its account and to an order.
pub(super) async fn signed(
    world: &World,
    (partner, offering): (PartnerId, OfferingId),
    customer: &str,
) -> Ground {
    let customer_id = world.customer(customer).await;
    world.associate(customer_id, partner, "2026-01-01T00:00:00Z").await;
    enterprise(world, customer_id, &format!("{customer} Ltd.")).await;
    let changes = Changes { currency: Patch::Set("USD".parse().unwrap()), ..form(customer, offering) };
    let id = verified(world, partner, changes).await;
    let report = Report {
        opportunity_id: id,
        stage: OpportunityStage::Negotiation,
        win_percent: 90,
        exchanges: String::new(),
        tests: String::new(),
        detail: "Agreed".into(),
        next_step: String::new(),
    };
    report::add(&world.store, &as_partner(partner), None, report).await.unwrap();
    moved(world, &as_partner(partner), id, OpportunityOperation::Win, NO).await.unwrap();
    let ground = Ground { partner, customer: customer_id, account: account_of(world, customer).await, id };
    linked(world, &ground, &[&format!("order of {customer}")]).await.unwrap();
    ground
}

pub(super) async fn linked(world: &World, ground: &Ground, orders: &[&str]) -> Result<OpportunityId, Error> {
    let seen = Seen { id: ground.id, expected_version: row(world, ground.id).await.version };
    let orders = orders.iter().map(|no| (*no).to_owned()).collect();
    let input = Links { seen, accounts: vec![ground.account], orders };
    link::link(&world.store, &as_partner(ground.partner), None, input).await
}

pub(super) async fn claimed_for(world: &World, ground: &Ground) -> Result<PceClaimId, Error> {
    let input = NewClaim { opportunity_id: ground.id, note: "As agreed".into(), evidence: None };
    claim::create(&world.store, &as_partner(ground.partner), None, input).await
}

async fn now(world: &World, id: PceClaimId) -> pce_claim::Model {
    pce_claim::Entity::find_by_id(id).one(world.store.db()).await.unwrap().unwrap()
}

pub(super) async fn turned(
    world: &World,
    context: &Context,
    id: PceClaimId,
    operation: Op,
    reason: Option<&str>,
) -> Result<PceClaimId, Error> {
    let seen = SeenClaim { id, expected_version: now(world, id).await.version };
    let input = Move { seen, operation, reason: reason.map(str::to_owned) };
    claim_moves::move_one(&world.store, context, None, input).await
}

pub(super) fn operations() -> Context {
    as_operator("operations", &[Role::Operations])
}

async fn asked(world: &World, partner_id: PartnerId, submit: bool) -> PaymentRequestId {
    let currency = "USD".parse().unwrap();
    let input = Request { partner_id, currency, way: PayoutWay::BankTransfer, entitlements: None, submit };
    request(&world.store, &as_partner(partner_id), None, input).await.unwrap()
}

async fn paid_step(world: &World, id: PaymentRequestId, context: &Context, operation: PaymentOperation) {
    let tx = world.store.begin().await.unwrap();
    let held = machine::hold::<Requests>(&tx, id).await.unwrap().unwrap();
    let turn = Turn { tx: &tx, store: &world.store, context, now: world.store.clock.now() };
    machine::step::<Requests>(turn, held, machine::Move::plain(operation)).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_databases!(a_claim_ends_in_a_payment_and_the_books_hold, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    certify(&world, ground.partner, Certification::Certified).await;
    world.import(&bill(&[payment("Acme", "1000", "2026-10-10T00:00:00Z", "x")])).await;
    // Neither paid, nor of a month that counts.
    world.import_as(&bill(&[payment("Acme", "500", "2026-10-11T00:00:00Z", "y")]), false).await;
    world.import(&bill(&[payment("Acme", "700", "2026-09-10T00:00:00Z", "z")])).await;

    let id = claimed_for(&world, &ground).await.unwrap();
    assert_eq!(now(&world, id).await.state, S::InReview);
    turned(&world, &operations(), id, Op::Publish, None).await.unwrap();
    let published = now(&world, id).await;
    assert_eq!((published.basis, published.amount), (Some(1_000 * UNIT), Some(30 * UNIT)));
    assert!(held(&world, ground.partner).await.is_empty());
    let me = as_partner(ground.partner);
    turned(&world, &me, id, Op::Confirm, None).await.unwrap();
    assert_eq!(held(&world, ground.partner).await, ["EARNED -30", "PAYABLE 30"]);

    let dropped = asked(&world, ground.partner, false).await;
    assert_eq!(now(&world, id).await.state, S::InPayout);
    paid_step(&world, dropped, &me, PaymentOperation::Withdraw).await;
    assert_eq!(now(&world, id).await.state, S::AwaitPayoutRequest);

    let request = asked(&world, ground.partner, true).await;
    assert_eq!(load(&world, request).await.state, PaymentState::AwaitPayout);
    assert_eq!(now(&world, id).await.state, S::InPayout);
    world.verify().await;
    put(&world, request, PaymentState::Paying).await;
    paid_step(&world, request, &Context::system("gateway"), PaymentOperation::SettlePayment).await;
    assert_eq!(now(&world, id).await.state, S::Completed);
    assert_eq!(held(&world, ground.partner).await, ["EARNED -30", "PAID 30"]);
    world.verify().await;
    let trail =
        query(world.store.db(), "SELECT operation FROM pce_claim_transition ORDER BY seq", []).await.unwrap();
    let trail: Vec<String> = trail.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(trail, ["CREATE", "PUBLISH", "CONFIRM", "REQUEST", "RELEASE", "REQUEST", "PAY"]);
});

on_both_databases!(verify_finds_a_claim_that_is_owed_without_a_posting, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    let id = claimed_for(&world, &ground).await.unwrap();
    let sql = "UPDATE pce_claim SET state = 'COMPLETED', basis = 1000, amount = 10 WHERE id = $1";
    exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let checks = domain::money::opportunity_incentive::prove::prove(world.store.db()).await.unwrap();
    assert!(checks.iter().all(|check| !check.holds), "{checks:?}");
});

on_both_databases!(everything_that_speaks_against_a_claim_is_named_at_once, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    let sql = "UPDATE pce_profile SET core_map = $1";
    exec(world.store.db(), sql, [false.into()]).await.unwrap();
    exec(world.store.db(), "UPDATE partner_offering SET white_listed = $1", [false.into()]).await.unwrap();
    let input = NewClaim { opportunity_id: id, note: String::new(), evidence: None };
    let refused = claim::create(&world.store, &as_partner(partner), None, input).await;
    let Err(Error::Refused(refusals)) = refused else { panic!("{refused:?}") };
    let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code).collect();
    let expected = [
        Code::PceNotSigned,
        Code::PceNotCore,
        Code::PceOfferingNotListed,
        Code::PceNotEnterprise,
        Code::PceNoAccount,
        Code::PceNoOrder,
    ];
    assert_eq!(codes, expected);
});

on_both_databases!(each_thing_by_itself_speaks_against_a_claim, |db| async move {
    let world = World::open(&db).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    assert_eq!(code(claimed_for(&world, &ground).await), Code::PceNoPolicy);
    policy(&world).await;
    let table = [
        ("UPDATE customer_profile SET enterprise = NOT enterprise", Code::PceNotEnterprise),
        ("UPDATE opportunity SET name_key = 'other'", Code::PceNameDiffers),
        ("UPDATE opportunity SET state = 'LOST'", Code::PceNotSigned),
        ("UPDATE opportunity SET kind = 'HO', shared_at = 0", Code::PceNotPartners),
        ("DELETE FROM opportunity_order", Code::PceNoOrder),
        ("DELETE FROM opportunity_account", Code::PceNoAccount),
    ];
    let original = row(&world, ground.id).await;
    for (sql, expected) in table {
        let sqlite = sql.replace("NOT enterprise", "1 - enterprise");
        let postgres = world.store.db().get_database_backend() == sea_orm::DbBackend::Postgres;
        exec(world.store.db(), if postgres { sql } else { &sqlite }, []).await.unwrap();
        assert_eq!(code(claimed_for(&world, &ground).await), expected, "{sql}");
        let back = "UPDATE opportunity SET kind = 'PO', state = 'WON', name_key = $1, shared_at = NULL";
        exec(world.store.db(), back, [original.name_key.as_str().into()]).await.unwrap();
        exec(world.store.db(), "UPDATE customer_profile SET enterprise = $1", [true.into()]).await.unwrap();
    }
    linked(&world, &ground, &["order of Acme"]).await.unwrap();
    claimed_for(&world, &ground).await.unwrap();
    assert_eq!(code(claimed_for(&world, &ground).await), Code::PceClaimedAlready);
});

on_both_databases!(a_claim_is_moved_by_those_who_may_and_by_nobody_else, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    let (other, _) = joined(&world, "Other").await;
    world.import(&bill(&[payment("Acme", "1000", "2026-10-10T00:00:00Z", "x")])).await;
    let id = claimed_for(&world, &ground).await.unwrap();
    let actors = [
        as_partner(ground.partner),
        as_partner(other),
        operations(),
        as_operator("administrator", &[Role::Administrator]),
        as_operator("finance", &[Role::Finance]),
        as_operator("reviewer", &[Role::OpportunityReviewer]),
    ];
    let (mut made, mut refused) = (0, 0);
    for state in S::ALL.iter().copied() {
        for operation in Op::ALL.iter().copied().filter(|op| !matches!(op, Op::Create | Op::Resubmit)) {
            for context in &actors {
                let sql =
                    "UPDATE pce_claim SET state = $1, basis = 1000000000, amount = 30000000 WHERE id = $2";
                exec(world.store.db(), sql, [state.name().into(), id.0.into()]).await.unwrap();
                let case = format!("{state} {operation} by {}", context.actor.subject);
                let answer = turned(&world, context, id, operation, Some("because")).await;
                if matches!(context.actor.subject.as_str(), "finance" | "reviewer") {
                    assert!(matches!(answer, Err(Error::Forbidden)), "{case}: {answer:?}");
                    refused += 1;
                    continue;
                }
                let transition = machine::find::<Claims>((), state, operation);
                let expected = match transition {
                    _ if context.actor.subject == as_partner(other).actor.subject => Some(Code::NotFound),
                    None => Some(Code::WrongState),
                    Some(t) if t.party(&context.actor, Some(ground.partner)).is_none() => {
                        Some(Code::NotAllowed)
                    }
                    Some(_) => None,
                };
                if let Some(expected) = expected {
                    assert_eq!(code(answer), expected, "{case}");
                    refused += 1;
                } else {
                    answer.unwrap_or_else(|error| panic!("{case}: {error}"));
                    assert_eq!(now(&world, id).await.state, transition.unwrap().to, "{case}");
                    made += 1;
                }
            }
        }
    }
    // Publishing and sending back by two each, confirming and disputing by the partner.
    assert_eq!((made, refused), (6, S::ALL.len() * 7 * actors.len() - 6));
    let sql = "UPDATE pce_claim SET state = 'IN_REVIEW' WHERE id = $1";
    exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let silent = turned(&world, &operations(), id, Op::Reject, Some(" ")).await;
    assert_eq!(code_at(silent), (Code::ReasonRequired, "reason".into()));
});

on_both_databases!(what_is_sent_back_is_mended_and_claimed_again, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    let me = as_partner(ground.partner);
    let id = claimed_for(&world, &ground).await.unwrap();
    let unlink = async || {
        let seen = Seen { id: ground.id, expected_version: row(&world, ground.id).await.version };
        let input = Links { seen, accounts: vec![], orders: vec![" Ｏrder OF acme".into()] };
        link::unlink(&world.store, &me, None, input).await
    };
    assert_eq!(code(unlink().await), Code::PceClaimUnderWay);
    assert_eq!(code(turned(&world, &operations(), id, Op::Publish, None).await), Code::PceNothingEarned);
    turned(&world, &operations(), id, Op::Reject, Some("The order is another's")).await.unwrap();
    unlink().await.unwrap();
    linked(&world, &ground, &["order 2"]).await.unwrap();
    let seen = SeenClaim { id, expected_version: now(&world, id).await.version };
    let again = Again { seen, note: "The right order".into(), evidence: None };
    claim::resubmit(&world.store, &me, None, again.clone()).await.unwrap();
    let rows = query(world.store.db(), "SELECT order_no FROM pce_claim_order", []).await.unwrap();
    let orders: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!((orders, now(&world, id).await.state), (vec!["ORDER 2".to_owned()], S::InReview));
    assert_eq!(code(claim::resubmit(&world.store, &me, None, again).await), Code::VersionConflict);
});

on_both_databases!(a_review_is_due_after_three_working_days, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    claimed_for(&world, &ground).await.unwrap();
    // Friday the 16th, Monday the 19th, Tuesday the 20th.
    let sql = "SELECT due_at FROM deadline WHERE kind = 'PCE_CLAIM_REVIEW' AND closed_at IS NULL";
    let due = query_one(world.store.db(), sql, []).await.unwrap().unwrap();
    let due = entity::Timestamp(due.try_get_by_index(0).unwrap());
    assert_eq!(due, at("2026-10-20T16:00:00Z"));
    world.clock.set(due);
    deadline::work(&world.store).await.unwrap();
    let sql = "SELECT state FROM pce_claim";
    let state: String =
        query_one(world.store.db(), sql, []).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(state, "IN_REVIEW");
});
