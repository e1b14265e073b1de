//! Why two opportunities are held to be the same, or not.

use crate::dialect::change;

change!(
    "m0024_duplicate_reason",
    "
ALTER TABLE opportunity_duplicate ADD COLUMN reason TEXT;;
",
    "
ALTER TABLE opportunity_duplicate DROP COLUMN reason;;
"
);
