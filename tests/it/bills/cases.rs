//! Small bills with known answers, where their folder is present: beside the project as `shared/data/cases`, or where
//! `PARTNER_CENTER_CASES` says. Each rule has a test of its own in this room that needs no folder.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::performance::import::receipt::rejects;
use domain::programme::account::{LinkAccount, link};
use domain::programme::association::{NewAssociation, create as associate};
use domain::programme::customer::{NewCustomer, create as customer};
use domain::programme::incentive_policy::{NewPolicy, NewRate, create as policy};
use domain::programme::partner::{NewPartner, create as partner};
use entity::{AssociationMode, ImportState, PartnerKind, RunKind};
use tests::on_both_databases;
use tests::world::{World, at, month, rate};

/// Folder of the bills, if they are there.
fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/cases");
    let folder = std::env::var_os("PARTNER_CENTER_CASES").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    // Not eprintln!: the harness would hide it, because the test passes.
    let _ = writeln!(
        std::io::stderr(),
        "\nSKIPPED: the bills with known answers are not there ({})",
        folder.display()
    );
    None
}

/// The world of all bills: a partner that sells as "S1 Shop", and its customer with some accounts.
async fn open(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let input = NewPartner {
        kind: PartnerKind::SolutionProvider,
        name: "P1".into(),
        tier: String::new(),
        region: "CN-EAST".into(),
        may_own_customers: true,
        marketplace_name: Some("S1 Shop".into()),
    };
    let (store, context) = (&world.store, &world.context);
    let partner_id = partner(store, context, None, input).await.unwrap();
    let input = NewCustomer { name: "C1".into(), internal: false, long_tail: true };
    let customer_id = customer(store, context, None, input).await.unwrap();
    for account_no in ["acct-1", "ba-1", "000123456789", "123456789"] {
        let input =
            LinkAccount { provider: "Contoso Cloud".into(), account_no: account_no.into(), customer_id };
        link(store, context, None, input).await.unwrap();
    }
    let input = NewAssociation {
        customer_id,
        partner_id,
        mode: AssociationMode::Consulting,
        valid_from: Some(at("2020-01-01T00:00:00Z")),
        valid_to: None,
    };
    associate(store, context, None, input).await.unwrap();
    let of = |class: &str, ppm| NewRate { product_class: Some(class.into()), ..rate(ppm) };
    let rates = vec![of("Compute", 100_000), of("AI and Machine Learning", 500_000)];
    policy(store, context, None, NewPolicy { name: "base".into(), valid_from: month("2020-01"), rates })
        .await
        .unwrap();
    world
}

/// Outcome of files that were imported one after the other: the receipts, and what counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Came {
    accepted: i64,
    rejected: Vec<String>,
    unmatched: i64,
    unclassified: i64,
    /// Codes of refused files.
    refused: Vec<String>,
    /// Micros by reason and currency.
    lines: Vec<String>,
}

async fn import(world: &World, folder: &Path, files: &[&str]) -> Came {
    let mut came = Came::default();
    for file in files {
        let input = NewImport {
            file_name: (*file).into(),
            settled: true,
            native_provider: "Contoso Cloud".into(),
            ..NewImport::default()
        };
        let id = create_local(&world.store, &world.context, input).await.unwrap();
        let receipt = ingest(&world.store, id, Source::File(folder.join(file)), |_| {}).await.unwrap();
        if receipt.state != ImportState::Completed {
            came.refused.extend(receipt.error_code);
            continue;
        }
        came.accepted += receipt.rows_accepted;
        came.unmatched += receipt.rows_unmatched;
        came.unclassified += receipt.rows_unclassified;
        for reject in rejects(&world.store, receipt.id, 0, 1_000).await.unwrap() {
            came.rejected.push(format!("{} {}", reject.line_no, reject.code));
        }
    }
    world.verify().await;
    let sql = "SELECT l.reason, l.currency, CAST(SUM(l.amount) AS BIGINT) FROM performance_line l \
               GROUP BY l.reason, l.currency HAVING SUM(l.amount) <> 0 ORDER BY l.reason, l.currency";
    for row in domain::kernel::store::query(world.store.db(), sql, []).await.unwrap() {
        let reason = entity::Reason::from_code(row.try_get_by_index(0).unwrap()).unwrap();
        let (currency, amount): (String, i64) =
            (row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap());
        came.lines.push(format!("{} {currency} {amount}", reason.name()));
    }
    came
}

/// Files with their answer: accepted rows, rejected rows (line and code), and what counted, in micros.
type Case = (&'static [&'static str], i64, &'static [&'static str], &'static [&'static str]);

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

