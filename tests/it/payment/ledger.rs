//! The ledger: concurrency, the past, and what breaks the proof.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::operate::verify::{Check, verify};
use entity::timestamp::DAY;
use tests::on_both_databases;

use super::*;

/// Postings of the run: enough that every partner's chain is fought for.
const POSTINGS: usize = 10_000;
/// Partners, each with two accounts that money moves between.
const PARTNERS: usize = 50;
/// Writers at once.
const WRITERS: usize = 16;

async fn shift(world: &World, partner_id: PartnerId, amount: i64) {
    let tx = world.store.begin().await.unwrap();
    let entry = |account, amount| Entry { account, currency: cny(), amount };
    let entries = vec![entry(LedgerAccount::Payable, -amount), entry(LedgerAccount::InPayout, amount)];
    let posting = Posting { partner_id, kind: "SHIFT", entity: partner_id.to_string(), entries };
    post(&tx, world.store.clock.now(), posting).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_databases!(
    ten_thousand_postings_over_a_hundred_accounts_keep_the_sum_in_every_read,
    |db| async move {
        let world = Arc::new(World::open_with(&db, 8).await);
        let mut partners = Vec::new();
        for n in 0..PARTNERS {
            let id = world.partner(PartnerKind::SolutionProvider, &format!("Partner {n}")).await;
            earn(&world, id, 1_000_000).await;
            partners.push(id);
        }
        let expected = i64::try_from(PARTNERS).unwrap() * 1_000_000 * UNIT;
        let done = Arc::new(AtomicBool::new(false));
        let reader = {
            let (world, done) = (Arc::clone(&world), Arc::clone(&done));
            tokio::spawn(async move {
                let sql = "SELECT CAST(SUM(CASE WHEN account IN ('PAYABLE', 'IN_PAYOUT') THEN amount ELSE 0 END) AS BIGINT), \
                       CAST(SUM(amount) AS BIGINT) FROM ledger_balance";
                let mut reads = 0;
                while !done.load(Ordering::SeqCst) {
                    let rows = query(world.store.db(), sql, []).await.unwrap();
                    let (held, all): (i64, i64) =
                        (rows[0].try_get_by_index(0).unwrap(), rows[0].try_get_by_index(1).unwrap());
                    assert_eq!((held, all), (expected, 0));
                    reads += 1;
                    tokio::task::yield_now().await;
                }
                reads
            })
        };
        let writers = (0..WRITERS).map(|writer| {
            let (world, partners) = (Arc::clone(&world), partners.clone());
            tokio::spawn(async move {
                // A walk over the partners that no two writers share; forth and back by turns.
                for i in 0..POSTINGS / WRITERS {
                    let partner = partners[(i / 2 * 7 + writer * 3) % PARTNERS];
                    shift(&world, partner, if i % 2 == 0 { UNIT } else { -UNIT }).await;
                }
            })
        });
        futures_util::future::try_join_all(writers).await.unwrap();
        done.store(true, Ordering::SeqCst);
        assert!(reader.await.unwrap() > 0, "nobody read");
        let rows = query(world.store.db(), "SELECT COUNT(*) FROM ledger_transaction", []).await.unwrap();
        let postings: i64 = rows[0].try_get_by_index(0).unwrap();
        assert_eq!(usize::try_from(postings).unwrap(), POSTINGS + PARTNERS);
        for check in domain::money::ledger::prove::prove(world.store.db()).await.unwrap() {
            assert!(check.holds, "{check:?}");
        }
    }
);

/// What the accounts held at the end of an instant.
async fn held_at(world: &World, owner: PartnerId, instant: entity::Timestamp) -> Vec<String> {
    let held =
        domain::money::ledger::balance::balances(world.store.db(), &[owner], Some(instant)).await.unwrap();
    held.iter().map(|b| format!("{} {}", b.account, b.amount / UNIT)).collect()
}

on_both_databases!(balances_are_known_at_every_instant_before, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let first = world.store.clock.now();
    world.clock.advance(DAY);
    shift(&world, owner, 30 * UNIT).await;
    world.clock.advance(DAY);
    shift(&world, owner, 20 * UNIT).await;
    assert_eq!(held_at(&world, owner, first.plus(-1)).await, [""; 0]);
    assert_eq!(held_at(&world, owner, first).await, ["EARNED -100", "PAYABLE 100"]);
    assert_eq!(held_at(&world, owner, first.plus(DAY - 1)).await, ["EARNED -100", "PAYABLE 100"]);
    assert_eq!(held_at(&world, owner, first.plus(DAY)).await, ["EARNED -100", "IN_PAYOUT 30", "PAYABLE 70"]);
    assert_eq!(
        held_at(&world, owner, first.plus(2 * DAY)).await,
        ["EARNED -100", "IN_PAYOUT 50", "PAYABLE 50"]
    );
});

