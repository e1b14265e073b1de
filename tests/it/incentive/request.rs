//! What a request takes.

use domain::money::incentive::request::request_automatically;
use domain::money::incentive::terms::{SetPreference, prefer};
use entity::{EntitlementId, PaymentState, timestamp::DAY};

use tests::db::TestDatabase;

use super::*;

async fn entitlements(world: &World) -> Vec<EntitlementId> {
    let rows = query(world.store.db(), "SELECT id FROM incentive_entitlement ORDER BY id", []).await.unwrap();
    rows.iter().map(|row| EntitlementId(row.try_get_by_index(0).unwrap())).collect()
}

/// Consulting 10 of August, resale 5 and consulting −2 of September.
async fn three_parts(world: &World) -> PartnerId {
    let provider = set_up(world).await;
    let b = world.customer("B").await;
    associate(world, b, provider, AssociationMode::Resale).await;
    world.import(&bill(&[row("A", "100", "2026-08-10T00:00:00Z", "x")])).await;
    let rows = [row("A", "-20", "2026-09-10T00:00:00Z", "y"), row("B", "50", "2026-09-10T00:00:00Z", "z")];
    world.import(&bill(&rows)).await;
    issued(world, "2026-08").await;
    issued(world, "2026-09").await;
    let mut parts = open(world).await;
    parts.sort();
    assert_eq!(parts, ["EARNED 1 -200", "EARNED 1 1000", "EARNED 2 500"]);
    provider
}

async fn amount(world: &World, id: PaymentRequestId) -> i64 {
    domain::money::payment::drive::load(&world.store, id).await.unwrap().amount / (UNIT / 100)
}

on_both_databases!(what_is_owed_is_set_off_first_and_the_way_decides_what_is_paid, |db| async move {
    let world = World::open(&db).await;
    let provider = three_parts(&world).await;
    let bank = ask(&world, provider, PayoutWay::BankTransfer).await.unwrap();
    assert_eq!(amount(&world, bank).await, 800);
    assert_eq!(held(&world, provider).await, ["EARNED -1300", "IN_PAYOUT 800", "PAYABLE 500"]);
    let owed_invoice = ask(&world, provider, PayoutWay::TopUpOwedInvoice).await.unwrap();
    assert_eq!(amount(&world, owed_invoice).await, 500);
    assert_eq!(code(ask(&world, provider, PayoutWay::CouponQuota).await), Code::NothingToPay);
    world.verify().await;
});

on_both_databases!(coupons_pay_several_bills_of_both_modes_in_one_request, |db| async move {
    let world = World::open(&db).await;
    let provider = three_parts(&world).await;
    let id = ask(&world, provider, PayoutWay::CouponQuota).await.unwrap();
    assert_eq!(amount(&world, id).await, 1_300);
    let made = domain::money::payment::drive::load(&world.store, id).await.unwrap();
    assert_eq!((made.state, made.month), (PaymentState::AwaitPayout, month("2026-09")));
});

on_both_databases!(a_choice_is_checked_item_by_item, |db| async move {
    let world = World::open(&db).await;
    let provider = three_parts(&world).await;
    let ids = entitlements(&world).await;
    let with = |entitlements: Vec<EntitlementId>, way| {
        let input = Request {
            partner_id: provider,
            currency: usd(),
            way,
            entitlements: Some(entitlements),
            submit: false,
        };
        let world = &world;
        async move { request(&world.store, &member_of(provider), None, input).await }
    };
    let mut wrong = ids.clone();
    wrong.push(EntitlementId(7));
    let Err(Error::Refused(refusals)) = with(wrong, PayoutWay::BankTransfer).await else {
        panic!("not refused")
    };
    let mut told: Vec<_> = refusals.iter().map(|r| r.code).collect();
    told.sort_by_key(|code| code.name());
    assert_eq!(told, [Code::NotFound, Code::WayNotAllowed]);
    let twice = vec![ids[0], ids[0]];
    assert_eq!(code(with(twice, PayoutWay::BankTransfer).await), Code::Invalid);
    // Nothing chosen: what is owed alone cannot be paid.
    assert_eq!(code(with(vec![], PayoutWay::BankTransfer).await), Code::NothingToPay);
    let id = with(vec![ids[0]], PayoutWay::BankTransfer).await.unwrap();
    assert_eq!(amount(&world, id).await, 800, "what is owed comes with it");
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let input = Request {
        partner_id: provider,
        currency: usd(),
        way: PayoutWay::TopUp,
        entitlements: None,
        submit: true,
    };
    assert_eq!(code(request(&world.store, &member_of(other), None, input).await), Code::NotFound);
});

