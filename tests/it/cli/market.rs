//! The marketplace and the sandbox of payouts from the command line.

use domain::money::payout::{Gateway, round};
use entity::{PaymentState, PayoutStep};
use tests::market::{certified_seller, goods_terms, sale, seller};
use tests::on_both_databases;
use tests::world::{World, bill};

use super::run;
use crate::payment::load;
use crate::payout::waiting;

on_both_databases!(a_month_is_billed_out_and_what_is_not_billed_says_why, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    seller(&world, "Late").await;
    goods_terms(&world, "2024-01", 50_000, 0).await;
    world.customer("A").await;
    let rows = [
        sale("Shop", "A", "100", "2024-06-10T00:00:00Z", "one"),
        sale("Late", "A", "20", "2024-06-10T00:00:00Z", "two"),
    ];
    world.import(&bill(&rows)).await;
    let bill_out = |month: &str| run(&["bill-out", "--month", month, "--database-url", &db.url]);
    let ended = bill_out("2024-06");
    assert_eq!(ended.code, 0, "{ended:?}");
    for said in
        ["2024-06 is billed out: 1 new bills.", "95.00", "not billed: Late 20.00 USD: NOT_CERTIFIED\n"]
    {
        assert!(ended.out.contains(said), "{said}: {}", ended.out);
    }
    let again = bill_out("2024-06");
    assert!(again.code == 0 && again.out.contains(": 0 new bills."), "{again:?}");
    let early = bill_out("2099-12");
    assert!(early.code == 1 && early.err.contains("2099-12"), "{early:?}");
    assert_eq!(bill_out("June").code, 2);
    world.verify().await;
});

on_both_databases!(the_sandbox_is_told_how_to_behave, |db| async move {
    let world = World::open(&db).await;
    let (partner, refused) = waiting(&world, "Refused", PayoutStep::Pay).await;
    let (_, paid) = waiting(&world, "Paid", PayoutStep::Pay).await;
    let sandbox = |rest: &[&str]| run(&[&["payout", "sandbox", "--database-url", &db.url], rest].concat());
    let told = sandbox(&["--partner", &partner.to_string(), "--outcome", "PAYMENT_REFUSED"]);
    assert!(told.code == 0 && told.out.contains(&format!("{partner} as told: PAYMENT_REFUSED")), "{told:?}");
    for _ in 0..2 {
        round(&world.store, &Gateway::Sandbox).await.unwrap();
    }
    assert_eq!(load(&world, refused).await.state, PaymentState::PaymentFailed);
    assert_eq!(load(&world, paid).await.state, PaymentState::Paid);
    let everybody = sandbox(&["--outcome", "CREATE_REFUSED"]);
    assert!(everybody.code == 0 && everybody.out.contains("everybody"), "{everybody:?}");
    let (_, created) = waiting(&world, "Create", PayoutStep::Create).await;
    round(&world.store, &Gateway::Sandbox).await.unwrap();
    assert_eq!(load(&world, created).await.state, PaymentState::PayoutCreateFailed);
    let wrong = sandbox(&["--outcome", "MAYBE"]);
    assert!(wrong.code == 2 && wrong.err.contains("LOST_CALLBACK"), "{wrong:?}");
    assert_eq!(sandbox(&["--partner", "7", "--outcome", "SUCCEED"]).code, 2);
});