const READ: &[Case] = &[
    (&["04_two_boms.csv"], 2, &[], &["COUNTED CNY 7000000"]),
    (&["05_gzip_members.csv.gz"], 2, &[], &["COUNTED CNY 3000000"]),
    (&["06_gzip_members_header_twice.csv.gz"], 2, &["3 BAD_NUMBER"], &["COUNTED CNY 3000000"]),
    (&["08_quoted_newline.csv"], 2, &[], &["COUNTED CNY 3000000"]),
    (&["17_ragged.csv"], 2, &["3 WRONG_FIELD_COUNT", "5 WRONG_FIELD_COUNT"], &["COUNTED CNY 9000000"]),
    (&["19_nul_byte.csv"], 1, &["2 NUL_BYTE"], &["COUNTED CNY 2000000"]),
    (&["20a_part1.csv", "20b_part2_same_but_sku_meter.csv"], 2, &[], &["COUNTED CNY 10000000"]),
    (
        &["24_jpy_kwd.csv"],
        3,
        &["5 UNKNOWN_CURRENCY", "6 UNKNOWN_CURRENCY", "7 UNKNOWN_CURRENCY", "8 UNKNOWN_CURRENCY"],
        &["COUNTED JPY 1005400000", "COUNTED KWD 5000"],
    ),
    (&["25_tiny.csv"], 15, &[], &["COUNTED CNY 2"]),
    (&["26_currency_change_same_invoice.csv"], 1, &["3 INVOICE_CURRENCY"], &["COUNTED CNY 1000000"]),
    (
        &["40a_native_open.csv", "40b_native_same_row_now_settled.csv", "40c_native_customer_renamed.csv"],
        1,
        &[],
        &["COUNTED CNY 10000000"],
    ),
    (&["41a_tags.csv", "41b_tags_reordered.csv", "41c_tags_spaces.csv"], 1, &[], &["COUNTED CNY 10000000"]),
    (&["42_credit_pays_usage.csv"], 4, &[], &["COUNTED CNY 30000000"]),
    (&["43_native_coupon_pays_usage.csv"], 2, &[], &["COUNTED CNY 30000000", "VOUCHER CNY 120000000"]),
];

on_both_databases!(bills_with_known_answers_have_them, |db| async move {
    let Some(folder) = folder() else { return };
    for (files, accepted, rejected, lines) in READ {
        let fresh = tests::db::TestDatabase::fresh(db.backend).await.unwrap();
        let world = open(&fresh).await;
        let came = import(&world, &folder, files).await;
        let expected =
            Came { accepted: *accepted, rejected: owned(rejected), lines: owned(lines), ..Came::default() };
        assert_eq!(came, expected, "{files:?}");
    }
});

on_both_databases!(bills_that_cannot_be_read_are_refused_whole, |db| async move {
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    for (file, code) in [
        ("02_semicolon.csv", "WRONG_DELIMITER"),
        ("03_decimal_comma.csv", "WRONG_DELIMITER"),
        ("07_gzip_truncated.csv.gz", "BAD_GZIP"),
        ("09_utf16.csv", "WRONG_ENCODING"),
        ("18_cr_only.csv", "WRONG_LINE_END"),
    ] {
        let came = import(&world, &folder, &[file]).await;
        assert_eq!(came, Came { refused: vec![code.into()], ..Came::default() }, "{file}");
    }
});

on_both_databases!(names_are_one_account_and_one_product_however_they_are_written, |db| async move {
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    let came = import(&world, &folder, &["14_account_zeros.csv", "15_unicode.csv"]).await;
    assert_eq!((came.accepted, came.unmatched), (11, 5), "{came:?}");
    assert_eq!(came.lines, ["COUNTED CNY 39000000"]);
    let count = async |sql: &str| -> i64 {
        let row = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap().remove(0);
        row.try_get_by_index(0).unwrap()
    };
    assert_eq!(
        count("SELECT COUNT(*) FROM cloud_account WHERE account_no LIKE '%-1' AND customer_id IS NULL").await,
        1
    );
    assert_eq!(count("SELECT COUNT(*) FROM product WHERE code LIKE 'caf%'").await, 1);
});

on_both_databases!(amounts_and_dates_that_are_none_are_rejected_with_column_and_code, |db| async move {
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    let came = import(&world, &folder, &["11_bad_amounts.csv"]).await;
    assert_eq!((came.accepted, came.rejected.len()), (4, 17), "{came:?}");
    assert_eq!(came.lines, ["COUNTED CNY 1000000000000000000"]);
    let came = import(&world, &folder, &["27_years.csv"]).await;
    assert_eq!((came.accepted, came.rejected.len()), (0, 8), "{came:?}");
    let came = import(&world, &folder, &["28_empty_service.csv"]).await;
    assert_eq!((came.accepted, came.rejected.len()), (1, 6), "{came:?}");
});

