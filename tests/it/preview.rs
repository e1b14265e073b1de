//! Previews say what a run would write, and write nothing.

use std::collections::BTreeMap;

use domain::kernel::store::query;
use domain::programme::incentive_policy::{self, NewPolicy, NewRate};
use domain::settlement::preview::difference::{Says, Why};
use domain::settlement::preview::{Ask, Place, PreviewBill, page, totals};
use domain::settlement::price::pico_text;
use domain::{Code, Error};
use entity::{AssociationMode, Currency, PartnerId, PartnerKind, RunKind};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tests::db::TestDatabase;
use tests::dump::{assert_same_books, dump};
use tests::on_both_databases;
use tests::rounds::{rounds, seed};
use tests::world::{World, at, bill, month as of, rate, row};

fn ask(month: &str) -> Ask {
    Ask { month: of(month), policies: vec![], partner: None, changed_only: false }
}

fn tried(name: &str, valid_from: &str, rates: Vec<NewRate>) -> NewPolicy {
    NewPolicy { name: name.into(), valid_from: of(valid_from), rates }
}

/// Every bill of a preview, page by page.
async fn bills(world: &World, ask: &Ask) -> Vec<PreviewBill> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let found = page(&world.store, ask, after, 3).await.unwrap();
        assert_eq!(found.changes_waiting, 0);
        assert!(found.bills.len() <= 3);
        all.extend(found.bills);
        after = all.last().map(|bill| bill.place).filter(|_| found.more);
        if after.is_none() {
            return all;
        }
    }
}

/// What stands, as text: each bill with its lines.
async fn standing(world: &World, month: &str) -> BTreeMap<Place, Vec<String>> {
    let sql = "SELECT b.partner_id, b.currency, b.basis, b.amount, b.parked_code, l.kind, l.origin_month, l.partner_id, \
               l.mode, l.product_class, l.rate_ppm, l.basis, l.exact, l.amount, l.note, l.policy_id, l.rate_seq \
               FROM incentive_bill b JOIN incentive_bill_line l ON l.bill_id = b.id WHERE b.month = $1 ORDER BY b.id, l.line_no";
    let mut found: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for row in query(world.store.db(), sql, [of(month).0.into()]).await.unwrap() {
        let int = |n: usize| row.try_get_by_index::<i64>(n).unwrap();
        let text = |n: usize| row.try_get_by_index::<Option<String>>(n).unwrap().unwrap_or_default();
        let small = |n: usize| row.try_get_by_index::<i32>(n).unwrap();
        let mode: Option<i16> = row.try_get_by_index(8).unwrap();
        let seq: Option<i16> = row.try_get_by_index(16).unwrap();
        let policy: Option<i64> = row.try_get_by_index(15).unwrap();
        let place = (PartnerId(int(0)), text(1).parse::<Currency>().unwrap());
        let lines = found.entry(place).or_insert_with(|| vec![format!("{} {} {}", int(2), int(3), text(4))]);
        lines.push(format!(
            "{} {} {} {:?} {} {} {} {} {} {} {policy:?} {seq:?}",
            text(5),
            small(6),
            int(7),
            mode,
            text(9),
            small(10),
            int(11),
            text(12),
            int(13),
            text(14)
        ));
    }
    for lines in found.values_mut() {
        lines[1..].sort();
    }
    found
}

/// What a preview over nothing says would stand, in the same form.
fn foreseen(bills: &[PreviewBill]) -> BTreeMap<Place, Vec<String>> {
    let line = |subject: &domain::settlement::preview::difference::Subject, says: &Says| {
        format!(
            "{} {} {} {:?} {} {} {} {} {} {} {:?} {:?}",
            subject.kind.name(),
            subject.origin_month.0,
            subject.partner.0,
            subject.mode.map(AssociationMode::code),
            subject.product_class.clone().unwrap_or_default(),
            says.rate.map_or(0, |(_, _, ppm)| ppm),
            says.basis,
            pico_text(says.exact),
            says.amount,
            says.note.clone().unwrap_or_default(),
            says.rate.map(|(policy, _, _)| policy.0),
            says.rate.map(|(_, seq, _)| seq)
        )
    };
    let of_bill = |bill: &PreviewBill| {
        let outcome = bill.outcome?;
        assert!(bill.lines.iter().all(|change| change.before.is_none()));
        let mut lines: Vec<String> =
            bill.lines.iter().map(|change| line(&change.subject, change.after.as_ref().unwrap())).collect();
        lines.sort();
        let parked = outcome.parked.map_or("", |parked| parked.code.name());
        lines.insert(0, format!("{} {} {parked}", outcome.basis, outcome.amount));
        Some((bill.place, lines))
    };
    bills.iter().filter_map(of_bill).collect()
}

