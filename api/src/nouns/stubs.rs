//! Types that are not tables yet.

use domain::reading::Key;

use crate::schema::connection::Paged;
use crate::schema::filter::Filter;
use crate::schema::list::{List, Listable};
use crate::schema::object::{Object, Shown};
use crate::schema::order::OrderBy;

macro_rules! stub {
    ($($row:ty => $name:literal;)+) => {$(
        impl Shown for $row {
            const NAME: &'static str = $name;
            fn object() -> Object<Self> { Object::<Self>::new("").field("stub", "", |_| true) }
        }
    )+};
}
macro_rules! paged {
    ($($row:ty => $name:literal;)+) => {$(
        stub! { $row => $name; }
        impl Paged for $row { const PAGE: &'static str = ""; const EDGE: &'static str = ""; }
    )+};
}
macro_rules! listed {
    ($($row:ty => $name:literal;)+) => {$(
        paged! { $row => $name; }
        impl Listable for $row {
            fn list() -> List {
                List {
                    filter: Filter::new(concat!($name, "Filter"), ""),
                    order: OrderBy::new($name, concat!($name, "Order"), "").by("ID", "", [Key::int("id")]),
                }
            }
        }
    )+};
}

listed! { entity::customer::Model => "Customer"; }
listed! { entity::association::Model => "Association"; }
listed! { entity::cloud_account::Model => "CloudAccount"; }
listed! { entity::countersign_approver::Model => "CountersignApprover"; }
listed! { entity::audit_event::Model => "AuditEvent"; }
listed! { entity::incentive_bill::Model => "IncentiveBill"; }
listed! { entity::deadline::Model => "Deadline"; }
listed! { entity::incentive_entitlement::Model => "IncentiveEntitlement"; }
listed! { entity::event::Model => "Event"; }
listed! { entity::export_job::Model => "Export"; }
listed! { entity::bill_feedback::Model => "BillFeedback"; }
listed! { entity::import_reject::Model => "ImportReject"; }
listed! { entity::invoice::Model => "Invoice"; }
listed! { entity::ledger_transaction::Model => "LedgerPosting"; }
listed! { domain::reading::line::Line => "PerformanceLine"; }
listed! { entity::marketplace_terms::Model => "MarketplaceTerms"; }
listed! { entity::message::Model => "Message"; }
listed! { entity::settlement_month::Model => "SettlementMonth"; }
listed! { entity::partner_invoice::Model => "PartnerInvoice"; }
listed! { domain::performance::explain::PaymentView => "Payment"; }
listed! { entity::payment_request::Model => "PaymentRequest"; }
listed! { entity::payout_order::Model => "PayoutOrder"; }
listed! { entity::pce_claim::Model => "PceClaim"; }
listed! { entity::pce_incentive_policy::Model => "PceIncentivePolicy"; }
listed! { entity::incentive_policy::Model => "IncentivePolicy"; }
listed! { entity::product::Model => "Product"; }
listed! { entity::settlement_quarantine::Model => "SettlementQuarantine"; }
listed! { entity::settlement_run::Model => "SettlementRun"; }
listed! { entity::settlement_bill::Model => "SettlementBill"; }
listed! { entity::opportunity::Model => "Opportunity"; }
listed! { entity::bill_import::Model => "Import"; }
stub! { entity::stored_file::Model => "StoredFile"; }
stub! { entity::business_information::Model => "BusinessInformation"; }
stub! { entity::customer_profile::Model => "CustomerProfile"; }
stub! { entity::payout_preference::Model => "PayoutPreference"; }
stub! { domain::money::ledger::balance::Balance => "LedgerBalance"; }
stub! { entity::incentive_freeze::Model => "IncentiveFreeze"; }
paged! { domain::reading::performance_sum::PerformanceSum => "PerformanceSum"; }