on_both_databases!(a_publisher_of_another_spelling_is_asked_about, |db| async move {
    use domain::programme::seller::{Decide, decide};
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    let came = import(&world, &folder, &["23_publisher_spelling.csv"]).await;
    assert_eq!((came.accepted, came.unclassified), (1, 1));
    assert_eq!(came.lines, ["UNCLASSIFIED CNY 100000000"]);
    let input = Decide { name: "Contoso Corporation".into(), kind: "VENDOR".into() };
    decide(&world.store, &world.context, None, input).await.unwrap();
    let came = import(&world, &folder, &[]).await;
    assert_eq!(came.lines, ["COUNTED CNY 100000000"]);
});

on_both_databases!(a_service_in_two_categories_earns_by_both, |db| async move {
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    import(&world, &folder, &["44_same_service_two_categories.csv"]).await;
    world.settle("2026-07", RunKind::Estimate).await;
    assert_eq!(world.bills().await, ["202607 P1 ESTIMATED 3000000 1100000"]);
});

/// Parquet files with their answer; other kinds of values and packings are refused.
const PARQUET: &[Case] = &[
    (&["p01_decimal38_18.parquet"], 3, &[], &["COUNTED CNY -1500000"]),
    (&["p02_double.parquet"], 5, &[], &["COUNTED CNY 1234668191000"]),
    (&["p03_string.parquet"], 3, &[], &["COUNTED CNY -499999"]),
    (&["p09_tags_map.parquet"], 2, &[], &["COUNTED CNY 3000000"]),
    (&["p11_float32.parquet"], 2, &[], &["COUNTED CNY 16777216100000"]),
    (&["p12_int64.parquet"], 2, &["3 NUMBER_TOO_LARGE"], &["COUNTED CNY -1000000"]),
    (
        &["p14_nan_inf_null.parquet"],
        1,
        &["1 BAD_NUMBER", "2 BAD_NUMBER", "3 MISSING_VALUE"],
        &["COUNTED CNY 1000000"],
    ),
    (&["p15_gzip.parquet"], 1, &[], &["COUNTED CNY 1000000"]),
    (&["p18_large_string_rowgroups.parquet"], 1_000, &[], &["COUNTED CNY 1000000000"]),
    (&["p20_category_strings.parquet"], 3, &[], &[]),
];

on_both_databases!(parquet_of_every_kind_is_read_or_refused_clearly, |db| async move {
    let Some(folder) = folder() else { return };
    for (files, accepted, rejected, lines) in PARQUET {
        let fresh = tests::db::TestDatabase::fresh(db.backend).await.unwrap();
        let came = import(&open(&fresh).await, &folder, files).await;
        assert_eq!(came.accepted, *accepted, "{files:?}: {came:?}");
        assert_eq!(
            (came.rejected.as_slice(), came.lines.as_slice()),
            (&owned(rejected)[..], &owned(lines)[..])
        );
        assert_eq!(came.refused, Vec::<String>::new(), "{files:?}");
    }
    let world = open(&db).await;
    for name in ["p10_dictionary_zstd", "p13_decimal256", "p16_brotli", "p17_lz4"] {
        let file = format!("{name}.parquet");
        let came = import(&world, &folder, &[file.as_str()]).await;
        assert_eq!(came, Came { refused: vec!["BAD_PARQUET".into()], ..Came::default() }, "{name}");
    }
});

on_both_databases!(a_refund_in_a_later_month_gives_incentive_back, |db| async move {
    let Some(folder) = folder() else { return };
    let world = open(&db).await;
    let sql = "SELECT customer_id FROM cloud_account WHERE account_no = 'acct-1'";
    let row = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap().remove(0);
    let customer_id = entity::CustomerId(row.try_get_by_index(0).unwrap());
    let input = LinkAccount { provider: "V".into(), account_no: "a1".into(), customer_id };
    link(&world.store, &world.context, None, input).await.unwrap();
    for (file, settled) in [("61a_purchase_june.csv", "2026-06"), ("61b_refund_july.csv", "2026-07")] {
        import(&world, &folder, &[file]).await;
        world.settle(settled, RunKind::Draft).await;
        world.settle(settled, RunKind::Final).await;
    }
    let bills = world.bills().await;
    let amounts = bills.iter().map(|bill| bill.rsplit(' ').next().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(amounts, ["100000000", "-100000000"], "{bills:?}");
});
