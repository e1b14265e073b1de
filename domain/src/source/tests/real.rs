//! The real bills, where they lie beside the project.

use std::path::Path;

use super::super::{SourceFormat, SourceItem, open_file};
use super::options;
use crate::kernel::exact::Exact;

#[test]
fn the_real_bill_is_read_whole_and_to_the_last_digit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/focus_1.0_sample.csv");
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let mut reader = open_file(&path, &options()).unwrap();
    let (mut total, mut count, mut marketplace) = (Exact::ZERO, 0, 0);
    for item in reader.by_ref() {
        match item.unwrap() {
            SourceItem::Row(row) => {
                total = total.checked_add(row.amounts.payable).unwrap();
                count += 1;
                marketplace += usize::from(row.marketplace.is_some());
                assert!(row.amounts.price_adds_up() && row.amounts.parts_add_up());
            }
            SourceItem::Reject(reject) => panic!("{reject:?}"),
        }
    }
    assert_eq!((count, total.to_string().as_str()), (1000, "20.52022672899"));
    assert_eq!(reader.format(), SourceFormat::Focus);
    assert_eq!(reader.bytes_read(), path.metadata().unwrap().len());
    assert!(marketplace < 100, "{marketplace} marketplace lines");
}
