//! The vendor's opportunities: offered to one partner at a time, answered, taken back, passed on.

use domain::Code;
use domain::kernel::store::query;
use domain::opportunity::content::draft::Seen;
use entity::OpportunityOperation as Op;
use entity::OpportunityReason as Why;
use entity::OpportunityState as State;
use entity::timestamp::{DAY, HOUR};
use entity::{OpportunityId, PartnerId, PartnerKind, PathStage};
use tests::db::Backend;
use tests::on_both_databases;
use tests::partner::member_of;
use tests::refused::{code, code_at};
use tests::world::{World, at};

use super::vendor::{
    able, joined, load, moved, moved_as, of_vendor, offered, offers, office, operations, shared, stage,
};

/// A world with an office for Shanghai.
async fn opened(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    office(&world, "CN-EAST", "Shanghai").await;
    world
}

/// The offers of an opportunity: to whom, and what became of each.
async fn trail(world: &World, id: OpportunityId) -> Vec<String> {
    let sql = "SELECT p.name, o.state FROM opportunity_offer o JOIN partner p ON p.id = o.partner_id \
               WHERE o.opportunity_id = $1 ORDER BY o.offer_no";
    let rows = query(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
    rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
}

/// The kinds of events about an opportunity, with the partner each concerns.
async fn told(world: &World, id: OpportunityId) -> Vec<(String, Option<PartnerId>)> {
    let sql = "SELECT kind, partner_id FROM event WHERE topic = 'OPPORTUNITY' AND entity = $1 ORDER BY id";
    let rows = query(world.store.db(), sql, [id.to_string().into()]).await.unwrap();
    let partner = |row: &sea_orm::QueryResult| row.try_get_by_index::<Option<i64>>(1).unwrap().map(PartnerId);
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), partner(row))).collect()
}

/// Own opportunities of a partner, delivered at an instant.
async fn delivered(world: &World, partner: PartnerId, count: usize, when: &str) {
    for _ in 0..count {
        let now = world.store.clock.now();
        let id = world.store.ids.next(now);
        let sql = "INSERT INTO opportunity (id, kind, partner_id, state, state_since, transitions, name, description, \
                   customer_name, name_key, province, city, industry, contact_name, contact_title, contact_phone, \
                   contact_email, contact_hidden_by_partner, contact_hidden_by_vendor, presales_activities, demand_tag, \
                   services, decision_maker, need, currency, customer_consent, stale, won_at, delivered_at, created_by, \
                   created_at, version) VALUES ($1, 'PO', $2, 'DELIVERED', $3, 1, 'n', '', 'c', 'c', '', '', '', '', '', '', '', \
                   $4, $4, '[]', 'OTHER', '[]', '', '', 'CNY', $4, $4, $3, $3, 'test', $3, 1)";
        let values = [id.into(), partner.0.into(), at(when).0.into(), false.into()];
        domain::kernel::store::exec(world.store.db(), sql, values).await.unwrap();
    }
}

on_both_databases!(the_best_partner_accepts_and_both_sell_together, |db| async move {
    let world = opened(&db).await;
    let (good, better) = (able(&world, "Good").await, able(&world, "Better").await);
    delivered(&world, better, 1, "2026-06-01T00:00:00Z").await;
    let id = shared(&world, "Acme").await;
    assert_eq!(load(&world, id).await.state, State::ToOffer);
    offered(&world, id, None).await.unwrap();
    let pending = load(&world, id).await;
    assert_eq!((pending.state, pending.partner_id), (State::PendingAccept, Some(better)));
    assert_eq!(code(moved(&world, &member_of(good), id, Op::Accept, None).await), Code::NotFound);
    moved(&world, &member_of(better), id, Op::Accept, None).await.unwrap();
    let accepted = load(&world, id).await;
    assert_eq!((accepted.state, accepted.partner_id), (State::Accepted, Some(better)));
    assert_eq!(accepted.passed_at, Some(world.store.clock.now()));
    assert_eq!(trail(&world, id).await, ["Better ACCEPTED"]);
});

