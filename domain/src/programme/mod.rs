//! The programme: its settings, partners, customers, accounts, products and who has whom.

pub mod settings;