/// Five partners, one of them a distributor with a reseller, and their customers.
async fn programme(db: &TestDatabase) -> World {
    let world = World::open(db).await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    let mut partners = vec![distributor, reseller];
    for name in ["P1", "P2", "P3"] {
        partners.push(world.partner(PartnerKind::SolutionProvider, name).await);
    }
    for (n, partner) in partners.into_iter().enumerate() {
        let customer = world.customer(&format!("C{n}")).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    world
}

/// A bill of random amounts in two currencies and three classes.
fn random_bill(rng: &mut StdRng, month: &str, note: &str) -> String {
    let rows = (0..rng.random_range(1..25)).map(|n| {
        let (account, class) = (rng.random_range(0..5), ["Compute", "Storage", "Network"][rng.random_range(0..3)]);
        let (units, cents) = (rng.random_range(-300..40_000), rng.random_range(0..10_000));
        let currency = if rng.random_range(0..4) == 0 { "EUR" } else { "USD" };
        let day = rng.random_range(1..29);
        format!(
            "{units}.{cents:04},{currency},Usage,,{month}-{day:02}T00:00:00Z,{class} x,{class},C{account},Cloud,Cloud,Cloud,,{note}{n}"
        )
    });
    bill(&rows.collect::<Vec<_>>())
}

fn random_rates(rng: &mut StdRng) -> Vec<NewRate> {
    let any = |rng: &mut StdRng| NewRate {
        product_class: (rng.random_range(0..2) == 0).then(|| "Compute".to_owned()),
        partner_kind: (rng.random_range(0..4) == 0).then_some(PartnerKind::Distributor),
        minimum: match rng.random_range(0..4) {
            0 => None,
            thousands => Some((thousands - 1) * 1_000_000_000),
        },
        cap: (rng.random_range(0..2) == 0).then(|| rng.random_range(1..900) * 1_000_000),
        ..rate(rng.random_range(0..200_000))
    };
    (0..rng.random_range(1..4)).map(|_| any(rng)).collect()
}

on_both_databases!(a_preview_is_line_for_line_what_the_run_writes, |db| async move {
    let world = programme(&db).await;
    let mut rng = StdRng::seed_from_u64(seed("previews"));
    for (n, month) in ["2026-06", "2026-07", "2026-08", "2026-09"].iter().enumerate().take(2 + 2 * rounds()) {
        let policy = tried("base", month, random_rates(&mut rng));
        incentive_policy::create(&world.store, &world.context, None, policy).await.unwrap();
        world.import(&random_bill(&mut rng, month, &format!("m{n}-"))).await;
        if n > 0 {
            // Late facts of the month before, which is final.
            world
                .import(&random_bill(&mut rng, ["2026-06", "2026-07", "2026-08"][n - 1], &format!("l{n}-")))
                .await;
        }
        let before = bills(&world, &ask(month)).await;
        let all = foreseen(&before);
        let sums = totals(&world.store, &ask(month)).await.unwrap();
        world.settle(month, RunKind::Draft).await;
        assert_eq!(standing(&world, month).await, all, "{month} draft");
        let again = bills(&world, &ask(month)).await;
        assert!(again.iter().all(|bill| bill.why == [Why::Unchanged] && bill.lines.is_empty()), "{again:?}");
        for (currency, sum) in sums.currencies {
            let of_currency = before.iter().filter(|bill| bill.place.1 == currency);
            assert_eq!(sum.after, of_currency.map(PreviewBill::amount_after).sum::<i64>());
        }
        world.settle(month, RunKind::Final).await;
        assert_eq!(standing(&world, month).await, all, "{month} final");
        world.verify().await;
    }
});

on_both_databases!(a_preview_writes_nothing, |db| async move {
    let world = programme(&db).await;
    world.policy("2026-01", 100_000).await;
    world.import(&random_bill(&mut StdRng::seed_from_u64(1), "2026-09", "a")).await;
    world.settle("2026-09", RunKind::Draft).await;
    world.import(&random_bill(&mut StdRng::seed_from_u64(2), "2026-09", "b")).await;
    let before = dump(&world.store).await;
    let try_all = Ask { policies: vec![tried("x", "2026-09", vec![rate(1)])], ..ask("2026-09") };
    for ask in [try_all, ask("2026-09"), ask("2030-01")] {
        bills(&world, &ask).await;
        totals(&world.store, &ask).await.unwrap();
    }
    assert_same_books(&dump(&world.store).await, &before, "a preview");
    let sql = "SELECT (SELECT COUNT(*) FROM settlement_month) + (SELECT COUNT(*) FROM incentive_policy)";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    assert_eq!(rows[0].try_get_by_index::<i64>(0).unwrap(), 2, "one month and one policy, as before");
});

/// A provider with $100 in September and a bill at a tenth, and another without anything.
async fn one_bill(db: &TestDatabase) -> (World, PartnerId) {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    world.partner(PartnerKind::SolutionProvider, "Idle").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world.settle("2026-09", RunKind::Draft).await;
    (world, provider)
}

on_both_databases!(policies_that_are_tried_lie_over_the_real_ones, |db| async move {
    let (world, provider) = one_bill(&db).await;
    let capped = NewRate { cap: Some(5_000_000), ..rate(100_000) };
    for (policies, amount, why) in [
        (vec![], 10_000_000, vec![Why::Unchanged]),
        (vec![tried("x", "2026-09", vec![rate(200_000)])], 20_000_000, vec![Why::RateChanged]),
        (vec![tried("x", "2026-01", vec![rate(200_000)])], 20_000_000, vec![Why::RateChanged]),
        (vec![tried("x", "2025-12", vec![rate(200_000)])], 10_000_000, vec![Why::Unchanged]),
        (vec![tried("x", "2026-10", vec![rate(200_000)])], 10_000_000, vec![Why::Unchanged]),
        (vec![tried("x", "2026-09", vec![rate(100_000)])], 10_000_000, vec![Why::Unchanged]),
        (vec![tried("x", "2026-09", vec![capped])], 5_000_000, vec![Why::CapOrMinimum]),
        (
            vec![tried("y", "2026-09", vec![rate(300_000)]), tried("x", "2026-02", vec![rate(200_000)])],
            30_000_000,
            vec![Why::RateChanged],
        ),
    ] {
        let case = format!("{policies:?}");
        let found = bills(&world, &Ask { policies, ..ask("2026-09") }).await;
        assert_eq!(found.len(), 1, "{case}");
        assert_eq!((found[0].place.0, found[0].amount_after()), (provider, amount), "{case}");
        assert_eq!(found[0].why, why, "{case}");
    }
    let twice = vec![tried("x", "2026-09", vec![rate(1)]), tried("y", "2026-09", vec![rate(1)])];
    let year = |n: usize| {
        (0..n)
            .map(|i| {
                tried("x", of("2026-01").plus(i32::try_from(i).unwrap()).to_string().as_str(), vec![rate(1)])
            })
            .collect()
    };
    for (policies, refused) in [
        (twice, Some(Code::PolicyOverlaps)),
        (year(12), None),
        (year(13), Some(Code::Invalid)),
        (vec![tried("x", "2026-09", vec![])], Some(Code::Invalid)),
        (vec![tried("x", "2026-09", vec![rate(1_000_001)])], Some(Code::Invalid)),
    ] {
        let answer = page(&world.store, &Ask { policies, ..ask("2026-09") }, None, 5).await;
        match (answer, refused) {
            (Ok(_), None) => {}
            (Err(Error::Refused(refusals)), Some(code)) => assert_eq!(refusals[0].code, code),
            (other, expected) => panic!("{other:?}, not {expected:?}"),
        }
    }
});

on_both_databases!(a_month_that_is_final_is_previewed_from_its_own_books, |db| async move {
    let (world, _) = one_bill(&db).await;
    world.settle("2026-09", RunKind::Final).await;
    // A late fact is October's, and keeps September's real policy.
    world.import(&bill(&[row("A", "50", "2026-09-11T00:00:00Z", "late")])).await;
    world.import(&bill(&[row("A", "1", "2026-10-02T00:00:00Z", "october")])).await;
    let double = vec![tried("x", "2026-09", vec![rate(200_000)])];
    let september = bills(&world, &Ask { policies: double.clone(), ..ask("2026-09") }).await;
    assert_eq!((september[0].amount_before(), september[0].amount_after()), (10_000_000, 20_000_000));
    assert!(bills(&world, &ask("2026-09")).await.iter().all(|bill| !bill.changes()));
    let october = bills(&world, &Ask { policies: double, ..ask("2026-10") }).await;
    assert_eq!((october[0].amount_before(), october[0].amount_after()), (0, 5_000_000 + 200_000));
    assert_eq!(october[0].why, [Why::NewBill]);
});

on_both_databases!(bills_that_would_go_and_partners_that_cannot_be_billed_are_told, |db| async move {
    let (world, provider) = one_bill(&db).await;
    world.import(&bill(&[row("A", "-100", "2026-09-12T00:00:00Z", "taken back")])).await;
    let found = bills(&world, &ask("2026-09")).await;
    // The sum is zero in two payments: a bill of zero.
    assert_eq!((found[0].amount_after(), &found[0].why[..]), (0, &[Why::BasisChanged][..]));
    let sql = "UPDATE partner SET kind = 'RESELLER' WHERE id = $1";
    domain::kernel::store::exec(world.store.db(), sql, [provider.0.into()]).await.unwrap();
    let found = bills(&world, &ask("2026-09")).await;
    assert_eq!(found[0].why, [Why::Gone, Why::SetAside]);
    assert_eq!(found[0].aside.as_ref().unwrap().code, "RESELLER_WITHOUT_DISTRIBUTOR");
    let sums = totals(&world.store, &ask("2026-09")).await.unwrap();
    let usd = &sums.currencies[&"USD".parse::<Currency>().unwrap()];
    assert_eq!(
        (usd.bills_before, usd.bills_after, usd.set_aside, usd.before, usd.after),
        (1, 0, 1, 10_000_000, 0)
    );
});

on_both_databases!(changes_that_wait_are_counted_and_not_foreseen, |db| async move {
    let (world, _) = one_bill(&db).await;
    world.clock.set(at("2026-10-16T00:00:00Z"));
    let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) SELECT id, 202609, 0 FROM customer";
    domain::kernel::store::exec(world.store.db(), sql, []).await.unwrap();
    assert_eq!(page(&world.store, &ask("2026-09"), None, 5).await.unwrap().changes_waiting, 1);
});
