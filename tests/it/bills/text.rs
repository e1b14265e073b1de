//! Texts that mean the same are the same, in bills and where people write them.

use entity::{ImportState, PartnerKind};
use tests::on_both_databases;
use tests::world::{World, bill, row};

const DAY: &str = "2026-09-10T00:00:00Z";

on_both_databases!(an_account_is_one_however_its_name_is_written, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    // Decomposed by whoever linked it; composed, or with what nobody sees, in the bill.
    let customer = world.customer("Cafe\u{301}").await;
    world.associate(customer, provider, "2026-01-01T00:00:00Z").await;
    let rows = ["Café", "Cafe\u{301}", "Café\u{a0}", "Ca\u{200b}fé"]
        .map(|name| row(name, "1", DAY, &format!("as {}", name.escape_unicode())));
    let receipt = world.import(&format!("\u{feff}\u{feff}{}", bill(&rows))).await;
    assert_eq!((receipt.state, receipt.rows_accepted), (ImportState::Completed, 4), "{receipt:?}");
    assert_eq!(receipt.rows_unmatched, 0, "{receipt:?}");
    assert_eq!(world.lines().await, ["202609 202609 Provider Cafe\u{301} COUNTED 4000000 4"]);
    world.verify().await;
});
