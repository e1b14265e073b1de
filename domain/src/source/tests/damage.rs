//! Damaged files: what is good is taken in, what is not says where and why.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::{Lang, RejectCode};
use super::{Sheet, focus, open, read};

/// A narrow FOCUS sheet without any quotes, in which a stray quote is noticed late.
fn plain() -> Sheet {
    Sheet::new(&[
        ("BilledCost", "1"),
        ("BillingCurrency", "USD"),
        ("ChargeCategory", "Usage"),
        ("ChargePeriodStart", "2026-08-10T12:00:00Z"),
        ("ServiceName", "EC2"),
        ("SubAccountId", "a"),
        ("ProviderName", "AWS"),
        ("Tags", "t"),
    ])
}

/// The sheet's header, then these lines.
fn file(sheet: &Sheet, lines: &[&str]) -> String {
    format!("{}\n{}\n", sheet.header(), lines.join("\n"))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_record_with_the_wrong_number_of_fields_is_rejected_and_the_next_is_read() {
    let good = plain().line();
    let (rows, rejects) = read(file(&plain(), &[&good, "1,USD", &good, &format!("{good},more"), &good]));
    assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 4, 6]);
    let found: Vec<_> = rejects.iter().map(|r| (r.line_no, r.code, r.detail.as_str())).collect();
    assert_eq!(found, [(3, RejectCode::WrongFieldCount, "2/8"), (5, RejectCode::WrongFieldCount, "9/8")]);
    assert_eq!(rejects[0].raw, b"1,USD\n");
}

#[test]
fn lines_are_counted_through_line_breaks_in_values_and_blank_lines() {
    let tall = plain().with("Tags", "\"one\ntwo\r\nthree\"").line();
    let good = plain().line();
    let (rows, rejects) = read(file(&plain(), &[&tall, "", &good, "\r", &good]));
    assert!(rejects.is_empty(), "{rejects:?}");
    assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 6, 8]);
}

#[test]
fn bytes_that_are_no_text_reject_their_record_and_name_the_column() {
    let good = plain().line();
    let mut bytes = file(&plain(), &[&good]).into_bytes();
    bytes.extend(plain().with("ServiceName", "#").line().replace('#', "\0").bytes());
    bytes.push(b'\n');
    let at = bytes.len() + plain().line().find("EC2").unwrap();
    bytes.extend(good.bytes());
    bytes[at] = 0xE9;
    bytes.push(b'\n');
    bytes.extend(good.bytes());
    let (rows, rejects) = read(bytes);
    assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 5]);
    let found: Vec<_> = rejects.iter().map(|r| (r.line_no, r.code, r.column.as_deref())).collect();
    assert_eq!(
        found,
        [(3, RejectCode::NulByte, Some("ServiceName")), (4, RejectCode::InvalidUtf8, Some("ServiceName"))]
    );
}

#[test]
fn an_unclosed_quote_costs_its_own_line_when_others_use_quotes() {
    let good = focus().line();
    let bad = focus().with("ResourceId", "\"open").line();
    let (rows, rejects) = read(file(&focus(), &[&good, &bad, &good, &good]));
    assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(rejects.len(), 1);
    assert_eq!((rejects[0].line_no, rejects[0].code), (3, RejectCode::UnclosedQuote));
    assert_eq!((rejects[0].column.as_deref(), rejects[0].detail.as_str()), (Some("ResourceId"), "3"));
    assert_eq!(rejects[0].raw, format!("{bad}\n").as_bytes());
}

#[test]
fn an_unclosed_quote_that_runs_to_the_end_costs_its_own_line_too() {
    let good = plain().line();
    let bad = plain().with("ServiceName", "\"EC2").line();
    let (rows, rejects) = read(file(&plain(), &[&good, &bad, &good, &good]));
    assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!((rejects[0].line_no, rejects[0].code), (3, RejectCode::UnclosedQuote));
    let message = rejects[0].message(Lang::En);
    assert!(message.contains("ServiceName") && message.contains("line 3"), "{message}");
}

#[test]
fn an_unclosed_quote_in_the_last_line_ends_the_file_with_a_reject() {
    let bad = plain().with("Tags", "\"t").line();
    let (rows, rejects) = read(file(&plain(), &[&plain().line(), &bad, "and", "more"]));
    assert_eq!((rows.len(), rejects.len()), (1, 1));
    assert_eq!(rejects[0].raw, format!("{bad}\nand\nmore\n").as_bytes());
}

#[test]
fn a_quote_inside_a_quoted_value_that_is_not_doubled_is_damage_and_inside_a_bare_value_is_not() {
    let bad = plain().with("ServiceName", "\"the \"best\" one\"").line();
    let inch = plain().with("ServiceName", "19\" rack").line();
    let (rows, rejects) = read(file(&plain(), &[&bad, &inch]));
    assert_eq!(&*rows[0].product_name, "19\" rack");
    assert_eq!((rejects.len(), rejects[0].code), (1, RejectCode::UnclosedQuote));
}

#[test]
fn gzip_is_read_as_the_text_inside_also_in_several_members() {
    let text = file(&plain(), &[&plain().line()]);
    let (whole, _) = read(gzip(&text));
    assert_eq!(whole, read(text.clone()).0);
    let mut members = gzip(&text);
    members.extend(gzip(&format!("{}\n", plain().line())));
    assert_eq!(read(members.clone()).0.len(), 2);
    let mut reader = open(members.clone()).unwrap();
    assert_eq!(reader.by_ref().count(), 2);
    assert_eq!(reader.bytes_read(), members.len() as u64, "counted as they lie in the file");
}

#[test]
fn damaged_gzip_stops_with_an_error() {
    let lines: Vec<String> =
        (0..2000).map(|n| plain().with("Tags", &format!("t{}", n * 7919 % 2003)).line()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let bytes = gzip(&file(&plain(), &lines));
    let cut = &bytes[..bytes.len() - 100];
    let last = match open(cut) {
        Ok(reader) => reader.last().unwrap().unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(last.code(), "BAD_GZIP");
    let error = open([0x1F, 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]).unwrap_err();
    assert_eq!(error.code(), "BAD_GZIP");
}
