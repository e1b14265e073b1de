//! The same bill as Parquet, in every type a column may have.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array,
    Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::super::{RejectCode, SourceError, SourceItem, open_file};
use super::{Sheet, exact, focus, options, read};

fn strings(value: &str) -> ArrayRef {
    let value = value.trim_matches('"').replace("\"\"", "\"");
    Arc::new(StringArray::from(vec![(value != "NULL").then_some(value)]))
}

/// The sheet as one row of strings, with these columns replaced.
fn columns(sheet: &Sheet, replaced: &[(&str, ArrayRef)]) -> Vec<(String, ArrayRef)> {
    let other =
        |name: &str| replaced.iter().find(|(column, _)| *column == name).map(|(_, array)| array.clone());
    sheet
        .columns
        .iter()
        .map(|(name, value)| (name.clone(), other(name).unwrap_or_else(|| strings(value))))
        .collect()
}

fn write(path: &Path, columns: Vec<(String, ArrayRef)>, compression: Compression) {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, a)| (n, a, true))).unwrap();
    let properties = WriterProperties::builder().set_compression(compression).build();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn items(columns: Vec<(String, ArrayRef)>) -> Result<Vec<SourceItem>, SourceError> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bill.parquet");
    write(&path, columns, Compression::SNAPPY);
    open_file(&path, &options())?.collect()
}

#[test]
fn a_bill_reads_the_same_as_csv_and_as_parquet() {
    let [SourceItem::Row(row)] = &items(columns(&focus(), &[])).unwrap()[..] else { panic!("one row") };
    let mut csv = focus().row();
    csv.line_no = 1;
    assert_eq!(**row, csv);
}

#[test]
fn columns_may_have_any_type_that_holds_their_values() {
    let at = 1_786_363_200; // 2026-08-10T12:00:00Z
    let cost = |array: Decimal128Array, scale| -> ArrayRef {
        Arc::new(array.with_precision_and_scale(38, scale).unwrap())
    };
    let dictionary: DictionaryArray<Int32Type> = ["EC2"].into_iter().collect();
    let print = focus().row().fingerprint;
    let same: Vec<(&str, ArrayRef)> = vec![
        ("BilledCost", cost(Decimal128Array::from(vec![75_000_000_000]), 10)),
        ("BilledCost", Arc::new(Float64Array::from(vec![7.5]))),
        ("BilledCost", Arc::new(Float32Array::from(vec![7.5]))),
        ("ListCost", Arc::new(Int64Array::from(vec![10]))),
        ("ServiceName", Arc::new(dictionary)),
        ("ServiceName", Arc::new(LargeStringArray::from(vec!["EC2"]))),
        ("ServiceName", Arc::new(StringViewArray::from(vec!["EC2"]))),
        ("ServiceName", Arc::new(BinaryArray::from(vec![b"EC2".as_slice()]))),
        ("ChargeClass", Arc::new(NullArray::new(1))),
        ("ChargePeriodStart", Arc::new(TimestampSecondArray::from(vec![at]))),
        (
            "ChargePeriodStart",
            Arc::new(TimestampMillisecondArray::from(vec![at * 1_000]).with_timezone("UTC")),
        ),
        (
            "ChargePeriodStart",
            Arc::new(TimestampMicrosecondArray::from(vec![at * 1_000_000]).with_timezone("+08:00")),
        ),
        ("ChargePeriodStart", Arc::new(TimestampNanosecondArray::from(vec![at * 1_000_000_000]))),
        ("BillingPeriodStart", Arc::new(Date32Array::from(vec![20_666]))),
    ];
    for (column, array) in same {
        let kind = array.data_type().clone();
        let found = items(columns(&focus(), &[(column, array)])).unwrap();
        let [SourceItem::Row(row)] = &found[..] else { panic!("{column} {kind}: {found:?}") };
        assert_eq!(row.fingerprint, print, "{column} as {kind}");
        assert_eq!(row.amounts.payable, exact("7.5"), "{column} as {kind}");
    }
}

#[test]
fn tags_may_be_a_map() {
    let tags = |value: &str| -> ArrayRef {
        let mut map = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
        map.keys().append_value("team");
        map.values().append_value(value);
        map.append(true).unwrap();
        Arc::new(map.finish())
    };
    let read = |value: &str| match items(columns(&focus(), &[("Tags", tags(value))])).unwrap().remove(0) {
        SourceItem::Row(row) => (row.fingerprint, row.content),
        SourceItem::Reject(reject) => panic!("{reject:?}"),
    };
    assert_eq!(read("a"), read("a"));
    // Tags are filled in later: the charge stays the same.
    assert_eq!(read("a").0, read("b").0);
}

