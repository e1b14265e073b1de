//! Taking bills in: what a row means, which rows are the same, and what of them counts.

mod text;
