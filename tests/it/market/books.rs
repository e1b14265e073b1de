//! Terms that were billed by stay, and verification names the first bill that is not right.

use domain::money::market::category::{SetCategory, set as set_category};
use domain::money::market::terms::{SetTerms, set as set_terms};
use domain::operate::verify::verify;
use entity::{MarketplaceCategory, ProductId};

use super::*;

async fn world_with_a_bill(db: &tests::db::TestDatabase) -> (World, PartnerId) {
    let world = World::open(db).await;
    let shop = certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 50_000, 10_000).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    bill_out(&world, "2026-09").await;
    (world, shop)
}

fn terms(partner_id: Option<PartnerId>, from: &str, fees: (i32, i32)) -> SetTerms {
    SetTerms {
        partner_id,
        category: MarketplaceCategory::Goods,
        valid_from: month(from),
        platform_fee_ppm: fees.0,
        operating_fee_ppm: fees.1,
        needs_confirmation: true,
    }
}

on_both_databases!(what_was_billed_by_is_not_changed, |db| async move {
    let (world, shop) = world_with_a_bill(&db).await;
    let set = async |input| set_terms(&world.store, &world.context, None, input).await;
    for refused in [
        terms(None, "2026-09", (1, 1)),
        terms(Some(shop), "2026-03", (1, 1)),
        terms(None, "2026-10", (-1, 0)),
        terms(None, "2026-10", (0, 1_000_001)),
        terms(None, "2026-10", (500_000, 500_001)),
    ] {
        assert_eq!(code(set(refused).await), Code::Invalid);
    }
    set(terms(None, "2026-10", (500_000, 500_000))).await.unwrap();
    let own = set(terms(Some(shop), "2026-10", (1, 1))).await.unwrap();
    assert_eq!(set(terms(Some(shop), "2026-10", (0, 0))).await.unwrap(), own, "set again in place");
    let row = query(world.store.db(), "SELECT product_id FROM settlement_bill_line", []).await.unwrap();
    let product_id = ProductId(row[0].try_get_by_index(0).unwrap());
    let category = |category| SetCategory { product_id, category };
    let context = &world.context;
    let solutions = set_category(&world.store, context, None, category(MarketplaceCategory::Solutions)).await;
    assert_eq!(code(solutions), Code::Invalid);
    set_category(&world.store, context, None, category(MarketplaceCategory::Goods)).await.unwrap();
    // The seller's own terms of October: no fees, and it confirms first.
    world.import(&bill(&[sale("Shop", "A", "10", "2026-10-10T00:00:00Z", "two")])).await;
    world.clock.set(at("2026-11-15T00:00:00Z"));
    bill_out(&world, "2026-10").await;
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 9400", "PENDING_CONFIRM 1000"]);
    world.verify().await;
});

on_both_databases!(categories_are_billed_apart, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    let solutions =
        SetTerms { category: MarketplaceCategory::Solutions, ..terms(None, "2026-01", (100_000, 0)) };
    set_terms(&world.store, &world.context, None, solutions).await.unwrap();
    world.customer("A").await;
    let other =
        sale("Shop", "A", "50", "2026-09-10T00:00:00Z", "two").replace("Marketplace Software", "Blueprint");
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one"), other])).await;
    let sql = "SELECT id FROM product WHERE code = 'Blueprint' OR name = 'Blueprint'";
    let row = query(world.store.db(), sql, []).await.unwrap();
    let product_id = ProductId(row[0].try_get_by_index(0).unwrap());
    let category = SetCategory { product_id, category: MarketplaceCategory::Solutions };
    set_category(&world.store, &world.context, None, category).await.unwrap();
    assert_eq!(bill_out(&world, "2026-09").await, 2);
    let expected = [
        "202609 Shop GOODS BILLED: 10000 - 0 - 0 = 10000 in 1",
        "202609 Shop SOLUTIONS BILLED: 5000 - 500 - 0 = 4500 in 1",
    ];
    assert_eq!(bills(&world).await, expected);
    world.verify().await;
});

on_both_databases!(verification_names_the_first_bill_that_is_not_right, |db| async move {
    let (world, _) = world_with_a_bill(&db).await;
    let cases = [
        (
            "settlement bills = their lines",
            "UPDATE settlement_bill SET sales = sales + 1",
            "UPDATE settlement_bill SET sales = sales - 1",
        ),
        (
            "settlement bills = items of requests",
            "UPDATE settlement_bill SET state = 'CARRIED'",
            "UPDATE settlement_bill SET state = 'BILLED'",
        ),
        (
            "settlement bills = ledger",
            "UPDATE settlement_bill SET amount = amount + 10000",
            "UPDATE settlement_bill SET amount = amount - 10000",
        ),
        (
            "fees = terms × sales, rounded once",
            "UPDATE marketplace_terms SET platform_fee_ppm = 60000",
            "UPDATE marketplace_terms SET platform_fee_ppm = 50000",
        ),
    ];
    for (name, breaks, mends) in cases {
        exec(world.store.db(), breaks, []).await.unwrap();
        let checks = verify(&world.store, None).await.unwrap();
        let broken = checks.iter().find(|check| check.name == name).unwrap();
        assert!(!broken.holds && broken.counter_example.is_some(), "{broken:?}");
        exec(world.store.db(), mends, []).await.unwrap();
        world.verify().await;
    }
});
