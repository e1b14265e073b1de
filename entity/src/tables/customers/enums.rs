//! Enums of customers.

use crate::stored::coded;

coded! {
    /// Mode in which a partner has a customer. Source codes: 1 consulting, 2 resale.
    AssociationMode {
        /// The customer trades with the vendor (顾问销售).
        Consulting = 1 "CONSULTING",
        /// The customer trades with the partner (代售).
        Resale = 2 "RESALE",
    }
}
