//! The columns this product reads, by format.

/// What the values of a column are, for the identity of a line: the same number or time written
/// differently is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Time,
    Text,
}

/// A known column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// It is part of what identifies a line.
    pub(super) identifies: bool,
}

macro_rules! columns {
    ($(#[$doc:meta])* $table:ident $name:ident { $($column:ident $text:literal $kind:ident $identifies:literal,)+ }) => {
        $(#[$doc])*
        // Columns that only identify a line are named by no rule.
        #[allow(dead_code)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($column,)+ }

        pub(super) const $table: &[Known] =
            &[$(Known { name: $text, kind: Kind::$kind, identifies: $identifies },)+];

        impl From<$name> for usize {
            fn from(column: $name) -> Self { column as Self }
        }
    };
}

columns! {
    /// FOCUS cost and usage, 1.0 to 1.3. Names and labels that a provider may change at will
    /// (account names, categories of a discount) do not identify a line.
    FOCUS Focus {
        BilledCost "BilledCost" Number true,
        EffectiveCost "EffectiveCost" Number true,
        ListCost "ListCost" Number true,
        ContractedCost "ContractedCost" Number true,
        BillingAccountId "BillingAccountId" Text true,
        BillingAccountName "BillingAccountName" Text false,
        SubAccountId "SubAccountId" Text true,
        SubAccountName "SubAccountName" Text false,
        BillingCurrency "BillingCurrency" Text true,
        BillingPeriodStart "BillingPeriodStart" Time true,
        BillingPeriodEnd "BillingPeriodEnd" Time true,
        ChargePeriodStart "ChargePeriodStart" Time true,
        ChargePeriodEnd "ChargePeriodEnd" Time true,
        ChargeCategory "ChargeCategory" Text true,
        ChargeClass "ChargeClass" Text true,
        ChargeDescription "ChargeDescription" Text true,
        ChargeFrequency "ChargeFrequency" Text true,
        CommitmentDiscountId "CommitmentDiscountId" Text true,
        CommitmentDiscountType "CommitmentDiscountType" Text false,
        CommitmentDiscountCategory "CommitmentDiscountCategory" Text false,
        ConsumedQuantity "ConsumedQuantity" Number true,
        ConsumedUnit "ConsumedUnit" Text true,
        InvoiceId "InvoiceId" Text true,
        InvoiceIssuerName "InvoiceIssuerName" Text true,
        ProviderName "ProviderName" Text true,
        PublisherName "PublisherName" Text true,
        ServiceProviderName "ServiceProviderName" Text true,
        HostProviderName "HostProviderName" Text true,
        PricingQuantity "PricingQuantity" Number true,
        PricingUnit "PricingUnit" Text true,
        RegionId "RegionId" Text true,
        ResourceId "ResourceId" Text true,
        ServiceCategory "ServiceCategory" Text true,
        ServiceName "ServiceName" Text true,
        SkuId "SkuId" Text true,
        SkuPriceId "SkuPriceId" Text true,
        Tags "Tags" Text true,
    }
}

columns! {
    /// The native bill. Every column identifies a line, also those not named here.
    NATIVE Native {
        BillCycle "bill_cycle" Text true,
        CustomerAccount "customer_account" Text true,
        CustomerId "customer_id" Text true,
        CustomerName "customer_name" Text true,
        Provider "provider" Text true,
        ConsumeTime "consume_time" Time true,
        ChargingMode "charging_mode" Text true,
        BillDetailType "bill_detail_type" Text true,
        ProductId "product_id" Text true,
        ProductName "product_name" Text true,
        ServiceTypeCode "service_type_code" Text true,
        RegionCode "region_code" Text true,
        OfficialAmount "official_amount" Number true,
        OfficialDiscountAmount "official_discount_amount" Number true,
        TruncatedAmount "truncated_amount" Number true,
        PaymentAmount "payment_amount" Number true,
        CashAmount "cash_amount" Number true,
        CreditAmount "credit_amount" Number true,
        CouponAmount "coupon_amount" Number true,
        FlexipurchaseCouponAmount "flexipurchase_coupon_amount" Number true,
        StoredValueCardAmount "stored_value_card_amount" Number true,
        BonusAmount "bonus_amount" Number true,
        DebtAmount "debt_amount" Number true,
        WriteoffAmount "writeoff_amount" Number true,
        Currency "currency" Text true,
        TradeId "trade_id" Text true,
        Id "id" Text true,
        CorrectsId "corrects_id" Text true,
        ServicePartner "service_partner" Text true,
        Settled "settled" Text true,
        Tax "tax" Text true,
    }
}

/// Columns without which no row can be understood; each entry lists names of which one is enough.
pub(super) const FOCUS_REQUIRED: &[&[Focus]] = &[
    &[Focus::BilledCost],
    &[Focus::BillingCurrency],
    &[Focus::ChargeCategory],
    &[Focus::ChargePeriodStart],
    &[Focus::ServiceName],
    &[Focus::SubAccountId, Focus::BillingAccountId],
    &[Focus::ProviderName, Focus::ServiceProviderName, Focus::HostProviderName],
];

/// As [`FOCUS_REQUIRED`], for the native bill. Absent parts of the payment are zero, and the identities
/// of the amounts find out when that is not true.
pub(super) const NATIVE_REQUIRED: &[&[Native]] = &[
    &[Native::BillCycle],
    &[Native::CustomerAccount, Native::CustomerId],
    &[Native::ConsumeTime],
    &[Native::ChargingMode],
    &[Native::BillDetailType],
    &[Native::ProductId],
    &[Native::OfficialAmount],
    &[Native::PaymentAmount],
    &[Native::Currency],
];
