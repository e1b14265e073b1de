//! What cannot be billed is set aside with its reason; the others are billed.

use domain::settlement::bill::SHARD_ATTEMPTS;
use domain::settlement::freeze::SHARD_PARTNERS;
use domain::settlement::run::{ATTEMPTS, LEASE, advance};
use entity::{ShardState, settlement_quarantine, settlement_shard};

use super::*;

/// The largest amount a row may have, in units.
const LARGEST: &str = "1000000000000";

async fn shards(world: &World, id: RunId) -> Vec<settlement_shard::Model> {
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
    settlement_shard::Entity::find()
        .filter(settlement_shard::Column::RunId.eq(id))
        .order_by_asc(settlement_shard::Column::Shard)
        .all(world.store.db())
        .await
        .unwrap()
}

/// A world in which one partner's performance does not fit 64 bits, and another shard has an ordinary one.
async fn world_with_too_much(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let rich = world.partner(PartnerKind::SolutionProvider, "Rich").await;
    for i in 1..SHARD_PARTNERS {
        world.partner(PartnerKind::SolutionProvider, &format!("Idle {i}")).await;
    }
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let a = world.customer("A").await;
    world.associate(a, other, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    // Ten times 10^18 micros are more than 9.2 × 10^18: each half fits, the sum does not.
    for half in 0..2 {
        let mut rows = Vec::new();
        for i in 0..5 {
            let name = format!("R{half}{i}");
            let customer = world.customer(&name).await;
            world.associate(customer, rich, "2026-01-01T00:00:00Z").await;
            rows.push(row(&name, LARGEST, "2026-09-10T00:00:00Z", "much"));
        }
        let receipt = world.import(&bill(&rows)).await;
        assert_eq!((receipt.state, receipt.rows_accepted), (ImportState::Completed, 5));
    }
    world
}

on_both_databases!(
    a_shard_that_overflows_is_set_aside_by_an_estimate_and_stops_a_final_run,
    |db| async move {
        let world = world_with_too_much(&db).await;
        let estimate = world.settle("2026-09", RunKind::Estimate).await;
        assert_eq!((estimate.state, estimate.quarantined), (RunState::Succeeded, 1));
        assert_eq!(world.bills().await, ["202609 Other ESTIMATED 100000000 0"]);
        let states: Vec<_> =
            shards(&world, estimate.id).await.into_iter().map(|s| (s.state, s.attempts)).collect();
        let set_aside = (ShardState::Quarantined, SHARD_ATTEMPTS);
        assert_eq!(states, [(ShardState::Done, 1), set_aside, (ShardState::Done, 1)]);
        let shard = &shards(&world, estimate.id).await[1];
        assert_eq!(shard.error_code.as_deref(), Some("SHARD_FAILED"));
        assert!(
            shard.error_detail.as_ref().is_some_and(|d| d.contains("overflow") || d.contains("range")),
            "{shard:?}"
        );

        let last = world.settle("2026-09", RunKind::Final).await;
        assert_eq!((last.state, last.error_code.as_deref()), (RunState::Failed, Some("INVARIANT")));
        let detail = last.error_detail.unwrap();
        assert_eq!(detail, "1 shards failed; mend the cause and resume the run");
        // Resuming without mending it ends in the same way; the month stays closed and is not final.
        steer(&world.store, &world.context, None, last.id, Steer::Resume).await.unwrap();
        let again = advance(&world.store, last.id, "w", |_| {}).await.unwrap();
        assert_eq!((again.state, again.bills), (RunState::Failed, 1));
        let month = month::ensure(world.store.db(), of("2026-09")).await.unwrap();
        assert_eq!((month.state, month.closed), (MonthState::Estimated, true));
        assert_eq!(world.bills().await, ["202609 Other PENDING_CONFIRM 100000000 0"]);
    }
);

on_both_databases!(a_sum_past_64_bits_in_one_import_is_refused_with_a_reason, |db| async move {
    let world = World::open(&db).await;
    let rows: Vec<_> = (0..10).map(|i| row("A", LARGEST, "2026-09-10T00:00:00Z", &i.to_string())).collect();
    let input = domain::performance::import::create::NewImport {
        file_name: "much.csv".into(),
        settled: true,
        native_provider: String::new(),
        total_bytes: 0,
        ..Default::default()
    };
    let store = &world.store;
    let id = domain::performance::import::create::create_local(store, &world.context, input).await.unwrap();
    let source =
        domain::performance::import::ingest::Source::Stream(Box::new(std::io::Cursor::new(bill(&rows))));
    let answer = domain::performance::import::ingest::ingest(store, id, source, |_| {}).await;
    assert!(matches!(&answer, Err(Error::Invariant(why)) if why.contains("64 bits")), "{answer:?}");
    let failed = domain::performance::import::ingest::load(store, id).await.unwrap();
    assert_eq!((failed.state, failed.rows_accepted), (ImportState::Failed, 0));
    world.verify().await;
});

on_both_databases!(a_shard_that_kills_its_workers_is_set_aside_and_the_others_are_done, |db| async move {
    let world = World::open(&db).await;
    world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let input = StartRun {
        month: of("2026-09"),
        kind: RunKind::Estimate,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let id = start(&world.store, &world.context, None, input).await.unwrap();
    let sql = format!("UPDATE settlement_shard SET attempts = {SHARD_ATTEMPTS} WHERE shard = 1");
    let mut step = 0;
    let done = advance(&world.store, id, "w", |_| {
        if step == 1 {
            let update = exec(world.store.db(), &sql, []);
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(update)).unwrap();
        }
        step += 1;
    });
    assert_eq!(done.await.unwrap().state, RunState::Succeeded);
    let found: Vec<_> = shards(&world, id).await.into_iter().map(|s| (s.state, s.attempts)).collect();
    assert_eq!(found, [(ShardState::Done, 1), (ShardState::Quarantined, SHARD_ATTEMPTS)]);
});

on_both_databases!(a_run_whose_workers_all_vanish_is_parked_and_can_be_resumed, |db| async move {
    let world = World::open(&db).await;
    let input = StartRun {
        month: of("2026-09"),
        kind: RunKind::Estimate,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let id = start(&world.store, &world.context, None, input).await.unwrap();
    let sql = "UPDATE settlement_run SET state = 'RUNNING', attempts = $1, lease_until = 1";
    exec(world.store.db(), sql, [ATTEMPTS.into()]).await.unwrap();
    world.clock.advance(LEASE);
    let parked = advance(&world.store, id, "w", |_| {}).await.unwrap();
    assert_eq!((parked.state, parked.error_code.as_deref()), (RunState::Failed, Some("POISON")));
    steer(&world.store, &world.context, None, id, Steer::Resume).await.unwrap();
    let done = advance(&world.store, id, "w", |_| {}).await.unwrap();
    assert_eq!(done.state, RunState::Succeeded);
});

/// A reseller whose link was lost: only by hand, the product has no way to end one without another.
async fn world_with_a_lost_reseller(
    db: &tests::db::TestDatabase,
) -> (World, entity::PartnerId, entity::PartnerId) {
    let world = World::open(db).await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    world.link(reseller, distributor).await;
    for (name, partner) in [("A", provider), ("B", reseller)] {
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    exec(world.store.db(), "DELETE FROM distribution_link", []).await.unwrap();
    world.policy("2026-01", 100_000).await;
    let rows =
        [row("A", "100", "2026-09-10T00:00:00Z", "one"), row("B", "50", "2026-09-10T00:00:00Z", "two")];
    world.import(&bill(&rows)).await;
    (world, reseller, distributor)
}

on_both_databases!(
    a_reseller_without_a_distributor_is_set_aside_and_the_others_are_billed,
    |db| async move {
        let (world, reseller, distributor) = world_with_a_lost_reseller(&db).await;
        let run = world.settle("2026-09", RunKind::Final).await;
        assert_eq!((run.state, run.quarantined), (RunState::Succeeded, 1));
        let aside = settlement_quarantine::Entity::find().all(world.store.db()).await.unwrap();
        assert_eq!(aside.len(), 1);
        assert_eq!((aside[0].partner_id, aside[0].code.as_str()), (reseller, "RESELLER_WITHOUT_DISTRIBUTOR"));
        let provider = "202609 Provider PENDING_CONFIRM 100000000 10000000";
        assert_eq!(world.bills().await, [provider]);
        world.verify().await;

        // Once it is linked, the closed month stays as it is, and resuming bills nothing twice …
        world.link(reseller, distributor).await;
        steer(&world.store, &world.context, None, run.id, Steer::Resume).await.unwrap();
        let again = advance(&world.store, run.id, "w", |_| {}).await.unwrap();
        assert_eq!((again.state, again.lines, again.bills), (RunState::Succeeded, run.lines, run.bills));
        assert_eq!(world.bills().await, [provider]);
        world.verify().await;

        // … and the next month bills it as a correction.
        world.clock.set(at("2026-11-12T00:00:00Z"));
        world.settle("2026-10", RunKind::Final).await;
        let correction = "202610 Distributor PENDING_CONFIRM 50000000 5000000";
        assert_eq!(world.bills().await, [provider, correction]);
        world.verify().await;
    }
);

on_both_databases!(a_reseller_linked_before_the_month_is_final_is_billed_in_it, |db| async move {
    let (world, reseller, distributor) = world_with_a_lost_reseller(&db).await;
    let draft = world.settle("2026-09", RunKind::Draft).await;
    assert_eq!((draft.state, draft.quarantined), (RunState::Succeeded, 1));
    world.link(reseller, distributor).await;
    let last = world.settle("2026-09", RunKind::Final).await;
    assert_eq!((last.state, last.quarantined), (RunState::Succeeded, 0));
    assert_eq!(
        world.bills().await,
        [
            "202609 Distributor PENDING_CONFIRM 50000000 5000000",
            "202609 Provider PENDING_CONFIRM 100000000 10000000",
        ]
    );
    world.verify().await;
});
