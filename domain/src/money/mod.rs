//! From bills to money that was paid: incentives, marketplace bills, payment requests, payouts, and the ledger that
//! proves them.

pub mod incentive;
pub mod ledger;
pub mod market;
pub mod opportunity_incentive;
pub mod payment;
pub mod payout;
pub(crate) mod settlement_bill;