on_both_databases!(a_posting_that_is_not_zero_or_overdraws_is_refused_whole, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let entry = |account, amount| Entry { account, currency: cny(), amount };
    for entries in [
        vec![entry(LedgerAccount::Payable, -1), entry(LedgerAccount::Paid, 2)],
        vec![entry(LedgerAccount::Payable, -101 * UNIT), entry(LedgerAccount::Paid, 101 * UNIT)],
        vec![entry(LedgerAccount::Payable, -1), entry(LedgerAccount::Carried, 1)],
        vec![entry(LedgerAccount::Payable, i64::MAX), entry(LedgerAccount::Payable, i64::MAX)],
    ] {
        let tx = world.store.begin().await.unwrap();
        let posting = Posting { partner_id: owner, kind: "TEST", entity: "x".into(), entries };
        let answer = post(&tx, world.store.clock.now(), posting).await;
        assert!(matches!(answer, Err(Error::Invariant(_))), "{answer:?}");
    }
    assert_eq!(held(&world, owner).await, ["EARNED -100", "PAYABLE 100"]);
});

/// The checks that do not hold.
async fn broken(world: &World) -> Vec<Check> {
    verify(&world.store, None).await.unwrap().into_iter().filter(|check| !check.holds).collect()
}

/// Runs `sql` without the triggers that refuse it: what somebody with the database in hand could do.
async fn tamper(world: &World, sql: &str) {
    let db = world.store.db();
    if world.store.backend() == sea_orm::DbBackend::Postgres {
        let sql =
            format!("SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT");
        sea_orm::ConnectionTrait::execute_unprepared(db, &sql).await.unwrap();
    } else {
        for trigger in [
            "transactions_are_append_only_update",
            "entries_are_append_only_update",
            "entries_are_append_only_delete",
        ] {
            exec(db, &format!("DROP TRIGGER IF EXISTS ledger_{trigger}"), []).await.unwrap();
        }
        exec(db, sql, []).await.unwrap();
    }
}

on_both_databases!(verify_names_the_first_entry_that_was_tampered_with, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    for _ in 0..3 {
        shift(&world, owner, 10 * UNIT).await;
    }
    let chain = "ledger postings = chain, each zero";
    for (sql, back, name, example) in [
        (
            "UPDATE ledger_entry SET amount = amount + 1 WHERE seq = 2 AND account = 'PAYABLE'",
            "UPDATE ledger_entry SET amount = amount - 1 WHERE seq = 2 AND account = 'PAYABLE'",
            chain,
            "posting 2",
        ),
        (
            "UPDATE ledger_transaction SET entity = 'bill_other' WHERE seq = 3",
            "UPDATE ledger_transaction SET entity = (SELECT entity FROM ledger_transaction WHERE seq = 2) WHERE seq = 3",
            chain,
            "posting 3",
        ),
        (
            "UPDATE ledger_balance SET amount = amount + 5 WHERE account = 'PAYABLE'",
            "UPDATE ledger_balance SET amount = amount - 5 WHERE account = 'PAYABLE'",
            "ledger balances = entries",
            "PAYABLE",
        ),
        (
            "UPDATE ledger_chain SET seq = seq + 1",
            "UPDATE ledger_chain SET seq = seq - 1",
            chain,
            "its chain ends at 5, its postings at 4",
        ),
    ] {
        tamper(&world, sql).await;
        let found = broken(&world).await;
        let named =
            found.iter().find(|check| check.name == name).unwrap_or_else(|| panic!("{sql}: {found:?}"));
        let said = named.counter_example.as_deref().unwrap_or_default();
        assert!(said.contains(example), "{sql}: {said}");
        tamper(&world, back).await;
    }
    // Money in payout that no request accounts for.
    let found = broken(&world).await;
    let names: Vec<_> = found.iter().map(|check| check.name).collect();
    assert_eq!(names, ["payment requests under way = ledger"]);
});
