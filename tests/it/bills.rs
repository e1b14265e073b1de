//! Taking bills in: what a row means, which rows are the same, and what of them counts.

mod cases;
mod class;
mod credit;
mod seller;
mod text;
mod update;
