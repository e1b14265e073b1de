use entity::{ChargeCategory, ChargingMode, CloudAccountId, DetailType, ImportId, Month, ProductId};

use super::super::entry::Place;
use super::*;

const MONTH: Month = Month(202_609);
const ACCOUNT: CloudAccountId = CloudAccountId(1);

fn row(print: u8, content: i64, id: Option<&str>) -> Entry {
    let place = Place {
        month: MONTH,
        account: ACCOUNT,
        consumed_at: Timestamp(5),
        fingerprint: [print; 16],
        line_no: 1,
    };
    Entry {
        place,
        occurrence: 1,
        content,
        product: ProductId(1),
        invoice: None,
        invoice_is_made_up: true,
        settled: true,
        charging_mode: ChargingMode::PayPerUse,
        detail_type: DetailType::Usage,
        category: ChargeCategory::Usage,
        correction: false,
        region: "".into(),
        currency: "USD".parse().unwrap(),
        marketplace: None,
        external_id: id.map(Into::into),
        corrects_external_id: None,
        amounts: crate::source::Amounts::default(),
    }
}

fn stands(
    print: u8,
    occurrence: i32,
    (charge, version): (i32, i32),
    content: i64,
    id: Option<&str>,
) -> Standing {
    Standing {
        month: MONTH,
        account: ACCOUNT,
        key: (Timestamp(5), [print; 16]),
        occurrence,
        charge,
        version,
        content,
        settled: true,
        invoice: None,
        import: ImportId(1),
        external_id: id.map(Into::into),
    }
}

/// The numbers of the charges that rows are paired with.
fn paired(standing: Vec<Standing>, rows: &[Entry]) -> Vec<Option<i32>> {
    let charges = Charges::of(standing);
    charges.pair(rows).into_iter().map(|pair| pair.map(|at| charges.live[at].charge)).collect()
}

#[test]
fn rows_of_one_key_are_paired_by_what_they_say_first_and_the_rest_in_order() {
    let standing = || (1..=3).map(|n| stands(1, n, (n, 1), n.into(), None)).collect::<Vec<_>>();
    let rows = |contents: &[i64]| contents.iter().map(|c| row(1, *c, None)).collect::<Vec<_>>();
    assert_eq!(paired(standing(), &rows(&[3, 1, 2])), [Some(3), Some(1), Some(2)]);
    assert_eq!(
        paired(standing(), &rows(&[9, 1])),
        [Some(2), Some(1)],
        "the changed one is the first left over"
    );
    assert_eq!(
        paired(standing(), &rows(&[1, 2, 3, 1])),
        [Some(1), Some(2), Some(3), None],
        "one more is new"
    );
    assert_eq!(paired(standing(), &[row(2, 1, None)]), [None], "another key is another charge");
}

#[test]
fn the_providers_own_id_of_a_line_goes_before_its_key_if_it_is_of_one_line() {
    let standing = vec![stands(1, 1, (1, 1), 1, Some("a")), stands(1, 2, (2, 1), 1, Some("b"))];
    let rows = [row(1, 1, Some("b")), row(7, 1, Some("a")), row(1, 1, Some("c"))];
    assert_eq!(paired(standing, &rows), [Some(2), Some(1), None]);
    let twice = vec![stands(1, 1, (1, 1), 1, Some("a")), stands(2, 1, (1, 1), 2, Some("a"))];
    assert_eq!(paired(twice, &[row(3, 1, Some("a"))]), [None], "an id of several charges names none");
    let filled_in_later = vec![stands(1, 1, (1, 1), 1, None)];
    assert_eq!(paired(filled_in_later, &[row(1, 1, Some("a"))]), [Some(1)]);
}

#[test]
fn only_the_newest_version_stands_and_what_was_taken_back_comes_again_in_its_place() {
    let standing = vec![
        stands(1, 1, (1, 1), 1, None),
        stands(1, 2, (1, 2), 1, None),
        stands(1, 3, (1, 3), 2, None),
        stands(1, 4, (2, 1), 5, None),
        stands(1, 5, (2, 2), 5, None),
    ];
    let mut charges = Charges::of(standing);
    assert_eq!(charges.live.iter().map(|s| (s.charge, s.version)).collect::<Vec<_>>(), [(1, 3)]);
    let key = (Timestamp(5), [1; 16]);
    assert_eq!(charges.seat(key), Seat { occurrence: 6, charge: 2, version: 3 });
    assert_eq!(charges.seat(key), Seat { occurrence: 7, charge: 3, version: 1 });
    assert_eq!(charges.next(key, 1, 3), Seat { occurrence: 8, charge: 1, version: 4 });
}
