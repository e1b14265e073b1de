//! Every limit, at the limit and one past it.

use std::io::{BufReader, Read};

use super::super::split::{FIELD_LIMIT, RECORD_LIMIT};
use super::super::{DETAIL_LIMIT, RAW_LIMIT, RejectCode, TEXT_LIMIT, open_stream};
use super::{exact, focus, options, read};

#[test]
fn a_text_that_is_kept_may_be_as_long_as_its_limit() {
    for column in ["SubAccountId", "ServiceName", "ProviderName", "RegionId", "InvoiceId", "SubAccountName"] {
        assert_eq!(focus().with(column, &"é".repeat(TEXT_LIMIT / 2)).row().line_no, 2, "{column}");
        let (code, place, detail) =
            focus().with(column, &format!("{}x", "é".repeat(TEXT_LIMIT / 2))).refused();
        assert_eq!((code, place.as_str()), (RejectCode::TextTooLong, column));
        assert_eq!(detail.len(), DETAIL_LIMIT);
    }
}

#[test]
fn an_amount_may_be_as_large_as_its_limit() {
    let row = focus().with("BilledCost", "-1000000000000").row();
    assert_eq!(row.amounts.payable, exact("-1000000000000"));
    let (code, _, _) = focus().with("BilledCost", "1000000000000.000001").refused();
    assert_eq!(code, RejectCode::NumberTooLarge);
}

#[test]
fn a_field_may_be_as_large_as_its_limit() {
    let sheet = |length| focus().with("Tags", &"t".repeat(length));
    assert_eq!(sheet(FIELD_LIMIT).row().line_no, 2);
    let (code, column, _) = sheet(FIELD_LIMIT + 1).refused();
    assert_eq!((code, column.as_str()), (RejectCode::FieldTooLarge, "Tags"));
    assert_eq!(sheet(FIELD_LIMIT + 1).reject().raw.len(), RAW_LIMIT);
}

#[test]
fn a_record_may_be_as_large_as_its_limit() {
    let sheet = |length: usize| {
        let mut sheet = focus();
        for n in 0..4 {
            sheet = sheet.with(&format!("x_{n}"), &"x".repeat(FIELD_LIMIT - 200));
        }
        let missing = length - sheet.line().len() - 1;
        sheet.with("ChargeDescription", &"d".repeat(missing + focus().line_of("ChargeDescription")))
    };
    assert_eq!(sheet(RECORD_LIMIT).line().len() + 1, RECORD_LIMIT, "its line end included");
    assert_eq!(sheet(RECORD_LIMIT).row().line_no, 2);
    assert_eq!(sheet(RECORD_LIMIT + 1).refused().0, RejectCode::RecordTooLarge);
}

impl super::Sheet {
    /// Bytes of a column's value.
    fn line_of(&self, column: &str) -> usize {
        self.columns.iter().find(|(name, _)| name == column).map_or(0, |(_, value)| value.len())
    }
}

#[test]
fn a_field_of_ten_megabytes_is_one_reject_quoted_or_not() {
    let huge = "h".repeat(10 * 1024 * 1024);
    for value in [huge.clone(), format!("\"{huge}\"")] {
        let (good, bad) = (focus().line(), focus().with("ResourceId", &value).line());
        let (rows, rejects) = read(format!("{}\n{good}\n{bad}\n{good}\n", focus().header()));
        assert_eq!(rows.iter().map(|r| r.line_no).collect::<Vec<_>>(), [2, 4]);
        let found: Vec<_> =
            rejects.iter().map(|r| (r.line_no, r.code, r.column.as_deref(), r.raw.len())).collect();
        assert_eq!(found, [(3, RejectCode::FieldTooLarge, Some("ResourceId"), RAW_LIMIT)]);
    }
}

#[test]
fn an_unclosed_quote_in_a_long_file_costs_one_line() {
    let plain = focus().with("Tags", "t").with("ChargeDescription", "d");
    let plain = plain.with("InvoiceIssuerName", "i").with("PublisherName", "i");
    let (good, bad) = (format!("{}\n", plain.line()), plain.clone().with("Tags", "\"t").line());
    let count = 3 * RECORD_LIMIT / good.len();
    let (rows, rejects) = read(format!("{}\n{good}{bad}\n{}", plain.header(), good.repeat(count)));
    assert_eq!((rows.len(), rejects.len()), (count + 1, 1));
    assert_eq!((rejects[0].line_no, rejects[0].code), (3, RejectCode::UnclosedQuote));
    assert_eq!(rows.last().unwrap().line_no, count as u64 + 3);
}

/// Gives one byte at a time, so that every record is cut at every place.
struct Drip<R>(R);

impl<R: Read> Read for Drip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}

#[test]
fn a_stream_may_come_byte_by_byte() {
    let file = focus().file();
    let drip = BufReader::with_capacity(1, Drip(std::io::Cursor::new(file.clone())));
    let items: Vec<_> = open_stream(Box::new(drip), &options()).unwrap().map(Result::unwrap).collect();
    assert_eq!(items, [super::SourceItem::Row(Box::new(read(file).0.remove(0)))]);
}
