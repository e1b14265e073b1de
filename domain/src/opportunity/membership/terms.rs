//! PURE. The terms a partner accepts before it shares opportunities: its commitments, each ticked by itself.
//! The terms a partner accepts before it shares opportunities: what it commits itself to, each ticked by
//! itself.

use serde::{Deserialize, Serialize};

use crate::kernel::lang::Lang;

/// The version of the terms that is accepted now: it changes with their texts.
pub const CURRENT: &str = "2026-1";

macro_rules! commitments {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $en:literal, $zh:literal;)+) => {
        entity::listed! {
            /// A commitment of the terms; a partner ticks each one when it joins.
            Commitment as "PceCommitment"; [derive(PartialOrd, Ord, Serialize, Deserialize)] {
                $($(#[doc = $doc])+ $name [serde(rename = $text)] = $text,)+
            }
        }

        impl Commitment {
            /// Text of the commitment, as the partner reads it.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::En) => $en, (Self::$name, Lang::ZhCn) => $zh,)+ }
            }
        }
    };
}

commitments! {
    /// The partner shares only opportunities that are real.
    RealOpportunities = "REAL_OPPORTUNITIES",
        "We share only definite needs that we worked out with the customer: no public tenders, hearsay or guesses.",
        "我方仅分享经与客户真实沟通确认的项目需求，不提交公开招标、道听途说或推测的信息。";
    /// The customer agrees to the sharing of its data.
    CustomerConsent = "CUSTOMER_CONSENT",
        "We share a customer's personal data and commercial secrets only with the customer's consent.",
        "我方仅在客户同意的前提下分享其个人数据与商业秘密。";
    /// Whatever the vendor shares stays between both.
    Confidentiality = "CONFIDENTIALITY",
        "We use what the vendor shares with us for the opportunity alone and tell it to nobody else.",
        "云厂商分享的信息仅用于该机会点，我方不向任何第三方披露。";
    /// The partner reports progress until delivery is complete.
    RegularProgress = "REGULAR_PROGRESS",
        "We keep the progress of what we share and accept up to date until delivery is complete.",
        "对于分享和接受的机会点，我方将持续更新进展直至交付完成。";
}

/// Those of `ticked` that are missing. PURE.
#[must_use]
pub fn missing(ticked: &[Commitment]) -> Vec<Commitment> {
    Commitment::ALL.iter().copied().filter(|commitment| !ticked.contains(commitment)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commitment_has_to_be_ticked() {
        assert_eq!(missing(Commitment::ALL), []);
        for left_out in Commitment::ALL {
            let ticked: Vec<_> = Commitment::ALL.iter().copied().filter(|c| c != left_out).collect();
            assert_eq!(missing(&ticked), [*left_out]);
        }
        assert_eq!(missing(&[]), Commitment::ALL);
    }
}
