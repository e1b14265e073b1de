//! The columns this product reads, by format.

/// What the values of a column are, for the identity of a line: the same number or time written
/// differently is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Time,
    Text,
}

/// Part of a column in which charge a line is, and with what it says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of the natural key: lines that differ in it are different charges.
    Key,
    /// Part of the natural key that says by itself what was charged for.
    Names,
    /// The service: part of the key only of lines on which nothing else says what was charged for, since it is a
    /// name that may change.
    Service,
    /// Part of what the line says of the charge: where it differs, the charge has a new version.
    Fact,
    /// Neither: a name, a label, or what is filled in later.
    Beside,
}

/// A known column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) role: Role,
}

macro_rules! columns {
    ($(#[$doc:meta])* $table:ident $name:ident { $($column:ident $text:literal $kind:ident $role:ident,)+ }) => {
        $(#[$doc])*
        // Columns that only identify a line are named by no rule.
        #[allow(dead_code)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($column,)+ }

        pub(super) const $table: &[Known] =
            &[$(Known { name: $text, kind: Kind::$kind, role: Role::$role },)+];

        impl From<$name> for usize {
            fn from(column: $name) -> Self { column as Self }
        }
    };
}

columns! {
    /// FOCUS cost and usage, 1.0 to 1.3. The natural key of a charge never has what is filled in later (the invoice)
    /// or described at will (names, tags).
    FOCUS Focus {
        BilledCost "BilledCost" Number Fact,
        ListCost "ListCost" Number Fact,
        BillingAccountId "BillingAccountId" Text Key,
        BillingAccountName "BillingAccountName" Text Beside,
        SubAccountId "SubAccountId" Text Key,
        SubAccountName "SubAccountName" Text Beside,
        BillingCurrency "BillingCurrency" Text Key,
        BillingPeriodStart "BillingPeriodStart" Time Key,
        ChargePeriodStart "ChargePeriodStart" Time Key,
        ChargePeriodEnd "ChargePeriodEnd" Time Key,
        ChargeCategory "ChargeCategory" Text Key,
        ChargeClass "ChargeClass" Text Key,
        ChargeDescription "ChargeDescription" Text Key,
        ChargeFrequency "ChargeFrequency" Text Fact,
        CommitmentDiscountId "CommitmentDiscountId" Text Key,
        CommitmentDiscountType "CommitmentDiscountType" Text Fact,
        CommitmentDiscountCategory "CommitmentDiscountCategory" Text Fact,
        InvoiceId "InvoiceId" Text Beside,
        InvoiceDetailId "InvoiceDetailId" Text Beside,
        InvoiceIssuerName "InvoiceIssuerName" Text Fact,
        ProviderName "ProviderName" Text Fact,
        PublisherName "PublisherName" Text Fact,
        ServiceProviderName "ServiceProviderName" Text Fact,
        HostProviderName "HostProviderName" Text Fact,
        PricingCategory "PricingCategory" Text Key,
        AvailabilityZone "AvailabilityZone" Text Key,
        RegionId "RegionId" Text Key,
        ResourceId "ResourceId" Text Names,
        AllocatedResourceId "AllocatedResourceId" Text Names,
        ServiceCategory "ServiceCategory" Text Fact,
        ServiceName "ServiceName" Text Service,
        SkuId "SkuId" Text Names,
        SkuPriceId "SkuPriceId" Text Names,
        SkuMeter "SkuMeter" Text Key,
        MarketplaceSeller "x_MarketplaceSeller" Text Fact,
    }
}

columns! {
    /// The native bill. Other columns are part of the natural key too, unless their names say that they describe
    /// or measure ([`describes`]).
    NATIVE Native {
        BillCycle "bill_cycle" Text Key,
        CustomerAccount "customer_account" Text Key,
        CustomerId "customer_id" Text Key,
        CustomerName "customer_name" Text Beside,
        Provider "provider" Text Beside,
        ConsumeTime "consume_time" Time Key,
        ChargingMode "charging_mode" Text Key,
        BillDetailType "bill_detail_type" Text Key,
        ProductId "product_id" Text Key,
        ProductName "product_name" Text Beside,
        ServiceTypeCode "service_type_code" Text Fact,
        RegionCode "region_code" Text Key,
        OfficialAmount "official_amount" Number Fact,
        OfficialDiscountAmount "official_discount_amount" Number Fact,
        TruncatedAmount "truncated_amount" Number Fact,
        PaymentAmount "payment_amount" Number Fact,
        CashAmount "cash_amount" Number Fact,
        CreditAmount "credit_amount" Number Fact,
        CouponAmount "coupon_amount" Number Fact,
        FlexipurchaseCouponAmount "flexipurchase_coupon_amount" Number Fact,
        StoredValueCardAmount "stored_value_card_amount" Number Fact,
        BonusAmount "bonus_amount" Number Fact,
        DebtAmount "debt_amount" Number Fact,
        WriteoffAmount "writeoff_amount" Number Fact,
        Currency "currency" Text Key,
        TradeId "trade_id" Text Beside,
        Id "id" Text Beside,
        CorrectsId "corrects_id" Text Key,
        ServicePartner "service_partner" Text Fact,
        Settled "settled" Text Beside,
        Tax "tax" Text Key,
    }
}

/// Words in the names of native columns that describe, measure or say how things stand: such columns are filled in
/// or change later, and tell no charges apart.
const DESCRIBING: &[&str] = &[
    "name", "desc", "tag", "label", "remark", "comment", "status", "state", "amount", "price", "usage",
    "updated",
];

/// `true` for a native column that is not known and is no part of the natural key: a private or a describing one.
pub(super) fn describes(name: &str) -> bool {
    name.starts_with("x_") || name.split('_').any(|part| DESCRIBING.iter().any(|word| part.starts_with(word)))
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
