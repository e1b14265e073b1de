//! The integer inside a typed id, and what it names.

use domain::reading::Noun;

/// An id that rows name each other by.
pub(crate) trait Named {
    /// The noun that such an id names.
    const NOUN: Noun;

    /// The key inside the id.
    fn key(self) -> i64;
}

macro_rules! named {
    ($($noun:ident: $($id:ident)+;)+) => {$($(
        impl Named for entity::$id {
            const NOUN: Noun = Noun::$noun;

            fn key(self) -> i64 { self.0 }
        }
    )+)+};
}
named! {
    Partner: PartnerId;
    Customer: CustomerId;
    Account: CloudAccountId;
    Invoice: InvoiceId;
    Vendors: ImportId RunId OfficeId;
    // Everybody's, or of the partner whose row names them.
    Rows: ProductId IncentivePolicyId IncentiveBillId PaymentRequestId PartnerInvoiceId EventId SettlementBillId
        OpportunityId OfferingId;
}
