//! What a partner does with its own opportunity, and what is asked of it.

use domain::kernel::store::query;
use domain::opportunity::content::update::{self, Update};
use domain::{Code, Role};
use entity::{OpportunityState as S, PurchasePhase};
use tests::on_both_databases;
use tests::refused::code;

use super::*;

/// The codes of refusals with the fields at fault.
fn faults<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(Code, String)> {
    let Err(Error::Refused(refusals)) = result else { panic!("not refused: {result:?}") };
    refusals.into_iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect()
}

async fn update(
    world: &World,
    context: &Context,
    id: OpportunityId,
    changes: Changes,
) -> Result<OpportunityId, Error> {
    let seen = Seen { id, expected_version: row(world, id).await.version };
    update::update(&world.store, context, None, Update { seen, changes }).await
}

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

on_both_databases!(everything_that_a_draft_lacks_is_named_at_once_when_it_is_sent, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let name = Patch::Set("Only a name".to_owned());
    let id = drafted(&world, partner, Changes { name, ..Changes::default() }).await;
    let sent = moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await;
    let at = |field: &str| format!("opportunities.0.{field}");
    let expected = [
        (Code::CustomerMissing, at("customerName")),
        (Code::CustomerMissing, at("province")),
        (Code::ContactMissing, at("contactName")),
        (Code::ContactMissing, at("contactPhone")),
        (Code::ActivityMissing, at("presalesActivities")),
        (Code::DescriptionTooShort, at("description")),
        (Code::BudgetMissing, at("budgetState")),
        (Code::DecisionMakerMissing, at("decisionMaker")),
        (Code::NeedMissing, at("need")),
        (Code::PurchaseTimeMissing, at("expectedSignOn")),
        (Code::RevenueTooSmall, at("expectedAmount")),
        (Code::ConsentMissing, at("customerConsent")),
    ];
    assert_eq!(faults(sent), expected);
    assert_eq!(row(&world, id).await.state, S::Draft);

    update(&world, &as_partner(partner), id, form("Acme Ltd", offering)).await.unwrap();
    moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    let sent = row(&world, id).await;
    assert_eq!((sent.state, sent.demand_tag.as_str()), (S::InReview, "DATABASE"));
});

on_both_databases!(a_purchase_is_within_a_year_or_in_an_early_phase, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    // It is the 15th of October 2026 in the programme's zone.
    let table = [
        ("2026-10-14", None, Some(Code::PurchaseTimePast)),
        ("2026-10-15", None, None),
        ("2027-10-15", None, None),
        ("2027-10-16", None, Some(Code::PurchaseTooFar)),
        ("2027-10-16", Some(PurchasePhase::TenderPreparation), None),
        ("2027-10-16", Some(PurchasePhase::Contracting), Some(Code::PurchaseTooFar)),
    ];
    for (day, phase, expected) in table {
        let changes = Changes {
            expected_sign_on: Patch::Set(day.parse().unwrap()),
            purchase_phase: phase.map_or(Patch::Keep, Patch::Set),
            ..form(day, offering)
        };
        let id = drafted(&world, partner, changes).await;
        let sent = moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await;
        match expected {
            None => assert!(sent.is_ok(), "{day} {phase:?}: {sent:?}"),
            Some(expected) => assert_eq!(code(sent), expected, "{day} {phase:?}"),
        }
    }
});

