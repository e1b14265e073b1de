//! The owner of an item is decided by data: once for all rows of a name.

use domain::money::market::open::strangers;
use domain::programme::partner::{NewPartner, create};
use domain::programme::seller::{Decide, all, decide};
use domain::settlement::checklist::{CloseItem, against};
use entity::{PartnerKind, SellerKind};
use tests::on_both_databases;
use tests::world::{World, bill, month, row};

const DAY: &str = "2026-09-10T00:00:00Z";

/// A row that a publisher sells.
fn sold(publisher: &str, amount: &str) -> String {
    row("A", amount, DAY, publisher).replace(",Cloud,Cloud,Cloud,", &format!(",Cloud,{publisher},Cloud,"))
}

async fn open(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world
}

async fn say(world: &World, name: &str, kind: SellerKind) {
    let input = Decide { name: name.into(), kind: kind.name().into() };
    decide(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
}

on_both_databases!(a_name_waits_visibly_until_somebody_decides_and_then_for_all_its_rows, |db| async move {
    let world = open(&db).await;
    let rows = [sold("Contoso Corporation", "100"), sold("CONTOSO Corp.", "10"), sold("Other", "1")];
    let receipt = world.import(&bill(&rows)).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unclassified), (3, 3));
    world.verify().await;
    assert_eq!(world.lines().await, ["202609 202609 Provider A UNCLASSIFIED 111000000 3"]);
    say(&world, "Contoso", SellerKind::Vendor).await;
    let lines = [
        "202609 202609 Provider A COUNTED 110000000 2".to_owned(),
        "202609 202609 Provider A UNCLASSIFIED 1000000 1".to_owned(),
    ];
    assert_eq!(world.lines().await, lines);
    let strange = strangers(world.store.db(), month("2026-09")).await.unwrap();
    assert_eq!(strange.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Other"]);
    // What comes later is known, and so is another spelling.
    let later = [sold("Contoso Corporation", "5"), sold("Contoso Co. Ltd", "3")];
    let later = later.map(|line| line.replace(DAY, "2026-09-11T00:00:00Z"));
    assert_eq!(world.import(&bill(&later)).await.rows_unclassified, 0);
    say(&world, "Other", SellerKind::Seller).await;
    let lines = [
        "202609 202609 Provider A COUNTED 118000000 4".to_owned(),
        "202609 202609 Provider A MARKETPLACE_OTHER_PARTNER 1000000 1".to_owned(),
    ];
    assert_eq!(world.lines().await, lines);
    say(&world, "Other", SellerKind::Undecided).await;
    assert!(world.lines().await[1].contains("UNCLASSIFIED"));
    assert_eq!(all(&world.store).await.unwrap()[0].name, "Other", "undecided ones first");
});

on_both_databases!(a_name_under_which_a_partner_sells_is_that_partners, |db| async move {
    let world = open(&db).await;
    world.import(&bill(&[sold("The Shop", "7")])).await;
    assert!(world.lines().await[0].contains("UNCLASSIFIED"));
    let input = NewPartner {
        kind: PartnerKind::SolutionProvider,
        name: "Seller".into(),
        tier: String::new(),
        region: "CN-EAST".into(),
        may_own_customers: true,
        marketplace_name: Some("The Shop".into()),
    };
    create(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
    assert_eq!(world.lines().await, ["202609 202609 Provider A MARKETPLACE_OTHER_PARTNER 7000000 1"]);
    // Written in another way it is the same seller.
    let other = sold("THE SHOP Ltd", "3").replace(DAY, "2026-09-11T00:00:00Z");
    assert_eq!(world.import(&bill(&[other])).await.rows_unclassified, 0);
    let strange = strangers(world.store.db(), month("2026-09")).await.unwrap();
    assert!(strange.is_empty(), "{strange:?}");
});

on_both_databases!(the_vendor_under_its_own_name_and_a_column_of_sellers_ask_nobody, |db| async move {
    let world = open(&db).await;
    let own = sold("CLOUD Inc.", "1");
    assert_eq!(world.import(&bill(&[own])).await.rows_unclassified, 0);
    let header = format!("{},x_MarketplaceSeller", bill(&[]).trim());
    let named = format!("{header}\n{},The Shop\n", row("A", "2", DAY, "named"));
    assert_eq!(world.import(&named).await.rows_unclassified, 0);
    world.verify().await;
    let lines = [
        "202609 202609 Provider A COUNTED 1000000 1".to_owned(),
        "202609 202609 Provider A MARKETPLACE_OTHER_PARTNER 2000000 1".to_owned(),
    ];
    assert_eq!(world.lines().await, lines);
});

on_both_databases!(undecided_sellers_stand_on_the_checklist_of_their_month, |db| async move {
    let world = open(&db).await;
    world.import(&bill(&[sold("Contoso Corporation", "100")])).await;
    let against = async || {
        let found = against(&world.store, month("2026-09")).await.unwrap();
        found.into_iter().find(|found| found.item == CloseItem::Unclassified).map(|found| found.example)
    };
    assert!(CloseItem::Unclassified.blocks());
    assert_eq!(against().await.as_deref(), Some("Contoso Corporation"));
    say(&world, "Contoso Corporation", SellerKind::Vendor).await;
    assert_eq!(against().await, None);
});
