//! Typed ids. Inside: a 63-bit integer key. Outside: TypeID text, a prefix and a `UUIDv7`.
//!
//! The integer is 41 bits of milliseconds since 2020-01-01 and 22 bits of sequence, so it maps
//! one to one onto a `UUIDv7` (the same instant, the sequence in the random field, zeros after).
//! Tables keep short, append-friendly integer keys; clients see standard, sortable ids.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// Milliseconds from the Unix epoch to 2020-01-01T00:00:00Z.
pub const ID_EPOCH_MS: i64 = 1_577_836_800_000;
/// Bits of sequence below the milliseconds.
pub const SEQUENCE_BITS: u32 = 22;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A text that is no id of the wanted type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this type")]
pub struct NotAnId;

fn to_uuid(key: i64) -> u128 {
    #[allow(clippy::cast_sign_loss)]
    let key = key as u64;
    let ms = u128::from((key >> SEQUENCE_BITS) + ID_EPOCH_MS.unsigned_abs());
    let sequence = u128::from(key & ((1 << SEQUENCE_BITS) - 1));
    let rand_a = sequence >> 10;
    let rand_b = (sequence & 0x3ff) << 52;
    (ms << 80) | (0x7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b
}

fn from_uuid(uuid: u128) -> Option<i64> {
    let ms = i64::try_from(uuid >> 80).ok()?.checked_sub(ID_EPOCH_MS)?;
    let sequence = i64::try_from(((uuid >> 64) & 0xfff) << 10 | ((uuid >> 52) & 0x3ff)).ok()?;
    if !(0..1 << 41).contains(&ms) {
        return None;
    }
    let key = ms << SEQUENCE_BITS | sequence;
    // Version, variant and the zero bits must be exactly ours.
    (to_uuid(key) == uuid).then_some(key)
}

/// Writes `key` as TypeID text with `prefix`.
#[must_use]
pub fn encode(prefix: &str, key: i64) -> String {
    let uuid = to_uuid(key);
    let mut text = String::with_capacity(prefix.len() + 27);
    text.push_str(prefix);
    text.push('_');
    for i in (0..26).rev() {
        text.push(char::from(ALPHABET[(uuid >> (5 * i)) as usize & 31]));
    }
    text
}

/// Reads TypeID text of `prefix`; anything malformed is `NotAnId`.
pub fn decode(prefix: &str, text: &str) -> Result<i64, NotAnId> {
    let digits = text.strip_prefix(prefix).and_then(|t| t.strip_prefix('_')).ok_or(NotAnId)?;
    if digits.len() != 26 || digits.as_bytes()[0] > b'7' {
        return Err(NotAnId);
    }
    let mut uuid = 0_u128;
    for byte in digits.bytes() {
        let value = ALPHABET.iter().position(|a| *a == byte).ok_or(NotAnId)?;
        uuid = uuid << 5 | value as u128;
    }
    from_uuid(uuid).ok_or(NotAnId)
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
        pub struct $name(pub i64);

        impl $name {
            /// Prefix of such an id as text, before `_`.
            pub const PREFIX: &'static str = $prefix;
        }

        impl From<i64> for $name {
            fn from(key: i64) -> Self { Self(key) }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&encode($prefix, self.0)) }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> { decode($prefix, text).map(Self) }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

typed_ids! {
    /// A partner: solution provider, distributor or reseller.
    PartnerId = "partner",
    /// A period in which a reseller belongs to a distributor.
    DistributionLinkId = "link",
    /// An end customer.
    CustomerId = "customer",
    /// A period in which a customer is associated with a partner.
    AssociationId = "association",
    /// A customer's account at a cloud provider.
    CloudAccountId = "account",
    /// A product of a cloud provider.
    ProductId = "product",
    /// An invoice of the vendor to a customer.
    InvoiceId = "invoice",
    /// An import of a bill file.
    ImportId = "import",
    /// A settlement run.
    RunId = "run",
    /// A version of the incentive policy.
    IncentivePolicyId = "policy",
    /// An incentive bill.
    IncentiveBillId = "bill",
    /// Feedback of a partner on an incentive bill.
    BillFeedbackId = "feedback",
    /// An audit event.
    AuditEventId = "audit",
    /// An event that was recorded for messages and listeners.
    EventId = "event",
    /// A payment request.
    PaymentRequestId = "request",
    /// Incentive that a partner may request.
    EntitlementId = "entitlement",
    /// A withheld part of an incentive bill.
    FreezeId = "freeze",
    /// An invoice of a partner to the vendor.
    PartnerInvoiceId = "partnerinvoice",
    /// A line of the list of approvers.
    ApproverId = "approver",
    /// A deadline of a bill, request, opportunity or claim.
    DeadlineId = "deadline",
    /// A stored file.
    FileId = "file",
    /// A job that writes data out.
    ExportId = "export",
    /// A message to somebody.
    MessageId = "message",
    /// An order to the payout gateway.
    PayoutOrderId = "payout",
    /// A marketplace settlement bill.
    SettlementBillId = "settlement",
    /// Terms of the marketplace.
    TermsId = "terms",
    /// A name under which bills say that something is sold.
    SellerNameId = "sellername",
    /// A representative office of the vendor.
    OfficeId = "office",
    /// An offering of a partner.
    OfferingId = "offering",
    /// An opportunity, shared by either side.
    OpportunityId = "opportunity",
    /// A report of progress on an opportunity.
    ProgressId = "progress",
    /// A comment on an opportunity.
    CommentId = "comment",
    /// A policy of the incentive for opportunities.
    PcePolicyId = "pcepolicy",
    /// A claim of the incentive for an opportunity.
    PceClaimId = "claim",
    /// A view of opportunities that somebody keeps.
    ViewId = "view",
    /// The programme's own settings: there is one.
    ProgrammeId = "programme",
    /// The terms of payouts: there is one.
    PayoutTermsId = "payoutterms",
    /// A month of the programme, by its number.
    MonthId = "month",
    /// Facts about a partner's business, by the partner's key.
    BusinessId = "business",
    /// Wishes of a partner for its incentives, by the partner's key.
    PreferenceId = "preference",
    /// A partner's place in the frame of shared opportunities, by the partner's key.
    PceProfileId = "pceprofile",
    /// Facts about a customer, by the customer's key.
    CustomerProfileId = "profile",
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_key_reads_back_from_its_text(key in 0_i64..i64::MAX) {
            proptest::prop_assert_eq!(PartnerId(key).to_string().parse::<PartnerId>(), Ok(PartnerId(key)));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = decode("partner", &text);
        }
    }

    #[test]
    fn text_is_a_uuid_v7_with_the_ids_own_time() {
        let uuid = to_uuid(5 << SEQUENCE_BITS | 3);
        assert_eq!(uuid >> 80, 1_577_836_800_005);
        assert_eq!((uuid >> 76) & 0xf, 7);
        assert_eq!((uuid >> 62) & 0b11, 0b10);
    }

    #[test]
    fn foreign_and_malformed_texts_are_refused() {
        let good = PartnerId(77).to_string();
        assert!(good.parse::<CustomerId>().is_err());
        for bad in
            ["partner_", "partner", &good[..good.len() - 1], &good.to_uppercase(), &good.replace('7', "u")]
        {
            assert!(bad.parse::<PartnerId>().is_err() || bad == good, "{bad}");
        }
    }
}