on_both_databases!(whoever_refuses_is_followed_by_the_next_until_nobody_is_left, |db| async move {
    let world = opened(&db).await;
    let (first, second) = (able(&world, "First").await, able(&world, "Second").await);
    let id = shared(&world, "Acme").await;
    offered(&world, id, None).await.unwrap();
    let no_reason = moved(&world, &member_of(first), id, Op::Refuse, None).await;
    assert_eq!(code(no_reason), Code::ReasonRequired);
    moved(&world, &member_of(first), id, Op::Refuse, Some((Why::NoCapacity, "all away"))).await.unwrap();
    let on = load(&world, id).await;
    assert_eq!((on.state, on.partner_id, on.reason), (State::PendingAccept, Some(second), None));
    // The first does not see it any more.
    let late = moved(&world, &member_of(first), id, Op::Accept, None).await;
    assert_eq!(code(late), Code::NotFound);
    moved(&world, &member_of(second), id, Op::Refuse, Some((Why::Other, "not ours"))).await.unwrap();
    let left = load(&world, id).await;
    assert_eq!((left.state, left.partner_id), (State::Refused, None));
    assert_eq!(trail(&world, id).await, ["First REFUSED", "Second REFUSED"]);
    let told: Vec<_> = told(&world, id).await;
    let kinds: Vec<_> = told.iter().map(|(kind, partner)| (kind.as_str(), *partner)).collect();
    let expected = [
        ("TO_OFFER", None),
        ("PENDING_ACCEPT", Some(first)),
        ("REFUSED", Some(first)),
        ("PENDING_ACCEPT", Some(second)),
        ("REFUSED", Some(second)),
        ("NOBODY_LEFT", None),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(code_at(offered(&world, id, None).await), (Code::NoRecipient, "partnerId".into()));
    assert_eq!(code_at(offered(&world, id, Some(first)).await), (Code::NotEligible, "partnerId".into()));
});

on_both_databases!(an_offer_that_is_not_answered_in_three_working_days_goes_to_the_next, |db| async move {
    let world = opened(&db).await;
    let (first, second) = (able(&world, "First").await, able(&world, "Second").await);
    let id = shared(&world, "Acme").await;
    // Thursday, 15 October: Friday, Monday and Tuesday follow.
    offered(&world, id, None).await.unwrap();
    world.clock.set(at("2026-10-20T15:59:59Z"));
    world.tick().await.unwrap();
    assert_eq!(load(&world, id).await.partner_id, Some(first));
    world.clock.set(at("2026-10-20T16:00:00Z"));
    // Too late already, though nothing has taken it back yet.
    let late = moved(&world, &member_of(first), id, Op::Accept, None).await;
    assert_eq!(code(late), Code::OfferExpired);
    world.tick().await.unwrap();
    let on = load(&world, id).await;
    assert_eq!((on.state, on.partner_id), (State::PendingAccept, Some(second)));
    assert_eq!(trail(&world, id).await, ["First TIMED_OUT", "Second PENDING"]);
    world.clock.advance(7 * DAY);
    world.tick().await.unwrap();
    world.tick().await.unwrap();
    let left = load(&world, id).await;
    assert_eq!((left.state, left.partner_id), (State::RefusedTimeout, None));
    assert_eq!(trail(&world, id).await, ["First TIMED_OUT", "Second TIMED_OUT"]);
});

on_both_databases!(the_clock_of_an_offer_stands_still_over_the_national_day, |db| async move {
    let world = opened(&db).await;
    // Wednesday: 1 to 7 October are off; Thursday, Friday and the Saturday on which work is made up follow.
    world.clock.set(at("2026-09-30T04:00:00Z"));
    let only = able(&world, "Only").await;
    let id = shared(&world, "Acme").await;
    offered(&world, id, Some(only)).await.unwrap();
    let due = async |sql: &str, key: sea_orm::Value| {
        query(world.store.db(), sql, [key]).await.unwrap()[0].try_get_by_index::<i64>(0).unwrap()
    };
    let offer = due("SELECT due_at FROM opportunity_offer WHERE opportunity_id = $1", id.0.into()).await;
    assert_eq!(offer, at("2026-10-10T16:00:00Z").0);
    let live = "SELECT due_at FROM deadline WHERE entity = $1 AND closed_at IS NULL";
    assert_eq!(due(live, id.to_string().into()).await, offer);
    world.clock.set(at("2026-10-10T15:59:59Z"));
    world.tick().await.unwrap();
    moved(&world, &member_of(only), id, Op::Accept, None).await.unwrap();
});

on_both_databases!(the_vendor_takes_an_offer_back_and_offers_it_to_whom_it_likes, |db| async move {
    let world = opened(&db).await;
    let (first, second) = (able(&world, "First").await, able(&world, "Second").await);
    let id = shared(&world, "Acme").await;
    offered(&world, id, Some(second)).await.unwrap();
    let by_partner = moved(&world, &member_of(second), id, Op::Recall, Some((Why::Other, "mine"))).await;
    assert_eq!(code(by_partner), Code::NotAllowed);
    moved(&world, &operations(), id, Op::Recall, Some((Why::Other, "the customer asked"))).await.unwrap();
    let back = load(&world, id).await;
    assert_eq!((back.state, back.partner_id), (State::ToOffer, None));
    // Who did not refuse may be asked again.
    offered(&world, id, Some(second)).await.unwrap();
    moved(&world, &member_of(second), id, Op::Accept, None).await.unwrap();
    assert_eq!(trail(&world, id).await, ["Second RECALLED", "Second ACCEPTED"]);
    assert_ne!(first, second);
});

on_both_databases!(nobody_offers_it_to_a_partner_that_is_not_eligible, |db| async move {
    let world = opened(&db).await;
    let id = shared(&world, "Acme").await;
    let refused = async |partner| code(offered(&world, id, Some(partner)).await);
    let partner = world.partner(PartnerKind::SolutionProvider, "Late").await;
    assert_eq!(refused(partner).await, Code::NotEligible);
    joined(&world, partner).await;
    offers(&world, partner, "BIG_DATA").await;
    stage(&world, partner, PathStage::RoleValidated).await;
    delivered(&world, partner, 2, "2026-01-01T00:00:00Z").await;
    // One that is older than twelve months does not count.
    delivered(&world, partner, 1, "2025-10-15T11:59:59Z").await;
    assert_eq!(refused(partner).await, Code::NotEligible);
    delivered(&world, partner, 1, "2025-10-15T12:00:00Z").await;
    offered(&world, id, Some(partner)).await.unwrap();
    assert_eq!(load(&world, id).await.partner_id, Some(partner));
});

on_both_databases!(of_two_offers_at_once_one_is_made, |db| async move {
    let world = opened(&db).await;
    let (first, second) = (able(&world, "First").await, able(&world, "Second").await);
    for round in 0..8 {
        let id = shared(&world, &format!("Acme {round}")).await;
        let (a, b) = tokio::join!(offered(&world, id, Some(first)), offered(&world, id, Some(second)));
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
        let lost = if a.is_ok() { b } else { a };
        assert!(matches!(code(lost), Code::VersionConflict | Code::WrongState));
        assert_eq!(trail(&world, id).await.len(), 1);
    }
});

on_both_databases!(of_accepting_recalling_and_running_out_at_once_one_wins, |db| async move {
    let world = opened(&db).await;
    let rounds = if db.backend == Backend::Postgres { 12 } else { 4 };
    let only = able(&world, "Only").await;
    for round in 0..rounds {
        let id = shared(&world, &format!("Customer {round}")).await;
        offered(&world, id, Some(only)).await.unwrap();
        // The tick finds it overdue; the partner's clock has a moment left, as that of another process would.
        world.clock.advance(HOUR);
        let due = "UPDATE deadline SET due_at = $1, remind_at = NULL WHERE entity = $2 AND closed_at IS NULL";
        let now = world.store.clock.now();
        domain::kernel::store::exec(world.store.db(), due, [now.0.into(), id.to_string().into()])
            .await
            .unwrap();
        let seen = Seen { id, expected_version: load(&world, id).await.version };
        let (member, anna) = (member_of(only), operations());
        let accept = moved_as(&world, &member, seen, Op::Accept, None);
        let recall = moved_as(&world, &anna, seen, Op::Recall, Some((Why::Other, "back")));
        let (accepted, recalled, ticked) = tokio::join!(accept, recall, world.tick());
        ticked.unwrap();
        assert!(!(accepted.is_ok() && recalled.is_ok()), "both won");
        let after = load(&world, id).await;
        let expected = match (accepted.is_ok(), recalled.is_ok()) {
            (true, _) => (State::Accepted, "Only ACCEPTED"),
            (_, true) => (State::ToOffer, "Only RECALLED"),
            _ => (State::RefusedTimeout, "Only TIMED_OUT"),
        };
        assert_eq!((after.state, trail(&world, id).await), (expected.0, vec![expected.1.to_owned()]));
        let sql = "SELECT COUNT(*) FROM deadline WHERE entity = $1 AND kind = 'OPPORTUNITY_ACCEPT' AND closed_at IS NULL";
        let open: i64 = query(world.store.db(), sql, [id.to_string().into()]).await.unwrap()[0]
            .try_get_by_index(0)
            .unwrap();
        assert_eq!(open, 0);
        if after.state == State::RefusedTimeout {
            world.tick().await.unwrap();
        }
    }
});

on_both_databases!(the_same_number_of_the_crm_is_taken_in_once, |db| async move {
    use domain::opportunity::intake::share::{Share, share};
    let world = opened(&db).await;
    let input = |customer| Share { crm_no: Some("CRM-1".into()), ..of_vendor(customer) };
    share(&world.store, &operations(), None, input("Acme")).await.unwrap();
    let again = share(&world.store, &operations(), None, input("Other")).await;
    assert_eq!(code_at(again), (Code::AlreadyExists, "crmNo".into()));
});
