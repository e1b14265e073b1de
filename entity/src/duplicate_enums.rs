//! Enums of opportunities that seem to be the same, stored by name.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::enums::named;

named! {
    /// What was decided of two opportunities that seem to be the same.
    DuplicateState {
        /// Nothing yet.
        Suspected = "SUSPECTED",
        /// They are the same.
        Confirmed = "CONFIRMED",
        /// They are not.
        Dismissed = "DISMISSED",
    }

    /// Why two opportunities seem to be the same.
    DuplicateGround {
        /// They name one customer that has an account.
        SameCustomer = "SAME_CUSTOMER",
        /// The customers have one credit code.
        CreditCode = "CREDIT_CODE",
        /// The customers have one name, but for legal form, case and signs.
        NameEqual = "NAME_EQUAL",
        /// The names of the customers are alike.
        NameSimilar = "NAME_SIMILAR",
        /// The names of the customers are alike without places and words of a trade.
        NameProperSimilar = "NAME_PROPER_SIMILAR",
        /// The same product family is wanted.
        SameFamily = "SAME_FAMILY",
        /// One of them names no product family.
        FamilyUnknown = "FAMILY_UNKNOWN",
        /// They are expected to be bought in the same time.
        WindowOverlaps = "WINDOW_OVERLAPS",
    }
}
