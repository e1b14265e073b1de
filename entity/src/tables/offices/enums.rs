//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// Role of a person in an office.
    OfficeRole {
        /// Partner development manager (PDM).
        Pdm = "PDM",
        /// Partner sales manager (PSM).
        Psm = "PSM",
    }
}
