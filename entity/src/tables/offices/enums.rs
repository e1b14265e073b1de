//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// As what somebody works in an office.
    OfficeRole {
        /// Partner development manager.
        Pdm = "PDM",
        /// Partner sales manager.
        Psm = "PSM",
    }
}