#[test]
fn bad_values_are_rejected_with_their_row_and_what_it_says() {
    let cases: Vec<(&str, ArrayRef, RejectCode)> = vec![
        ("BilledCost", Arc::new(Float64Array::from(vec![f64::NAN])), RejectCode::BadNumber),
        ("BilledCost", Arc::new(Float64Array::from(vec![f64::INFINITY])), RejectCode::BadNumber),
        ("BilledCost", Arc::new(Float64Array::from(vec![1e300])), RejectCode::NumberTooLarge),
        ("BilledCost", Arc::new(Float64Array::from(vec![None])), RejectCode::MissingValue),
        ("BilledCost", strings("abc"), RejectCode::BadNumber),
        ("ChargePeriodStart", Arc::new(Date32Array::from(vec![-1_000_000])), RejectCode::BadDate),
        ("ServiceName", strings("a\0b"), RejectCode::NulByte),
        ("BillingCurrency", strings("usd"), RejectCode::UnknownCurrency),
    ];
    for (column, array, code) in cases {
        let found = items(columns(&focus(), &[(column, array)])).unwrap();
        let [SourceItem::Reject(reject)] = &found[..] else { panic!("{column}: {found:?}") };
        assert_eq!((reject.line_no, reject.code, reject.column.as_deref()), (1, code, Some(column)));
        assert!(String::from_utf8_lossy(&reject.raw).contains("SubAccountId=0123\n"));
    }
}

#[test]
fn rows_are_numbered_over_batches_and_progress_ends_at_the_size_of_the_file() {
    let count = 2_500;
    let all: Vec<(String, ArrayRef)> = focus()
        .columns
        .iter()
        .map(|(name, value)| {
            (name.clone(), Arc::new(StringArray::from(vec![value.trim_matches('"'); count])) as ArrayRef)
        })
        .collect();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bill.parquet");
    write(&path, all, Compression::ZSTD(ZstdLevel::default()));
    let mut reader = open_file(&path, &options()).unwrap();
    let lines: Vec<u64> = reader
        .by_ref()
        .map(|item| match item.unwrap() {
            SourceItem::Row(row) => row.line_no,
            SourceItem::Reject(reject) => panic!("{reject:?}"),
        })
        .collect();
    assert_eq!(lines, (1..=count as u64).collect::<Vec<_>>());
    assert_eq!(reader.bytes_read(), path.metadata().unwrap().len());
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let code = |result: Result<Vec<SourceItem>, SourceError>| result.unwrap_err().code();
    assert_eq!(code(items(columns(&focus().without("ServiceName"), &[]))), "MISSING_COLUMN");
    let list = focus().with("BilledCost", "1");
    let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![[0xFF_u8].as_slice()]));
    assert_eq!(code(items(columns(&list, &[("ServiceName", bytes)]))), "BAD_PARQUET");
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bill.parquet");
    write(&path, columns(&focus(), &[]), Compression::GZIP(parquet::basic::GzipLevel::default()));
    assert_eq!(open_file(&path, &options()).unwrap().count(), 1, "gzip pages");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(open_file(&path, &options()).unwrap_err().code(), "BAD_PARQUET");
    assert_eq!(open_file(&directory.path().join("absent"), &options()).unwrap_err().code(), "IO");
    let csv = directory.path().join("bill.csv");
    std::fs::write(&csv, focus().file()).unwrap();
    assert_eq!(open_file(&csv, &options()).unwrap().count(), 1);
    assert_eq!(read(focus().file()).0.len(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]
    #[test]
    fn a_damaged_file_is_an_error_and_no_surprise(at in proptest::prelude::any::<proptest::sample::Index>(), byte: u8) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("bill.parquet");
        write(&path, columns(&focus(), &[]), Compression::UNCOMPRESSED);
        let mut bytes = std::fs::read(&path).unwrap();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        std::fs::write(&path, bytes).unwrap();
        if let Ok(reader) = open_file(&path, &options()) {
            let items: Vec<_> = reader.take(10).collect();
            let stopped = items.iter().position(Result::is_err).is_none_or(|at| at + 1 == items.len());
            proptest::prop_assert!(stopped, "nothing comes after an error");
        }
    }
}
