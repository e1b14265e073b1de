//! What holds for every file.

use proptest::prelude::*;

use super::super::{SourceItem, SourceRow};
use super::{focus, native, open, read};

/// Reads whatever it is to its end, or to the error that stops it.
fn survive(bytes: Vec<u8>) -> usize {
    open(bytes).map_or(0, |reader| reader.take_while(Result::is_ok).count())
}

/// Values that tempt a reader of CSV.
fn value() -> impl Strategy<Value = String> {
    "[a-zé中 ,\"\r\n;']{0,12}"
}

proptest! {
    #[test]
    fn no_bytes_are_a_surprise(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survive(bytes);
    }

    #[test]
    fn no_bytes_below_a_good_header_are_a_surprise(bytes in proptest::collection::vec(
        prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(b'1'), any::<u8>()], 0..300)) {
        for header in [focus().header(), native().header()] {
            let mut file = format!("{header}\n").into_bytes();
            file.extend(&bytes);
            survive(file);
        }
    }

    #[test]
    fn one_damaged_byte_costs_at_most_its_neighbours(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let line = format!("{}\n", focus().line());
        let mut file = format!("{}\n{}", focus().header(), line.repeat(5)).into_bytes();
        let body = focus().header().len() + 1;
        let place = body + at.index(file.len() - body);
        file[place] = byte;
        let (rows, _) = read(file);
        prop_assert!(rows.len() >= 3, "{} rows", rows.len());
    }

    #[test]
    fn what_a_writer_of_csv_writes_reads_back(names in proptest::collection::vec(value(), 1..20), amount in any::<i32>()) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let sheet = focus();
        writer.write_record(sheet.columns.iter().map(|(name, _)| name)).unwrap();
        for name in &names {
            let row = sheet.clone().with("ServiceName", &format!("n{name}n")).with("BilledCost", &amount.to_string());
            writer.write_record(row.columns.iter().map(|(_, value)| value.trim_matches('"'))).unwrap();
        }
        let (rows, rejects) = read(writer.into_inner().unwrap());
        prop_assert!(rejects.is_empty(), "{rejects:?}");
        let read: Vec<String> = rows.iter().map(|row| row.product_name.to_string()).collect();
        let written: Vec<String> = names.iter().map(|name| format!("n{name}n")).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn the_order_of_columns_does_not_matter(order in Just(focus().columns).prop_shuffle()) {
        let shuffled = super::Sheet { columns: order }.row();
        prop_assert_eq!(shuffled, focus().row());
    }

    #[test]
    fn equal_lines_have_equal_fingerprints_and_others_do_not(a in value(), b in value()) {
        let row = |text: &str| -> SourceRow {
            let quoted = format!("\"n{}n\"", text.replace('"', "\"\""));
            focus().with("ResourceId", &quoted).row()
        };
        prop_assert_eq!(a == b, row(&a).fingerprint == row(&b).fingerprint);
    }

    #[test]
    fn reading_in_pieces_changes_nothing(lines in 1..40_usize) {
        let file = format!("{}\n{}", focus().header(), format!("{}\n", focus().line()).repeat(lines));
        let mut reader = open(file).unwrap();
        let mut rows = Vec::new();
        while let Some(item) = reader.next() {
            if let SourceItem::Row(row) = item.unwrap() { rows.push(row.line_no); }
            prop_assert_eq!(reader.rows_read(), rows.len() as u64);
        }
        prop_assert_eq!(rows, (2..lines as u64 + 2).collect::<Vec<_>>());
    }
}