on_both_databases!(a_request_needs_the_least_amount_and_the_end_of_the_holding_period, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    terms(&world, 10, 3, 24).await;
    world.import(&bill(&[row("A", "99.90", "2026-09-10T00:00:00Z", "x")])).await;
    issued(&world, "2026-09").await;
    assert_eq!(code(ask(&world, provider, PayoutWay::TopUp).await), Code::NothingToPay);
    let ids = entitlements(&world).await;
    let chosen = Request {
        partner_id: provider,
        currency: usd(),
        way: PayoutWay::TopUp,
        entitlements: Some(ids),
        submit: true,
    };
    let early = request(&world.store, &member_of(provider), None, chosen.clone()).await;
    assert_eq!(code(early), Code::NotYetAvailable);
    world.clock.advance(3 * DAY);
    assert_eq!(code(ask(&world, provider, PayoutWay::TopUp).await), Code::BelowMinimum, "9.99");
    terms(&world, 9, 3, 24).await;
    ask(&world, provider, PayoutWay::TopUp).await.unwrap();
});

on_both_databases!(the_product_requests_for_whoever_wants_it_so, |db| async move {
    let world = World::open(&db).await;
    let provider = three_parts(&world).await;
    assert_eq!(request_automatically(&world.store).await.unwrap(), 0);
    let input = SetPreference {
        partner_id: provider,
        expected_version: 0,
        automatic: true,
        consulting_way: PayoutWay::BankTransfer,
        resale_way: PayoutWay::TopUpOwedInvoice,
    };
    let wrong = SetPreference { resale_way: PayoutWay::BankTransfer, ..input.clone() };
    assert_eq!(code(prefer(&world.store, &member_of(provider), None, wrong).await), Code::WayNotAllowed);
    prefer(&world.store, &member_of(provider), None, input.clone()).await.unwrap();
    let late = prefer(&world.store, &member_of(provider), None, input).await;
    assert_eq!(code(late), Code::VersionConflict);
    assert_eq!(request_automatically(&world.store).await.unwrap(), 2);
    assert_eq!(request_automatically(&world.store).await.unwrap(), 0);
    assert_eq!(held(&world, provider).await, ["EARNED -1300", "IN_PAYOUT 1300"]);
    world.verify().await;
});

on_both_databases!(each_mode_is_requested_by_the_way_preferred_for_it, |db| async move {
    use PayoutWay::{CouponQuota, TopUp, TopUpOwedInvoice};
    for (consulting_way, resale_way, expected) in [
        // What is owed is set off against the first.
        (CouponQuota, TopUpOwedInvoice, vec![("COUPON_QUOTA", 800), ("TOP_UP_OWED_INVOICE", 500)]),
        (TopUp, CouponQuota, vec![("TOP_UP", 800), ("COUPON_QUOTA", 500)]),
        (CouponQuota, CouponQuota, vec![("COUPON_QUOTA", 1_300)]),
    ] {
        let other = TestDatabase::fresh(db.backend).await.unwrap();
        let world = World::open(&other).await;
        let provider = three_parts(&world).await;
        let input = SetPreference {
            partner_id: provider,
            expected_version: 0,
            automatic: true,
            consulting_way,
            resale_way,
        };
        prefer(&world.store, &member_of(provider), None, input).await.unwrap();
        request_automatically(&world.store).await.unwrap();
        let rows =
            query(world.store.db(), "SELECT way, amount FROM payment_request ORDER BY amount DESC", []).await;
        let made: Vec<(String, i64)> = rows
            .unwrap()
            .iter()
            .map(|row| {
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index::<i64>(1).unwrap() / (UNIT / 100))
            })
            .collect();
        assert_eq!(made, expected.iter().map(|(way, n)| ((*way).to_owned(), *n)).collect::<Vec<_>>());
    }
});

on_both_databases!(a_holding_period_leaves_time_before_what_is_held_lapses, |db| async move {
    let world = World::open(&db).await;
    let with = |holding_days, expiry_months| SetTerms {
        expected_version: 1,
        holding_days,
        expiry_months,
        minimum: None,
    };
    for (days, months) in [(Some(28), Some(1)), (Some(366), Some(13)), (None, None)] {
        let result = set(&world.store, &world.context, None, with(days, months)).await;
        match days {
            Some(_) => assert_eq!(code(result), Code::Invalid, "{days:?} {months:?}"),
            None => assert_eq!(result.unwrap(), 1, "as they are already"),
        }
    }
    assert_eq!(set(&world.store, &world.context, None, with(Some(27), Some(1))).await.unwrap(), 2);
});
