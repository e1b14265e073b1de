//! A bill that is exported again: the same charge is updated, not new money.

use domain::performance::import::create::{Mode, NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::performance::import::pay::{MarkPaid, mark_paid};
use entity::{PartnerKind, RunKind, bill_import};
use tests::on_both_databases;
use tests::world::World;

const HEADER: &str = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName,ServiceCategory,\
    SubAccountId,ProviderName,InvoiceId,ResourceId,SkuMeter,AvailabilityZone,Tags";
const NATIVE: &str = "bill_cycle,customer_account,provider,customer_name,consume_time,charging_mode,bill_detail_type,\
    product_id,official_amount,payment_amount,cash_amount,currency,trade_id,id,settled";

/// A row of a resource: its amount, invoice and tags.
fn row(resource: &str, amount: &str, invoice: &str, tags: &str) -> String {
    format!("{amount},USD,Usage,2026-09-10T00:00:00Z,vm,Compute,A,Cloud,{invoice},{resource},in,a,{tags}")
}

fn bill(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// A world whose customer A is its provider's, at a tenth.
async fn open(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    world
}

/// Accepted, updated, unchanged and removed rows.
fn counts(receipt: &bill_import::Model) -> [i64; 4] {
    let r = receipt;
    assert_eq!(r.state, entity::ImportState::Completed, "{r:?}");
    [r.rows_accepted, r.rows_updated, r.rows_unchanged, r.rows_removed]
}

async fn import_as(world: &World, text: &str, input: NewImport) -> bill_import::Model {
    let input = NewImport { file_name: "bill.csv".into(), native_provider: "Cloud".into(), ..input };
    let id = create_local(&world.store, &world.context, input).await.unwrap();
    let source = Source::Stream(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())));
    ingest(&world.store, id, source, |_| {}).await.unwrap()
}

async fn import_in(world: &World, text: &str, mode: Mode) -> bill_import::Model {
    import_as(world, text, NewImport { settled: true, mode, ..NewImport::default() }).await
}

/// Lines that say something, whatever the months it is posted in.
async fn counted(world: &World) -> Vec<String> {
    world.verify().await;
    let lines = world.lines().await;
    lines.into_iter().filter(|line| !line.ends_with(" 0 0")).collect()
}

