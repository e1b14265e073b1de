//! Bad files and bad rows, end to end: what is refused, with which reason, and that the rest goes in.

use std::io::{Cursor, Read, Write as _};

use domain::Error;
use domain::kernel::store::exec;
use domain::performance::import::claim::{LEASE, claim};
use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{BATCH_ROWS, Source, ingest};
use domain::performance::import::receipt::{rejects, totals};
use entity::{ImportState, PartnerKind, bill_import};
use tests::dump::dump;
use tests::on_both_databases;
use tests::world::{FOCUS_HEADER, World, at, bill, row};

const DAY_ONE: &str = "2026-09-10T00:00:00Z";

/// A world whose customer `A` belongs to a partner.
async fn world_with_a_customer(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world
}

async fn import_bytes(
    world: &World,
    name: &str,
    bytes: impl Read + Send + 'static,
    size: usize,
) -> bill_import::Model {
    let input = NewImport {
        file_name: name.into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: i64::try_from(size).unwrap(),
        ..Default::default()
    };
    let id = create_local(&world.store, &world.context, input).await.unwrap();
    ingest(&world.store, id, Source::Stream(Box::new(bytes)), |_| {}).await.unwrap()
}

/// The rejected rows of an import: line, column, code and the raw row as text.
async fn rejected(world: &World, import: &bill_import::Model) -> Vec<(i64, String, String, String)> {
    let rows = rejects(&world.store, import.id, 0, 10_000).await.unwrap();
    rows.into_iter()
        .map(|r| {
            let raw = String::from_utf8_lossy(&r.raw).trim_end().to_owned();
            (r.line_no, r.column_name.unwrap_or_default(), r.code, raw)
        })
        .collect()
}

on_both_databases!(files_that_cannot_be_read_fail_with_a_reason_and_bring_nothing, |db| async move {
    let world = world_with_a_customer(&db).await;
    let good = row("A", "1", DAY_ONE, "x");
    let without_cost = FOCUS_HEADER.replace("BilledCost,", "");
    let twice = format!("{FOCUS_HEADER},InvoiceId");
    let text = format!("{FOCUS_HEADER}\n{good}\n");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut cut_gzip = gzip.finish().unwrap();
    cut_gzip.truncate(cut_gzip.len() - 9);
    let files: &[(&str, Vec<u8>, &str)] = &[
        ("nothing", vec![], "EMPTY_FILE"),
        ("no header", format!("{good}\n").into(), "UNKNOWN_FORMAT"),
        ("a column short", format!("{without_cost}\n{good}\n").into(), "MISSING_COLUMN"),
        ("a column twice", format!("{twice}\n{good},y\n").into(), "DUPLICATE_COLUMN"),
        ("UTF-16", utf16, "WRONG_ENCODING"),
        ("an open quote in the header", format!("\"{FOCUS_HEADER}\n{good}\n").into(), "UNCLOSED_QUOTE"),
        ("semicolons", text.replace(',', ";").into(), "WRONG_DELIMITER"),
        ("cut gzip", cut_gzip, "BAD_GZIP"),
        ("Parquet in a stream", b"PAR1....PAR1".to_vec(), "PARQUET_STREAM"),
    ];
    let before = dump(&world.store).await;
    for (name, bytes, code) in files {
        let import = import_bytes(&world, name, Cursor::new(bytes.clone()), bytes.len()).await;
        assert_eq!(
            (import.state, import.error_code.as_deref()),
            (ImportState::Failed, Some(*code)),
            "{name}"
        );
        assert!(import.error_detail.is_some_and(|detail| detail.ends_with('.')), "{name}");
        assert_eq!(import.rows_accepted, 0, "{name}");
    }
    let after: Vec<_> = dump(&world.store).await.into_iter().filter(|l| !l.starts_with("receipt")).collect();
    assert_eq!(after, before);
});

