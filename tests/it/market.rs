//! Marketplace settlement: from what customers paid to bills of sellers and the requests that pay them.

mod api;
mod books;
mod corrections;
mod schedule;

use domain::kernel::many::BulkPolicy;
use domain::kernel::store::{exec, query};
use domain::money::market::bill_out::{BillOut, ask, carry_out};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use domain::{Actor, Code, Context, Principal, Role};
use entity::{Certification, PartnerId, PaymentOperation, PaymentRequestId};
use tests::market::{certified_seller, goods_terms, sale, sale_as, seller};
use tests::on_both_databases;
use tests::partner::{balances, certify};
use tests::refused::code;
use tests::world::{World, at, bill, month};

/// One unit of a currency, in micros.
const UNIT: i64 = 1_000_000;

/// Bills a month out and returns how many bills were made.
async fn bill_out(world: &World, text: &str) -> usize {
    carry_out(&world.store, &world.context, month(text)).await.unwrap()
}

/// Every bill as text: month, seller, category, state, sales, fees, amount in hundredths, number of lines.
async fn bills(world: &World) -> Vec<String> {
    let sql = "SELECT b.month, p.name, b.category, b.state, b.sales, b.platform_fee, b.operating_fee, b.amount, b.lines \
               FROM settlement_bill b JOIN partner p ON p.id = b.partner_id ORDER BY b.month, p.name, b.category, b.id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |n: usize| row.try_get_by_index::<String>(n).unwrap();
            let cents = |n: usize| row.try_get_by_index::<i64>(n).unwrap() / (UNIT / 100);
            let (month, lines): (i32, i32) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(8).unwrap());
            format!(
                "{month} {} {} {}: {} - {} - {} = {} in {lines}",
                text(1),
                text(2),
                text(3),
                cents(4),
                cents(5),
                cents(6),
                cents(7)
            )
        })
        .collect()
}

/// Every line of every bill: bill month, kind, origin month, sales, amount in micros.
async fn lines(world: &World) -> Vec<String> {
    let sql = "SELECT b.month, l.kind, l.origin_month, l.sales, l.amount FROM settlement_bill_line l \
               JOIN settlement_bill b ON b.id = l.bill_id ORDER BY b.month, b.id, l.line_no";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter()
        .map(|row| {
            let (bill, origin): (i32, i32) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(2).unwrap());
            let kind: String = row.try_get_by_index(1).unwrap();
            let (sales, amount): (i64, i64) =
                (row.try_get_by_index(3).unwrap(), row.try_get_by_index(4).unwrap());
            format!("{bill} {kind} {origin} {sales} {amount}")
        })
        .collect()
}

/// What is withheld: month, seller, reason, amount in hundredths.
async fn withheld(world: &World) -> Vec<String> {
    let sql = "SELECT month, seller, reason, amount FROM settlement_withheld ORDER BY month, seller, reason";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |n: usize| row.try_get_by_index::<String>(n).unwrap();
            let (month, amount): (i32, i64) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(3).unwrap());
            format!("{month} {} {} {}", text(1), text(2), amount / (UNIT / 100))
        })
        .collect()
}

/// Every request: state and amount in hundredths, in the order they were made.
async fn requests(world: &World) -> Vec<(PaymentRequestId, String)> {
    let sql = "SELECT id, state, amount FROM payment_request ORDER BY created_at, id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter()
        .map(|row| {
            let (id, amount): (i64, i64) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(2).unwrap());
            let state: String = row.try_get_by_index(1).unwrap();
            (PaymentRequestId(id), format!("{state} {}", amount / (UNIT / 100)))
        })
        .collect()
}

async fn texts(world: &World) -> Vec<String> {
    requests(world).await.into_iter().map(|(_, text)| text).collect()
}

/// The balances of a partner in hundredths, zeros left out.
async fn held(world: &World, partner: PartnerId) -> Vec<String> {
    balances(world, partner, UNIT / 100).await
}

/// How often an event of a kind was told.
async fn told(world: &World, kind: &str) -> usize {
    let sql = "SELECT id FROM event WHERE topic = 'SETTLEMENT_BILL' AND kind = $1";
    query(world.store.db(), sql, [kind.into()]).await.unwrap().len()
}

/// Operations void the bill of a request whose countersign was refused.
async fn void(world: &World, id: PaymentRequestId) {
    let sql = "UPDATE payment_request SET state = 'COUNTERSIGN_REJECTED' WHERE id = $1";
    exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let request = domain::money::payment::drive::load(&world.store, id).await.unwrap();
    let principal = Principal::Operator { roles: vec![Role::Operations] };
    let context = Context { actor: Actor { subject: "operations".into(), principal }, request_id: None };
    let moves = Moves {
        operation: PaymentOperation::VoidBill,
        requests: vec![Seen { id, expected_version: request.version }],
        reason: Some("wrong".into()),
        policy: BulkPolicy::AllOrNothing,
    };
    move_requests(&world.store, &context, None, moves).await.unwrap();
}

