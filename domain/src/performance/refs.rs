//! Opaque ids of lines and payments: their keys, written as text. They need no column and no index.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::{
    AssociationMode, ChargingMode, CloudAccountId, Columns, CustomerId, Month, PartnerId, ProductId, Reason,
    Timestamp,
};

use super::line::LineKey;

/// A text that is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reference of this kind")]
pub struct NotARef;

/// One performance line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Columns)]
#[columns(table = "performance_line")]
pub struct LineRef {
    /// The month it is posted in.
    pub month: Month,
    /// The customer.
    pub customer_id: CustomerId,
    /// What it is about.
    #[columns(row)]
    pub key: LineKey,
}

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentRef {
    /// The month it belongs to.
    pub month: Month,
    /// The account.
    pub account_id: CloudAccountId,
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: [u8; 16],
    /// Number among equal rows.
    pub occurrence: i32,
}

/// Reads numbers off the front of bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], NotARef> {
        let (now, rest) = self.0.split_first_chunk::<N>().ok_or(NotARef)?;
        self.0 = rest;
        Ok(*now)
    }

    fn long(&mut self) -> Result<i64, NotARef> {
        self.take().map(i64::from_be_bytes)
    }

    fn int(&mut self) -> Result<i32, NotARef> {
        self.take().map(i32::from_be_bytes)
    }

    fn month(&mut self) -> Result<Month, NotARef> {
        let month = Month(self.int()?);
        Month::new(month.year(), month.of_year()).map_err(|_| NotARef)
    }

    fn end(&self) -> Result<(), NotARef> {
        if self.0.is_empty() { Ok(()) } else { Err(NotARef) }
    }
}

fn bytes(prefix: &str, text: &str) -> Result<Vec<u8>, NotARef> {
    let text = text.strip_prefix(prefix).ok_or(NotARef)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| NotARef)
}

impl fmt::Display for LineRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        let mut bytes = Vec::with_capacity(50);
        bytes.extend(self.month.0.to_be_bytes());
        bytes.extend(key.origin_month.0.to_be_bytes());
        for id in [self.customer_id.0, key.partner_id.0, key.bill_to_id.0, key.product_id.0] {
            bytes.extend(id.to_be_bytes());
        }
        for code in [key.mode.map_or(0, AssociationMode::code), key.charging_mode.code(), key.reason.code()] {
            bytes.extend(code.to_be_bytes());
        }
        bytes.extend(key.currency.as_str().as_bytes());
        write!(f, "line_{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for LineRef {
    type Err = NotARef;

    fn from_str(text: &str) -> Result<Self, NotARef> {
        let bytes = bytes("line_", text)?;
        let mut reader = Reader(&bytes);
        let (month, origin_month) = (reader.month()?, reader.month()?);
        let customer_id = CustomerId(reader.long()?);
        let (partner_id, bill_to_id) = (PartnerId(reader.long()?), PartnerId(reader.long()?));
        let product_id = ProductId(reader.long()?);
        let mode = AssociationMode::from_code(i16::from_be_bytes(reader.take()?));
        let charging_mode = ChargingMode::from_code(i16::from_be_bytes(reader.take()?)).ok_or(NotARef)?;
        let reason = Reason::from_code(i16::from_be_bytes(reader.take()?)).ok_or(NotARef)?;
        let currency =
            std::str::from_utf8(&reader.take::<3>()?).ok().and_then(|c| c.parse().ok()).ok_or(NotARef)?;
        reader.end()?;
        let key = LineKey {
            origin_month,
            partner_id,
            bill_to_id,
            mode,
            product_id,
            charging_mode,
            currency,
            reason,
        };
        Ok(Self { month, customer_id, key })
    }
}

impl fmt::Display for PaymentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(40);
        bytes.extend(self.month.0.to_be_bytes());
        bytes.extend(self.account_id.0.to_be_bytes());
        bytes.extend(self.consumed_at.0.to_be_bytes());
        bytes.extend(self.fingerprint);
        bytes.extend(self.occurrence.to_be_bytes());
        write!(f, "payment_{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for PaymentRef {
    type Err = NotARef;

    fn from_str(text: &str) -> Result<Self, NotARef> {
        let bytes = bytes("payment_", text)?;
        let mut reader = Reader(&bytes);
        let payment = Self {
            month: reader.month()?,
            account_id: CloudAccountId(reader.long()?),
            consumed_at: Timestamp(reader.long()?),
            fingerprint: reader.take()?,
            occurrence: reader.int()?,
        };
        reader.end()?;
        Ok(payment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn references_read_back_from_their_text(a: i64, b: i64, c: i64, fingerprint: [u8; 16], occurrence: i32) {
            let payment = PaymentRef {
                month: Month(202_609), account_id: CloudAccountId(a), consumed_at: Timestamp(b), fingerprint, occurrence,
            };
            prop_assert_eq!(payment.to_string().parse(), Ok(payment));
            let key = LineKey {
                origin_month: Month(202_608), partner_id: PartnerId(a), bill_to_id: PartnerId(b), mode: None,
                product_id: ProductId(c), charging_mode: ChargingMode::PayPerUse,
                currency: "CNY".parse().unwrap(), reason: Reason::NoPartner,
            };
            let line = LineRef { month: Month(202_609), customer_id: CustomerId(c), key };
            prop_assert_eq!(line.to_string().parse(), Ok(line));
        }

        #[test]
        fn no_text_panics(text in "(line_|payment_)?[A-Za-z0-9_-]{0,90}") {
            let _ = text.parse::<LineRef>();
            let _ = text.parse::<PaymentRef>();
        }
    }
}
