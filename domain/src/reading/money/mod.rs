//! What partners are owed, ask for and are paid, with the papers that go with it.

pub mod entitlement;
pub mod invoice_list;
pub mod ledger;
pub mod market;
pub mod partner_invoice;
pub mod payment_request;
pub mod payment_sum;
pub mod payout;
pub mod standing_sql;