on_both_databases!(sales_of_a_month_become_a_bill_and_a_request_less_fees, |db| async move {
    let world = World::open(&db).await;
    let shop = certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 50_000, 10_000).await;
    world.customer("A").await;
    let rows = [
        sale("Shop", "A", "60", "2026-09-10T00:00:00Z", "one"),
        sale("Shop", "A", "40", "2026-09-11T00:00:00Z", "two"),
        sale("Cloud", "A", "500", "2026-09-11T00:00:00Z", "of the cloud itself"),
        sale("Shop", "A", "7", "2026-10-01T00:00:00Z", "of the next month"),
    ];
    world.import(&bill(&rows)).await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    assert_eq!(bills(&world).await, ["202609 Shop GOODS BILLED: 10000 - 500 - 100 = 9400 in 1"]);
    assert_eq!(lines(&world).await, ["202609 BASE 202609 100000000 94000000"]);
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 9400"]);
    assert_eq!(held(&world, shop).await, ["EARNED -9400", "IN_PAYOUT 9400"]);
    assert_eq!(told(&world, "BILLED").await, 1);
    // Once more makes nothing more.
    assert_eq!(bill_out(&world, "2026-09").await, 0);
    assert_eq!(bills(&world).await.len(), 1);
    world.verify().await;
});

on_both_databases!(a_month_is_billed_out_when_it_is_over, |db| async move {
    let world = World::open(&db).await;
    let asked = |text: &str| BillOut { month: month(text) };
    assert_eq!(code(ask(&world.store, &world.context, None, asked("2026-10")).await), Code::MonthNotOver);
    ask(&world.store, &world.context, None, asked("2026-09")).await.unwrap();
});

on_both_databases!(without_certification_nothing_is_billed_and_it_is_caught_up_after_it, |db| async move {
    let world = World::open(&db).await;
    let shop = seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    for certification in [Certification::NotSubmitted, Certification::InReview, Certification::Failed] {
        certify(&world, shop, certification).await;
        assert_eq!(bill_out(&world, "2026-09").await, 0);
        assert_eq!(withheld(&world).await, ["202609 Shop NOT_CERTIFIED 10000"]);
    }
    assert_eq!(told(&world, "WITHHELD").await, 1, "told once a month");
    world.verify().await;
    certify(&world, shop, Certification::Certified).await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    assert_eq!(withheld(&world).await, Vec::<String>::new());
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000"]);
    world.verify().await;
});

on_both_databases!(names_of_nobody_and_sales_without_terms_are_shown, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    world.customer("A").await;
    let rows = [
        sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one"),
        sale("Somebody", "A", "30", "2026-09-10T00:00:00Z", "two"),
    ];
    world.import(&bill(&rows)).await;
    assert_eq!(bill_out(&world, "2026-09").await, 0);
    let expected = ["202609 Shop NO_TERMS 10000", "202609 Somebody UNKNOWN_SELLER 3000"];
    assert_eq!(withheld(&world).await, expected);
    goods_terms(&world, "2026-09", 0, 0).await;
    certified_seller(&world, "Somebody").await;
    assert_eq!(bill_out(&world, "2026-09").await, 2);
    assert_eq!(withheld(&world).await, Vec::<String>::new());
    world.verify().await;
});

on_both_databases!(two_workers_bill_a_month_once, |db| async move {
    let world = World::open(&db).await;
    goods_terms(&world, "2026-01", 50_000, 0).await;
    let mut rows = Vec::new();
    for n in 0..12 {
        certified_seller(&world, &format!("Shop {n}")).await;
        rows.push(sale(&format!("Shop {n}"), "A", "100", "2026-09-10T00:00:00Z", &format!("row {n}")));
    }
    world.customer("A").await;
    world.import(&bill(&rows)).await;
    let other = World::open_as(&db, 2, 8).await;
    let (one, two) = tokio::join!(bill_out(&world, "2026-09"), bill_out(&other, "2026-09"));
    assert_eq!(one + two, 12);
    assert_eq!(bills(&world).await.len(), 12);
    assert_eq!(texts(&world).await, vec!["AWAIT_COUNTERSIGN 9500"; 12]);
    world.verify().await;
});

on_both_databases!(a_seller_that_cannot_be_billed_stops_nobody_else, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Good").await;
    certified_seller(&world, "Huge").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    let row = |n: i32| {
        let account = format!("H{}", n % 2);
        sale("Huge", &account, "900000000000", "2026-09-10T00:00:00Z", &format!("row {n}"))
    };
    for part in 0..2 {
        world.import(&bill(&(0..6).map(|n| row(part * 6 + n)).collect::<Vec<_>>())).await;
    }
    world.import(&bill(&[sale("Good", "A", "5", "2026-09-10T00:00:00Z", "one")])).await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    assert_eq!(bills(&world).await, ["202609 Good GOODS BILLED: 500 - 0 - 0 = 500 in 1"]);
    assert_eq!(withheld(&world).await, ["202609 Huge FAILED 0"]);
});

on_both_databases!(only_money_is_owed_to_the_seller, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    let rows = [
        sale_as("Purchase", "Shop", "A", "100", "2026-09-10T00:00:00Z", "paid in cash"),
        sale_as("Credit", "Shop", "A", "-20", "2026-09-10T00:00:00Z", "the vendor's gift"),
        sale_as("Tax", "Shop", "A", "6", "2026-09-10T00:00:00Z", "tax is paid to the seller"),
        sale_as("Purchase", "Shop", "A", "-10", "2026-09-12T00:00:00Z", "refund"),
    ];
    world.import(&bill(&rows)).await;
    bill_out(&world, "2026-09").await;
    assert_eq!(bills(&world).await, ["202609 Shop GOODS BILLED: 9600 - 0 - 0 = 9600 in 1"]);
    world.verify().await;
});