on_both_databases!(what_is_described_or_filled_in_later_makes_no_new_charge, |db| async move {
    let world = open(&db).await;
    let first = [row("r1", "10", "", "\"{\"\"a\"\":1,\"\"b\"\":2}\""), row("r2", "5", "", "")];
    assert_eq!(counts(&world.import(&bill(&first)).await), [2, 0, 0, 0]);
    let tags = [row("r1", "10", "", "\"{\"\"b\"\": 2, \"\"a\"\": 1}\""), row("r2", "5", "", "late")];
    assert_eq!(counts(&world.import(&bill(&tags)).await), [0, 0, 2, 0]);
    // The invoice is issued.
    let issued = [row("r1", "10", "INV-1", ""), row("r2", "5", "INV-1", "")];
    assert_eq!(counts(&world.import(&bill(&issued)).await), [0, 2, 0, 0]);
    assert_eq!(counts(&world.import(&bill(&issued)).await), [0, 0, 2, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 15000000 2"]);
});

on_both_databases!(a_charge_that_says_something_else_has_a_new_version, |db| async move {
    let world = open(&db).await;
    world.import(&bill(&[row("r1", "10", "", ""), row("r2", "5", "", "")])).await;
    let receipt = world.import(&bill(&[row("r1", "12.5", "", ""), row("r2", "5", "", "")])).await;
    assert_eq!(counts(&receipt), [0, 1, 1, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 17500000 2"]);
    // And back again, and once more: each time one version more.
    assert_eq!(counts(&world.import(&bill(&[row("r1", "10", "", "")])).await), [0, 1, 0, 0]);
    assert_eq!(counts(&world.import(&bill(&[row("r1", "10", "", "")])).await), [0, 0, 1, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 15000000 2"]);
});

on_both_databases!(a_closed_month_gets_a_correction_for_a_new_version, |db| async move {
    let world = open(&db).await;
    world.import(&bill(&[row("r1", "100", "", "")])).await;
    world.settle("2026-09", RunKind::Draft).await;
    world.settle("2026-09", RunKind::Final).await;
    let before = world.lines().await;
    let receipt = world.import(&bill(&[row("r1", "80", "", "")])).await;
    assert_eq!(counts(&receipt), [0, 1, 0, 0]);
    let after = counted(&world).await;
    assert_eq!(after[0], before[0], "the closed month says what it said");
    assert_eq!(after[1..], ["202610 202609 Provider A COUNTED -20000000 0".to_owned()]);
    world.settle("2026-10", RunKind::Estimate).await;
    world.verify().await;
});

on_both_databases!(parts_of_one_export_are_not_duplicates, |db| async move {
    let world = open(&db).await;
    let one = row("r1", "5", "", "");
    let other = one.replace(",in,a,", ",out,b,");
    for part in [&one, &other] {
        assert_eq!(counts(&world.import(&bill(std::slice::from_ref(part))).await), [1, 0, 0, 0]);
    }
    assert_eq!(counts(&world.import(&bill(&[other, one])).await), [0, 0, 2, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 10000000 2"]);
});

on_both_databases!(equal_rows_are_told_apart_by_their_count, |db| async move {
    let world = open(&db).await;
    let same = |amounts: &[&str]| bill(&amounts.iter().map(|a| row("r1", a, "", "")).collect::<Vec<_>>());
    assert_eq!(counts(&world.import(&same(&["1", "2", "2"])).await), [3, 0, 0, 0]);
    assert_eq!(counts(&world.import(&same(&["2", "1", "2"])).await), [0, 0, 3, 0], "in another order");
    assert_eq!(counts(&world.import(&same(&["2", "7", "2", "4"])).await), [1, 1, 2, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 15000000 4"]);
});

/// A native row: id, customer's name, instant, amount, and whether it is settled.
fn native(id: &str, name: &str, at: &str, amount: &str, settled: bool) -> String {
    format!("{NATIVE}\n2026-09,A,Cloud,{name},{at},3,5,vm,{amount},{amount},{amount},USD,T1,{id},{settled}\n")
}

on_both_databases!(a_native_row_is_known_by_its_own_id, |db| async move {
    let world = open(&db).await;
    let (day, next) = ("2026-09-10T00:00:00Z", "2026-09-11T00:00:00Z");
    assert_eq!(counts(&world.import(&native("r", "N1", day, "10", false)).await), [1, 0, 0, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A UNPAID 10000000 1"]);
    assert_eq!(counts(&world.import(&native("r", "N1", day, "10", true)).await), [0, 1, 0, 0]);
    let paid = ["202609 202609 Provider A COUNTED 10000000 1"];
    assert_eq!(counted(&world).await, paid);
    // An older export that comes later unpays nothing, and a new name is no new charge.
    assert_eq!(counts(&world.import(&native("r", "N1 Ltd", day, "10", false)).await), [0, 0, 1, 0]);
    assert_eq!(counted(&world).await, paid);
    // Its instant is corrected: the same charge, wherever it now stands.
    assert_eq!(counts(&world.import(&native("r", "N1", next, "10", true)).await), [0, 1, 0, 0]);
    assert_eq!(counts(&world.import(&native("r", "N1", next, "10", true)).await), [0, 0, 1, 0]);
    assert_eq!(counts(&world.import(&native("r", "N1", day, "11", true)).await), [0, 1, 0, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 11000000 1"]);
    assert_eq!(counts(&world.import(&native("s", "N1", day, "11", true)).await), [1, 0, 0, 0]);
});

on_both_databases!(a_column_of_line_ids_can_be_named_for_an_import, |db| async move {
    let world = open(&db).await;
    let text = |id: &str, resource: &str| {
        format!("{},x_LineId\n{},{id}\n", bill(&[]).trim(), row(resource, "10", "", ""))
    };
    let named = || NewImport { settled: true, line_id: Some("x_LineId".into()), ..NewImport::default() };
    assert_eq!(counts(&import_as(&world, &text("l1", "r1"), named()).await), [1, 0, 0, 0]);
    assert_eq!(counts(&import_as(&world, &text("l1", "r2"), named()).await), [0, 1, 0, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 10000000 1"]);
    let missing = import_as(&world, &bill(&[row("r1", "1", "", "")]), named()).await;
    assert_eq!(missing.error_code.as_deref(), Some("MISSING_COLUMN"));
});

on_both_databases!(the_same_file_first_unpaid_then_paid_is_paid, |db| async move {
    let world = open(&db).await;
    let text = bill(&[row("r1", "10", "", ""), row("r2", "5", "INV-1", "")]);
    world.import_as(&text, false).await;
    assert_eq!(counted(&world).await, ["202609 202609 Provider A UNPAID 15000000 2"]);
    assert_eq!(counts(&world.import(&text).await), [0, 2, 0, 0]);
    let paid = ["202609 202609 Provider A COUNTED 15000000 2"];
    assert_eq!(counted(&world).await, paid);
    assert_eq!(counts(&world.import_as(&text, false).await), [0, 0, 2, 0]);
    assert_eq!(counted(&world).await, paid);
});

on_both_databases!(what_an_invoice_paid_stays_paid_when_it_gets_its_number, |db| async move {
    let world = open(&db).await;
    world.import_as(&bill(&[row("r1", "10", "", "")]), false).await;
    let paid = MarkPaid { provider: "Cloud".into(), invoice_no: "A/2026-09/USD".into(), paid_at: None };
    mark_paid(&world.store, &world.context, None, paid).await.unwrap();
    assert_eq!(counts(&world.import_as(&bill(&[row("r1", "10", "INV-1", "")]), false).await), [0, 0, 1, 0]);
    assert_eq!(counted(&world).await, ["202609 202609 Provider A COUNTED 10000000 1"]);
});

on_both_databases!(a_number_that_we_make_up_refuses_no_row_for_its_currency, |db| async move {
    let world = open(&db).await;
    let rows = [row("r1", "1", "", ""), row("r2", "2", "", "").replace(",USD,", ",EUR,")];
    let receipt = world.import_as(&bill(&rows), false).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_rejected), (2, 0));
    let real = [row("r3", "1", "I-1", ""), row("r4", "2", "I-1", "").replace(",USD,", ",EUR,")];
    let receipt = world.import(&bill(&real)).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_rejected), (1, 1));
    world.verify().await;
});

on_both_databases!(a_file_that_replaces_takes_back_what_it_does_not_have, |db| async move {
    let world = open(&db).await;
    let b = world.customer("B").await;
    let _ = b;
    let other = row("r9", "9", "", "").replace(",A,Cloud", ",B,Cloud");
    let all = [row("r1", "1", "", ""), row("r2", "2", "", ""), row("r3", "4", "", ""), other];
    world.import(&bill(&all)).await;
    let less = bill(&[row("r2", "3", "", ""), row("r4", "8", "", "")]);
    let lines = world.lines().await;
    let dry = import_in(&world, &less, Mode::ReplaceDry).await;
    assert_eq!(counts(&dry), [1, 1, 0, 2]);
    assert_eq!(world.lines().await, lines, "a dry run writes nothing");
    world.verify().await;
    assert_eq!(counts(&import_in(&world, &less, Mode::Replace).await), [1, 1, 0, 2]);
    let now = [
        "202609 202609 - B NO_PARTNER 9000000 1".to_owned(),
        "202609 202609 Provider A COUNTED 11000000 2".to_owned(),
    ];
    assert_eq!(counted(&world).await, now);
    assert_eq!(counts(&import_in(&world, &less, Mode::Replace).await), [0, 0, 2, 0]);
    // What was taken back comes again.
    assert_eq!(counts(&world.import(&bill(&all[..1])).await), [1, 0, 0, 0]);
    assert_eq!(counts(&world.import(&bill(&all[..1])).await), [0, 0, 1, 0]);
    let again = "202609 202609 Provider A COUNTED 12000000 3".to_owned();
    assert_eq!(counted(&world).await[1..], [again]);
});