on_both_databases!(malformed_values_are_named_with_their_fields_and_nothing_is_saved, |db| async move {
    let world = World::open(&db).await;
    let (partner, _) = joined(&world, "Partner").await;
    let (_, foreign) = joined(&world, "Other").await;
    let set = |text: &str| Patch::Set(text.to_owned());
    let changes = Changes {
        name: set(" "),
        credit_code: set("91350100M000100Y44"),
        contact_phone: set("call me"),
        contact_email: set("zhang"),
        description: set(&"x".repeat(4_001)),
        expected_amount: Patch::Set(-1),
        budget_amount: Patch::Set(1),
        services: Patch::Set(vec![String::new()]),
        expected_sign_on: Patch::Set("2027-03-31".parse().unwrap()),
        expected_delivery_on: Patch::Set("2027-03-30".parse().unwrap()),
        offering_id: Patch::Set(foreign),
        ..Changes::default()
    };
    let made = draft::create(&world.store, &as_partner(partner), None, changes).await;
    let mut fields: Vec<_> = faults(made).into_iter().map(|(_, field)| field).collect();
    fields.sort();
    fields.dedup();
    let expected = [
        "budgetAmount",
        "contactEmail",
        "contactPhone",
        "creditCode",
        "description",
        "expectedAmount",
        "expectedDeliveryOn",
        "name",
        "offeringId",
        "services",
    ];
    assert_eq!(fields, expected);
    let rows = query(world.store.db(), "SELECT COUNT(*) FROM opportunity", []).await.unwrap();
    assert_eq!(rows[0].try_get_by_index::<i64>(0).unwrap(), 0);
});

on_both_databases!(a_draft_is_its_partners_alone_until_it_is_sent, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let (other, _) = joined(&world, "Other").await;
    let id = drafted(&world, partner, form("Acme", offering)).await;
    let operations = as_operator("operations", &[Role::Operations]);
    for stranger in [&as_partner(other), &operations] {
        let name = Patch::Set("Mine".to_owned());
        let changed = update(&world, stranger, id, Changes { name, ..Changes::default() }).await;
        assert_eq!(code(changed), Code::NotFound);
    }
    let seen = Seen { id, expected_version: 1 };
    draft::delete(&world.store, &as_partner(partner), None, seen).await.unwrap();
    let again = draft::delete(&world.store, &as_partner(partner), None, seen).await;
    assert_eq!(code(again), Code::NotFound);
});

on_both_databases!(what_was_sent_is_changed_by_the_side_that_may_and_at_the_version_seen, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = drafted(&world, partner, form("Acme", offering)).await;
    let me = as_partner(partner);
    moved(&world, &me, id, OpportunityOperation::Submit, NO).await.unwrap();
    let need = |text: &str| Changes { need: Patch::Set(text.into()), ..Changes::default() };
    assert_eq!(
        faults(update(&world, &me, id, need("more")).await),
        [(Code::FieldNotEditable, "need".into())]
    );
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    let services = Changes { services: Patch::Set(vec!["RDS".into()]), ..Changes::default() };
    assert_eq!(code(update(&world, &reviewer, id, services.clone()).await), Code::NotClaimed);
    claimed(&world, id, "reviewer").await;
    let finance = as_operator("finance", &[Role::Finance]);
    assert!(matches!(update(&world, &finance, id, services.clone()).await, Err(Error::Forbidden)));
    update(&world, &reviewer, id, services).await.unwrap();
    let seen = Seen { id, expected_version: 1 };
    let late = update::update(&world.store, &reviewer, None, Update { seen, changes: need("x") }).await;
    assert_eq!(code(late), Code::VersionConflict);

    moved(&world, &me, id, OpportunityOperation::Withdraw, NO).await.unwrap();
    update(&world, &me, id, need("much more")).await.unwrap();
    let now = row(&world, id).await;
    assert_eq!((now.need.as_str(), now.submitted_at), ("much more", None));
    assert_eq!(now.services.0, ["RDS"]);
});

on_both_databases!(what_was_rejected_is_copied_to_a_new_draft, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    let id = drafted(&world, partner, form("Acme", offering)).await;
    assert_eq!(code(draft::copy(&world.store, &me, None, id).await), Code::WrongState);
    moved(&world, &me, id, OpportunityOperation::Submit, NO).await.unwrap();
    claimed(&world, id, "reviewer").await;
    moved(&world, &reviewer, id, OpportunityOperation::PassReview, NO).await.unwrap();
    let no_budget = (Some(OpportunityReason::NoBudgetOrDate), Some("no budget this year"));
    moved(&world, &reviewer, id, OpportunityOperation::Reject, no_budget).await.unwrap();
    let rejected = row(&world, id).await;
    assert_eq!(rejected.reason_code, Some(OpportunityReason::NoBudgetOrDate));
    let fresh = row(&world, draft::copy(&world.store, &me, None, id).await.unwrap()).await;
    assert_eq!((fresh.state, fresh.copied_from, fresh.reason_code), (S::Draft, Some(id), None));
    assert_eq!((fresh.need, fresh.submitted_at, fresh.version), (rejected.need, None, 1));
});

