//! PURE. Which ways of payment business of a mode allows (public pages: resale incentives need no invoice and are
//! paid onto the partner's account or as coupons).

use entity::{AssociationMode, PayoutWay};

/// `true` if incentive of this mode can be paid this way.
#[must_use]
pub const fn allows(mode: AssociationMode, way: PayoutWay) -> bool {
    use PayoutWay::{BankTransfer, CouponQuota, TopUp, TopUpOwedInvoice};
    match mode {
        AssociationMode::Consulting => matches!(way, BankTransfer | TopUp | CouponQuota),
        AssociationMode::Resale => matches!(way, TopUpOwedInvoice | CouponQuota),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_coupons_pay_both_modes_and_every_way_pays_one() {
        for way in PayoutWay::ALL {
            let modes: Vec<_> = AssociationMode::ALL.iter().filter(|mode| allows(**mode, *way)).collect();
            let expected = if *way == PayoutWay::CouponQuota { 2 } else { 1 };
            assert_eq!(modes.len(), expected, "{way}");
        }
    }
}
