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
listed! { entity::incentive_bill::Model => "IncentiveBill"; }
listed! { entity::import_reject::Model => "ImportReject"; }
listed! { entity::invoice::Model => "Invoice"; }
listed! { domain::reading::line::Line => "PerformanceLine"; }
listed! { entity::settlement_month::Model => "SettlementMonth"; }
listed! { domain::performance::explain::PaymentView => "Payment"; }
listed! { entity::incentive_policy::Model => "IncentivePolicy"; }
listed! { entity::product::Model => "Product"; }
listed! { entity::settlement_quarantine::Model => "SettlementQuarantine"; }
listed! { entity::settlement_run::Model => "SettlementRun"; }
listed! { entity::bill_import::Model => "Import"; }
stub! { entity::business_information::Model => "BusinessInformation"; }
stub! { entity::customer_profile::Model => "CustomerProfile"; }
paged! { domain::reading::performance_sum::PerformanceSum => "PerformanceSum"; }
paged! { domain::reading::bill::Line => "IncentiveBillLine"; }
