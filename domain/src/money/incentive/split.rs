//! PURE. How an issued bill falls into what can be requested: an amount for each mode.

use std::collections::BTreeMap;

use entity::{AssociationMode, incentive_bill_line};

/// The amounts of a bill by mode, in micros; together the bill's amount. What belongs to no mode (the residue of
/// rounding) goes to the mode with the largest amount. An empty bill has none.
#[must_use]
pub fn by_mode(lines: &[incentive_bill_line::Model]) -> BTreeMap<AssociationMode, i64> {
    let mut sums: BTreeMap<AssociationMode, i64> = BTreeMap::new();
    let mut of_no_mode = 0_i64;
    for line in lines {
        match line.mode {
            Some(mode) => *sums.entry(mode).or_default() += line.amount,
            None => of_no_mode += line.amount,
        }
    }
    let largest = sums.iter().max_by_key(|(_, amount)| amount.unsigned_abs()).map(|(mode, _)| *mode);
    if of_no_mode != 0 {
        *sums.entry(largest.unwrap_or(AssociationMode::Consulting)).or_default() += of_no_mode;
    }
    sums.retain(|_, amount| *amount != 0);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssociationMode::{Consulting, Resale};
    use entity::{BillLineKind, IncentiveBillId, Month, PartnerId};

    fn line(mode: Option<AssociationMode>, amount: i64) -> incentive_bill_line::Model {
        incentive_bill_line::Model {
            bill_id: IncentiveBillId(1),
            line_no: 1,
            kind: BillLineKind::Base,
            origin_month: Month::new(2026, 9).unwrap(),
            partner_id: PartnerId(1),
            mode,
            product_class: None,
            product_policy: None,
            policy_id: None,
            rate_seq: None,
            rate_ppm: 0,
            basis: 0,
            exact: "0".into(),
            amount,
            note: None,
        }
    }

    #[test]
    fn the_parts_are_the_bill() {
        for (lines, parts) in [
            (vec![], vec![]),
            (vec![line(Some(Resale), 5), line(Some(Resale), -5)], vec![]),
            (vec![line(Some(Consulting), 7), line(None, -1)], vec![(Consulting, 6)]),
            (
                vec![line(Some(Consulting), 3), line(Some(Resale), -9), line(None, 1)],
                vec![(Consulting, 3), (Resale, -8)],
            ),
            (vec![line(None, 2)], vec![(Consulting, 2)]),
        ] {
            assert_eq!(by_mode(&lines).into_iter().collect::<Vec<_>>(), parts);
        }
    }
}
