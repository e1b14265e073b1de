//! Values without fields: which type of the schema each is, and how it is written.

use async_graphql::registry::Registry;
use async_graphql::{ID, InputType};
use entity::{Currency, Day, Timestamp};

use super::scalars::{BigInt, CurrencyCode, Date, DateTime, Decimal, Month};
use crate::json::Json;

/// A value without fields.
pub(crate) trait Leaf {
    /// Its type in the schema, with `!` where it is never null.
    fn name() -> String;
    /// Adds its type to the registry.
    fn describe(registry: &mut Registry);
    /// Writes it; false if it is null.
    fn put(&self, out: &mut Json) -> bool;
}

impl<T: Leaf> Leaf for Option<T> {
    fn name() -> String {
        let name = T::name();
        name.strip_suffix('!').map_or(name.clone(), str::to_owned)
    }

    fn describe(registry: &mut Registry) {
        T::describe(registry);
    }

    fn put(&self, out: &mut Json) -> bool {
        match self {
            Some(value) => value.put(out),
            None => {
                out.null();
                false
            }
        }
    }
}

impl<T: Leaf> Leaf for Vec<T> {
    fn name() -> String {
        format!("[{}]!", T::name())
    }

    fn describe(registry: &mut Registry) {
        T::describe(registry);
    }

    fn put(&self, out: &mut Json) -> bool {
        out.open_list();
        for value in self {
            out.item();
            value.put(out);
        }
        out.close_list();
        true
    }
}

/// Declares leaves: the input type that names the scalar, and how the value is written.
macro_rules! leaves {
    ($($type:ty as $named:ty: |$value:ident, $out:ident| $write:expr;)+) => {$(
        impl Leaf for $type {
            fn name() -> String {
                <$named as InputType>::qualified_type_name()
            }

            fn describe(registry: &mut Registry) {
                <$named as InputType>::create_type_info(registry);
            }

            fn put(&self, $out: &mut Json) -> bool {
                let $value = self;
                $write;
                true
            }
        }
    )+};
}

leaves! {
    bool as bool: |value, out| out.bool(*value);
    i32 as i32: |value, out| out.number(value);
    i64 as i64: |value, out| out.number(value);
    u32 as u32: |value, out| out.number(value);
    u64 as u64: |value, out| out.number(value);
    usize as usize: |value, out| out.number(value);
    String as String: |value, out| out.text(value);
    &'static str as String: |value, out| out.text(value);
    ID as ID: |value, out| out.text(value);
    Decimal as Decimal: |value, out| out.text(&value.0);
    BigInt as BigInt: |value, out| out.display(value.0);
    DateTime as DateTime: |value, out| out.text(&value.0.to_rfc3339());
    Timestamp as DateTime: |value, out| out.text(&value.to_rfc3339());
    Month as Month: |value, out| out.display(value.0);
    entity::Month as Month: |value, out| out.display(value);
    Date as Date: |value, out| out.display(value.0);
    Day as Date: |value, out| out.display(value);
    CurrencyCode as CurrencyCode: |value, out| out.display(value.0);
    Currency as CurrencyCode: |value, out| out.display(value);
}

/// Typed ids are IDs of the schema.
macro_rules! ids {
    ($($id:ty)+) => {$(
        impl Leaf for $id {
            fn name() -> String {
                <ID as Leaf>::name()
            }

            fn describe(registry: &mut Registry) {
                <ID as Leaf>::describe(registry);
            }

            fn put(&self, out: &mut Json) -> bool {
                out.display(self);
                true
            }
        }
    )+};
}

ids! {
    entity::PartnerId entity::CustomerId entity::AssociationId entity::CloudAccountId entity::ProductId
    entity::InvoiceId entity::ImportId entity::RunId entity::IncentivePolicyId entity::IncentiveBillId
    entity::PaymentRequestId entity::PartnerInvoiceId entity::EventId entity::SettlementBillId entity::OpportunityId
    entity::OfficeId entity::OfferingId entity::FileId entity::ExportId entity::BillFeedbackId entity::AuditEventId
    entity::EntitlementId entity::TermsId entity::SellerNameId entity::ApproverId entity::DeadlineId entity::MessageId
    entity::PayoutOrderId entity::PcePolicyId entity::PceClaimId entity::CommentId entity::ViewId entity::FreezeId
    entity::ProgrammeId entity::PayoutTermsId entity::MonthId entity::BusinessId entity::PreferenceId
    entity::PceProfileId entity::CustomerProfileId
    domain::performance::refs::LineRef domain::performance::refs::PaymentRef
}