on_both_databases!(who_has_not_joined_sends_nothing, |db| async move {
    let world = World::open(&db).await;
    let partner = world.partner(PartnerKind::SolutionProvider, "Stranger").await;
    let name = Patch::Set("A name".to_owned());
    let id = drafted(&world, partner, Changes { name, ..Changes::default() }).await;
    let sent = moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await;
    assert_eq!(code(sent), Code::PceNotJoined);
});

on_both_databases!(
    what_goes_with_it_is_offered_still_and_the_customer_is_the_partners_to_name,
    |db| async move {
        let world = World::open(&db).await;
        let (partner, offering) = joined(&world, "Partner").await;
        let me = as_partner(partner);
        let foreign = world.customer("Foreign").await;
        let named = Changes { customer_id: Patch::Set(foreign), ..form("Acme", offering) };
        let answer = draft::create(&world.store, &me, None, named.clone()).await;
        assert_eq!(faults(answer), [(Code::NotFound, "customerId".into())]);
        world.associate(foreign, partner, "2026-01-01T00:00:00Z").await;
        let id = draft::create(&world.store, &me, None, named).await.unwrap();

        let sql = "UPDATE partner_offering SET active = $1 WHERE id = $2";
        exec(world.store.db(), sql, [false.into(), offering.0.into()]).await.unwrap();
        let sent = moved(&world, &me, id, OpportunityOperation::Submit, NO).await;
        assert_eq!(faults(sent), [(Code::NotFound, "opportunities.0.offeringId".into())]);
    }
);

on_both_databases!(nothing_is_verified_whose_offering_was_taken_away, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = drafted(&world, partner, form("Acme", offering)).await;
    moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    claimed(&world, id, "reviewer").await;
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    moved(&world, &reviewer, id, OpportunityOperation::PassReview, NO).await.unwrap();
    let none = Changes { offering_id: Patch::Erase, ..Changes::default() };
    update(&world, &reviewer, id, none).await.unwrap();
    let verified = moved(&world, &reviewer, id, OpportunityOperation::Verify, NO).await;
    assert_eq!(code(verified), Code::OfferingMissing);
});

on_both_databases!(those_that_can_move_do_and_each_other_says_why_it_did_not, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let good = drafted(&world, partner, form("Acme", offering)).await;
    let bare = Changes { name: Patch::Set("Bare".into()), ..Changes::default() };
    let bad = drafted(&world, partner, bare).await;
    let moves = |policy| Moves {
        operation: OpportunityOperation::Submit,
        opportunities: [bad, good].map(|id| Seen { id, expected_version: 1 }).into(),
        code: None,
        reason: None,
        policy,
    };
    let none = moves::move_all(&world.store, &me, None, moves(BulkPolicy::AllOrNothing)).await;
    assert!(faults(none).iter().all(|(_, path)| path.starts_with("opportunities.0.")));
    assert_eq!(row(&world, good).await.state, S::Draft);
    let some = moves::move_all(&world.store, &me, None, moves(BulkPolicy::SkipFailed)).await.unwrap();
    assert_eq!(
        some.iter().map(|one| (one.id, one.refusals.is_empty())).collect::<Vec<_>>(),
        [(bad, false), (good, true)]
    );
    assert_eq!((row(&world, bad).await.state, row(&world, good).await.state), (S::Draft, S::InReview));
    for operation in
        [OpportunityOperation::Expire, OpportunityOperation::YieldToOther, OpportunityOperation::TimeOut]
    {
        assert_eq!(code(moved(&world, &me, good, operation, NO).await), Code::NotAllowed, "{operation}");
    }
});