on_both_databases!(bad_rows_are_set_aside_with_line_column_code_and_raw_row, |db| async move {
    let world = world_with_a_customer(&db).await;
    let bad = |amount: &str, when: &str| row("A", amount, when, "bad");
    let thirty = "1".repeat(30);
    let cases: Vec<(String, &str, &str)> = vec![
        (bad("\"1,234.56\"", DAY_ONE), "BilledCost", "BAD_NUMBER"),
        (bad("NaN", DAY_ONE), "BilledCost", "BAD_NUMBER"),
        (bad("Infinity", DAY_ONE), "BilledCost", "BAD_NUMBER"),
        (bad("", DAY_ONE), "BilledCost", "MISSING_VALUE"),
        (bad(&thirty, DAY_ONE), "BilledCost", "NUMBER_TOO_LARGE"),
        (bad("1000000000000.000001", DAY_ONE), "BilledCost", "NUMBER_TOO_LARGE"),
        (bad(&format!("0.{}1", "0".repeat(36)), DAY_ONE), "BilledCost", "TOO_MANY_DECIMALS"),
        (bad("1", "2026-02-30T00:00:00Z"), "ChargePeriodStart", "BAD_DATE"),
        (bad("1", "yesterday"), "ChargePeriodStart", "BAD_DATE"),
        (bad("1", "2100-01-01T00:00:00Z"), "ChargePeriodStart", "MONTH_OUT_OF_RANGE"),
        (bad("1", DAY_ONE).replace("USD", "XXQ"), "BillingCurrency", "UNKNOWN_CURRENCY"),
        (bad("1", DAY_ONE).replace("Usage", "Gift"), "ChargeCategory", "UNKNOWN_CATEGORY"),
        (row("", "1", DAY_ONE, "bad"), "SubAccountId", "MISSING_ACCOUNT"),
        (format!("{},more", bad("1", DAY_ONE)), "", "WRONG_FIELD_COUNT"),
        (bad("1", DAY_ONE).replace("bad", "n\0l"), "ChargeDescription", "NUL_BYTE"),
    ];
    let mut lines = Vec::new();
    for (line, _, _) in &cases {
        lines.extend([line.clone(), row("A", "1e5", DAY_ONE, &format!("good {}", lines.len()))]);
    }
    let receipt = world.import(&bill(&lines)).await;
    let count = i64::try_from(cases.len()).unwrap();
    assert_eq!(
        (receipt.state, receipt.rows_read, receipt.rows_accepted, receipt.rows_rejected),
        (ImportState::Completed, 2 * count, count, count)
    );
    let found = rejected(&world, &receipt).await;
    for ((line_no, (raw, column, code)), reject) in (2..).step_by(2).zip(&cases).zip(&found) {
        let expected = (line_no, (*column).to_owned(), (*code).to_owned(), raw.clone());
        assert_eq!(*reject, expected);
    }
    // 1e5 is a number.
    let counted = format!("202609 202609 Provider A COUNTED {} {count}", count * 100_000 * 1_000_000);
    assert_eq!(world.lines().await, [counted]);
    world.verify().await;
});

on_both_databases!(a_quote_that_is_never_closed_costs_only_the_lines_it_swallows, |db| async move {
    let world = world_with_a_customer(&db).await;
    let rows = [
        row("A", "1", DAY_ONE, "before"),
        row("A", "2", DAY_ONE, "\"open"),
        row("A", "4", DAY_ONE, "\"quoted\""),
        row("A", "8", DAY_ONE, "after"),
    ];
    let receipt = world.import(&bill(&rows)).await;
    assert_eq!(receipt.state, ImportState::Completed);
    let found = rejected(&world, &receipt).await;
    assert_eq!((found[0].0, found[0].2.as_str()), (3, "UNCLOSED_QUOTE"));
    assert!(receipt.rows_accepted >= 2, "the rows before and after are in: {receipt:?}");
    world.verify().await;
});

on_both_databases!(a_field_of_ten_megabytes_is_refused_and_the_next_row_goes_in, |db| async move {
    let world = world_with_a_customer(&db).await;
    let rows = [row("A", "1", DAY_ONE, &"x".repeat(10 * 1024 * 1024)), row("A", "2", DAY_ONE, "next")];
    let receipt = world.import(&bill(&rows)).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_rejected), (1, 1));
    let found = rejected(&world, &receipt).await;
    assert_eq!((found[0].0, found[0].2.as_str()), (2, "FIELD_TOO_LARGE"));
    assert!(found[0].3.len() <= domain::source::RAW_LIMIT, "the raw row is clipped");
});

