//! What opportunities are linked to, and what was consumed there.

use domain::kernel::scope::Scope;
use domain::opportunity::progress::link::{self, Links};
use domain::reading::opportunity::consumption;
use domain::{Code, Role};
use tests::on_both_databases;
use tests::refused::code;
use tests::world::{at, bill, row as payment};

use super::claims::{account_of, signed};
use super::*;

on_both_databases!(what_was_consumed_stands_by_month_next_to_what_was_expected, |db| async move {
    let world = World::open(&db).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    let rows = [
        payment("Acme", "100", "2026-10-10T00:00:00Z", "a"),
        payment("Acme", "20.5", "2026-10-11T00:00:00Z", "b"),
        payment("Acme", "7", "2026-11-11T00:00:00Z", "c"),
        payment("Acme", "9", "2026-08-11T00:00:00Z", "before it passed"),
    ];
    world.import(&bill(&rows)).await;
    world.import_as(&bill(&[payment("Acme", "50", "2026-11-12T00:00:00Z", "d")]), false).await;
    let ids = [ground.id];
    let months =
        consumption::by_month(&world.store, Scope::Partner(ground.partner, world.store.clock.now()), &ids)
            .await
            .unwrap();
    let shown: Vec<_> =
        months.iter().map(|of| (of.month.to_string(), of.expected, of.consumed, of.paid)).collect();
    assert_eq!(shown[0], ("2026-10".to_owned(), 0, 120_500_000, 120_500_000));
    assert_eq!(shown[1], ("2026-11".to_owned(), 0, 57 * UNIT, 7 * UNIT));
    // Half a million over twelve months from the month of signing.
    assert_eq!(shown.len(), 14);
    assert_eq!((shown[2].0.as_str(), shown[13].0.as_str()), ("2027-03", "2028-02"));
    assert_eq!(months.iter().map(|of| of.expected).sum::<i64>(), 500_000 * UNIT);
    assert!(months.iter().all(|of| of.expected == 0 || (of.expected - 41_666_670_000).abs() <= 10_000));

    let (other, _) = joined(&world, "Other").await;
    let foreign = consumption::by_month(&world.store, Scope::Partner(other, world.store.clock.now()), &ids)
        .await
        .unwrap();
    assert!(foreign.is_empty());
    assert_eq!(row(&world, ground.id).await.customer_id, Some(ground.customer));

    // A partner sees what was consumed while the customer was its own, the vendor everything.
    let sql = "UPDATE association SET valid_to = $1";
    exec(world.store.db(), sql, [at("2026-10-11T00:00:00Z").0.into()]).await.unwrap();
    let mut consumed = Vec::new();
    for scope in [Scope::Partner(ground.partner, world.store.clock.now()), Scope::All] {
        let months = consumption::by_month(&world.store, scope, &ids).await.unwrap();
        consumed.push(months.iter().map(|of| of.consumed).sum::<i64>() / UNIT);
    }
    assert_eq!(consumed, [100, 177]);
});

on_both_databases!(accounts_are_linked_once_it_passed_and_only_those_one_sees, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    world.customer("Foreign").await;
    let foreign = account_of(&world, "Foreign").await;
    let draft = drafted(&world, partner, form("Acme", offering)).await;
    let input = |id, accounts, orders| Links { seen: Seen { id, expected_version: 1 }, accounts, orders };
    let early =
        link::link(&world.store, &as_partner(partner), None, input(draft, vec![], vec!["1".into()])).await;
    assert_eq!(code(early), Code::WrongState);
    let id = verified(&world, partner, form("Globex", offering)).await;
    let version = row(&world, id).await.version;
    let now = |accounts, orders| Links { seen: Seen { id, expected_version: version }, accounts, orders };
    let unseen =
        link::link(&world.store, &as_partner(partner), None, now(vec![foreign], vec![" ".into()])).await;
    let Err(Error::Refused(refusals)) = unseen else { panic!("{unseen:?}") };
    let faults: Vec<_> = refusals.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect();
    assert_eq!(faults, [(Code::Invalid, "orderNumbers.0".into()), (Code::NotFound, "accountIds.0".into())]);
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    link::link(&world.store, &reviewer, None, now(vec![foreign], vec!["1".into()])).await.unwrap();
    assert!(row(&world, id).await.customer_id.is_some());
});
