//! Comparators of enums.

/// Declares a comparator of an enum; `$stored` is how the column keeps it.
macro_rules! enum_filter {
    ($(#[doc = $doc:tt])* $filter:ident, $home:ident::$enum:ident, $stored:ident) => {
        $(#[doc = $doc])*
        #[derive(async_graphql::InputObject, Clone, Debug, Default)]
        pub struct $filter {
            /// Is this.
            pub eq: Option<$crate::graphql::$home::$enum>,
            /// Is one of these.
            #[graphql(name = "in")]
            pub one_of: Option<Vec<$crate::graphql::$home::$enum>>,
        }

        impl $filter {
            pub(crate) fn on(&self, column: &str) -> $crate::graphql::filter::Condition {
                let stored = |value: &$crate::graphql::$home::$enum| entity::$enum::from(*value).$stored();
                let all = [self.eq.as_ref().map(std::slice::from_ref), self.one_of.as_deref()];
                let all = all.into_iter().flatten();
                Ok(domain::reading::Predicate::all(all.map(|values| {
                    domain::reading::Predicate::one_of(column, values.iter().map(|v| stored(v).into()).collect())
                })))
            }
        }
    };
}

enum_filter! {
    /// Compares the kind of a partner.
    PartnerKindFilter, enums::PartnerKind, name
}
enum_filter! {
    /// Compares an association mode.
    AssociationModeFilter, enums::AssociationMode, code
}
enum_filter! {
    /// Compares the state of an import.
    ImportStateFilter, enums::ImportState, name
}
enum_filter! {
    /// Compares what an export writes.
    ExportWhatFilter, enums::ExportWhat, name
}
enum_filter! {
    /// Compares the state of an export.
    ExportStateFilter, enums::ExportState, name
}
enum_filter! {
    /// Compares the state of a month.
    MonthStateFilter, enums::MonthState, name
}
enum_filter! {
    /// Compares the kind of a settlement run.
    RunKindFilter, enums::RunKind, name
}
enum_filter! {
    /// Compares the state of a settlement run.
    RunStateFilter, enums::RunState, name
}
enum_filter! {
    /// Compares the state of an incentive bill.
    BillStateFilter, enums::BillState, name
}
enum_filter! {
    /// Compares the state of feedback on a bill.
    FeedbackStateFilter, enums::FeedbackState, name
}
enum_filter! {
    /// Compares the kind of a deadline.
    DeadlineKindFilter, enums::DeadlineKind, name
}
enum_filter! {
    /// Compares who must act before a deadline.
    DeadlineAudienceFilter, enums::DeadlineAudience, name
}
enum_filter! {
    /// Compares the reason of a performance line.
    ReasonFilter, enums::Reason, code
}
enum_filter! {
    /// Compares how something was charged.
    ChargingModeFilter, enums::ChargingMode, code
}
enum_filter! {
    /// Compares the kind of a charge.
    ChargeCategoryFilter, enums::ChargeCategory, code
}
enum_filter! {
    /// Compares what a payment request pays.
    PaymentKindFilter, payment_enums::PaymentKind, name
}
enum_filter! {
    /// Compares a way of payment.
    PayoutWayFilter, payment_enums::PayoutWay, name
}
enum_filter! {
    /// Compares the state of a payment request.
    PaymentStateFilter, payment_enums::PaymentState, name
}
enum_filter! {
    /// Compares the state of an entitlement.
    EntitlementStateFilter, payment_enums::EntitlementState, name
}
enum_filter! {
    /// Compares the state of a partner's invoice.
    PartnerInvoiceStateFilter, payment_enums::PartnerInvoiceState, name
}
enum_filter! {
    /// Compares what an event is about.
    EventTopicFilter, enums::EventTopic, name
}
enum_filter! {
    /// Compares the state of a message.
    MessageStateFilter, enums::MessageState, name
}
enum_filter! {
    /// Compares whom a message is for.
    MessageAudienceFilter, enums::MessageAudience, name
}
enum_filter! {
    /// Compares the state of an order to the payout gateway.
    PayoutOrderStateFilter, payout::PayoutOrderState, name
}
enum_filter! {
    /// Compares the state of a settlement bill.
    SettlementBillStateFilter, market_enums::SettlementBillState, name
}
enum_filter! {
    /// Compares a category of the marketplace.
    MarketplaceCategoryFilter, market_enums::MarketplaceCategory, name
}
enum_filter! {
    /// Compares why something is not billed.
    UnbilledReasonFilter, market_enums::UnbilledReason, name
}
enum_filter! {
    /// Compares who shares an opportunity.
    OpportunityKindFilter, opportunity_enums::OpportunityKind, name
}
enum_filter! {
    /// Compares the state of an opportunity.
    OpportunityStateFilter, opportunity_enums::OpportunityState, name
}
enum_filter! {
    /// Compares how far a sale is.
    OpportunityStageFilter, opportunity_enums::OpportunityStage, name
}
enum_filter! {
    /// Compares what an offering is.
    OfferingKindFilter, pce_enums::OfferingKind, name
}
enum_filter! {
    /// Compares what became of an offer.
    OfferStateFilter, pce_enums::OfferState, name
}
enum_filter! {
    /// Compares the state of a claim.
    PceClaimStateFilter, pce_claim_enums::PceClaimState, name
}