on_both_databases!(an_invoice_has_one_currency_whichever_import_brings_it, |db| async move {
    let world = world_with_a_customer(&db).await;
    let of = |amount: &str, currency: &str, note: &str| {
        row("A", amount, DAY_ONE, note).replace("USD", currency).replace(",Cloud,,", ",Cloud,INV-1,")
    };
    let receipt = world.import(&bill(&[of("1", "USD", "a"), of("2", "EUR", "b"), of("3", "USD", "c")])).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_rejected), (2, 1));
    let found = rejected(&world, &receipt).await;
    let raw = of("2", "EUR", "b");
    assert_eq!(found, [(3, "InvoiceId".into(), "INVOICE_CURRENCY".into(), raw)]);
    let receipt = world.import(&bill(&[of("4", "EUR", "d")])).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_rejected), (0, 1));
    world.verify().await;
});

on_both_databases!(a_packed_file_is_the_file, |db| async move {
    let world = world_with_a_customer(&db).await;
    let text = bill(&[row("A", "1", DAY_ONE, "x"), row("A", "2", DAY_ONE, "y")]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    let receipt = import_bytes(&world, "bill.csv.gz", Cursor::new(bytes.clone()), bytes.len()).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unchanged), (2, 0));
    let receipt = world.import(&text).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unchanged), (0, 2));
});

/// Gives its text, then breaks.
struct Breaking(Cursor<Vec<u8>>);

impl Read for Breaking {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
            n => Ok(n),
        }
    }
}

on_both_databases!(a_stream_that_breaks_brings_nothing_and_comes_again, |db| async move {
    let world = world_with_a_customer(&db).await;
    let rows: Vec<_> = (0..5_000).map(|i| row("A", "0.0000005", DAY_ONE, &i.to_string())).collect();
    let text = bill(&rows);
    let broken = Breaking(Cursor::new(text.as_bytes()[..text.len() - 20].to_vec()));
    let receipt = import_bytes(&world, "big.csv", broken, text.len()).await;
    assert_eq!((receipt.state, receipt.error_code.as_deref()), (ImportState::Failed, Some("IO")));
    assert_eq!((receipt.rows_accepted, world.lines().await.len()), (0, 0));
    let done = ingest(&world.store, receipt.id, stream(&text), |_| {}).await.unwrap();
    assert_eq!((done.state, done.rows_read, done.rows_accepted), (ImportState::Completed, 5_000, 5_000));
    world.verify().await;
});

fn stream(text: &str) -> Source {
    Source::Stream(Box::new(Cursor::new(text.as_bytes().to_vec())))
}

on_both_databases!(an_import_goes_on_behind_its_last_batch_with_the_same_file_only, |db| async move {
    let world = world_with_a_customer(&db).await;
    let count = BATCH_ROWS + 3_000;
    let rows: Vec<_> = (0..count).map(|i| row("A", "0.0000005", DAY_ONE, &i.to_string())).collect();
    let text = bill(&rows);
    let (all, first) = (i64::try_from(count).unwrap(), i64::try_from(BATCH_ROWS).unwrap());
    let input = NewImport {
        file_name: "big.csv".into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: i64::try_from(text.len()).unwrap(),
        ..Default::default()
    };
    let id = create_local(&world.store, &world.context, input).await.unwrap();
    let lost = ingest(&world.store, id, stream(&text), |p| {
        if p.counts.posted == first {
            // Another worker takes the import over behind its first batch.
            world.clock.advance(LEASE + 1);
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(claim(&world.store, id))
            })
            .unwrap();
        }
    })
    .await;
    assert!(matches!(lost, Err(Error::LeaseLost)), "{lost:?}");
    world.clock.advance(LEASE + 1);
    world.verify().await;
    // Another file is refused, and nothing of it goes in; the same one goes on.
    let other = text.replace(",0\n", ",zero\n");
    for different in [other.as_str(), &bill(&rows[..10])] {
        let refused = ingest(&world.store, id, stream(different), |_| {}).await.unwrap();
        assert_eq!(
            (refused.state, refused.error_code.as_deref()),
            (ImportState::Failed, Some("FILE_DIFFERS"))
        );
        assert_eq!(refused.rows_accepted, first);
    }
    let done = ingest(&world.store, id, stream(&text), |_| {}).await.unwrap();
    assert_eq!((done.state, done.rows_read, done.rows_accepted), (ImportState::Completed, all, all));
    // 23,000 × half a micro, rounded once: the carry outlives the break.
    let total = &totals(&world.store, done.id).await.unwrap()[0];
    assert_eq!((total.accepted_total.as_str(), total.stored_micros), ("0.0115", all / 2));
    world.verify().await;
});

on_both_databases!(
    a_file_with_bad_rows_of_every_kind_is_counted_exactly_and_again_changes_nothing,
    |db| async move {
        const ROWS: usize = 20_000;
        let world = world_with_a_customer(&db).await;
        let kinds: [fn(String) -> String; 8] = [
            |r| r.replacen("1.0000001", "\"1,000\"", 1),
            |r| r.replacen("1.0000001", "NaN", 1),
            |r| r.replace("2026-09-", "2026-13-"),
            |r| r.replace("USD", "ZZZ"),
            |r| r.replace("Usage", "Nothing"),
            |r| format!("{r},x,y"),
            |r| r.replace(",A,", ",,"),
            |r| r.replace("Compute Engine", "Compute\0Engine"),
        ];
        let rows: Vec<String> = (0..ROWS)
            .map(|i| {
                let good =
                    row("A", "1.0000001", &format!("2026-09-{:02}T00:00:00Z", i % 28 + 1), &format!("n{i}"));
                if i % 100 == 50 { kinds[i / 100 % kinds.len()](good) } else { good }
            })
            .collect();
        let text = bill(&rows);
        let receipt = world.import(&text).await;
        assert_eq!(
            (receipt.rows_read, receipt.rows_accepted, receipt.rows_unchanged, receipt.rows_rejected),
            (20_000, 19_800, 0, 200)
        );
        assert_eq!(rejected(&world, &receipt).await.len(), 200);
        // 19,800 × 1.0000001 = 19,800.00198: the stored sum is the source sum, rounded once.
        let total = &totals(&world.store, receipt.id).await.unwrap()[0];
        assert_eq!((total.accepted_total.as_str(), total.stored_micros), ("19800.00198", 19_800_001_980));
        let books = |lines: Vec<String>| {
            lines
                .into_iter()
                .filter(|l| !l.starts_with("receipt") && !l.starts_with("reject"))
                .collect::<Vec<_>>()
        };
        let before = books(dump(&world.store).await);
        let again = world.import(&text).await;
        assert_eq!((again.rows_accepted, again.rows_unchanged, again.rows_rejected), (0, 19_800, 200));
        assert_eq!(books(dump(&world.store).await), before);
        world.verify().await;
    }
);

on_both_databases!(facts_and_the_audit_trail_cannot_be_changed_even_by_hand, |db| async move {
    let world = world_with_a_customer(&db).await;
    world.import(&bill(&[row("A", "1", DAY_ONE, "x")])).await;
    for statement in [
        "UPDATE consumption_payment SET payable = 2, cash = 2, official = 2",
        "DELETE FROM consumption_payment",
        "UPDATE audit_event SET subject = 'nobody'",
        "DELETE FROM audit_event",
    ] {
        let error = exec(world.store.db(), statement, []).await.unwrap_err();
        let words = error.to_string();
        assert!(words.contains("immutable") || words.contains("append-only"), "{statement}: {words}");
    }
    world.verify().await;
});

on_both_databases!(the_database_itself_refuses_two_partners_at_one_time, |db| async move {
    let world = world_with_a_customer(&db).await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    world.link(reseller, distributor).await;
    let (from, to) = (at("2026-03-01T00:00:00Z").0, at("2026-04-01T00:00:00Z").0);
    let copy = format!(
        "INSERT INTO association (id, customer_id, partner_id, mode, valid_from, valid_to, created_at, version) \
         SELECT 1, customer_id, partner_id, mode, {from}, {to}, 0, 1 FROM association"
    );
    let error = exec(world.store.db(), &copy, []).await.unwrap_err();
    assert!(error.to_string().contains("one_partner_at_a_time"), "{error}");
    let link = format!(
        "INSERT INTO distribution_link (id, reseller_id, distributor_id, valid_from, valid_to) \
         SELECT 1, reseller_id, distributor_id, {from}, {to} FROM distribution_link"
    );
    let error = exec(world.store.db(), &link, []).await.unwrap_err();
    assert!(error.to_string().contains("one_distributor_at_a_time"), "{error}");
    // Neither by moving a period into another one.
    let before = "INSERT INTO association (id, customer_id, partner_id, mode, valid_from, valid_to, created_at, version) \
                  SELECT 1, customer_id, partner_id, mode, valid_from - 1000, valid_from, 0, 1 FROM association";
    exec(world.store.db(), before, []).await.unwrap();
    let error =
        exec(world.store.db(), "UPDATE association SET valid_to = valid_to + 1 WHERE id = 1", []).await;
    assert!(error.unwrap_err().to_string().contains("one_partner_at_a_time"));
});
