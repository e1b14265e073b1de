//! ISO 4217 currency codes with their minor units.

use std::fmt;
use std::str::FromStr;

use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value, sea_query};
use serde::{Deserialize, Serialize};

/// A currency in active use, by its ISO 4217 alphabetic code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is no ISO 4217 code in active use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 4217 currency code")]
pub struct NotACurrency;

/// Codes with two decimals, the rule.
const TWO: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY \
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR \
JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO \
NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB \
TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
/// Codes without decimals.
const ZERO: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Codes with three decimals.
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";

fn lists(table: &str, code: &str) -> bool {
    table.as_bytes().chunks(4).any(|c| &c[..3] == code.as_bytes())
}

impl Currency {
    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Constructed only from ASCII letters.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimals of the currency: 2 for USD and CNY, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn minor_digits(&self) -> u32 {
        if lists(ZERO, self.as_str()) {
            0
        } else if lists(THREE, self.as_str()) {
            3
        } else {
            2
        }
    }

    /// `micros` as a plain decimal with at least the currency's decimals and no rounding.
    #[must_use]
    pub fn text(&self, micros: i64) -> String {
        const UNIT: u64 = 1_000_000;
        let sign = if micros < 0 { "-" } else { "" };
        let (whole, part) = (micros.unsigned_abs() / UNIT, micros.unsigned_abs() % UNIT);
        let part = format!("{part:06}");
        let least = usize::try_from(self.minor_digits()).unwrap_or(2);
        let digits = part.trim_end_matches('0').len().max(least);
        if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", &part[..digits]) }
    }

    /// Micros in the currency's smallest unit: 10 000 for USD (one cent).
    #[must_use]
    pub fn minor_unit_micros(&self) -> i64 {
        10_i64.pow(6 - self.minor_digits())
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let bytes: [u8; 3] = text.as_bytes().try_into().map_err(|_| NotACurrency)?;
        if !bytes.iter().all(u8::is_ascii_uppercase) || ![TWO, ZERO, THREE].iter().any(|t| lists(t, text)) {
            return Err(NotACurrency);
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;

    fn try_from(text: String) -> Result<Self, NotACurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(c: Currency) -> Self {
        c.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Currency> for Value {
    fn from(c: Currency) -> Self {
        Self::String(Some(c.as_str().to_owned()))
    }
}

impl TryGetable for Currency {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let text = String::try_get_by(row, index)?;
        text.parse().map_err(|_| TryGetError::DbErr(DbErr::Type(format!("unknown currency {text}"))))
    }
}

impl sea_query::ValueType for Currency {
    fn try_from(value: Value) -> Result<Self, sea_query::ValueTypeErr> {
        <String as sea_query::ValueType>::try_from(value)?.parse().map_err(|_| sea_query::ValueTypeErr)
    }

    fn type_name() -> String {
        "Currency".to_owned()
    }

    fn array_type() -> sea_query::ArrayType {
        sea_query::ArrayType::String
    }

    fn column_type() -> sea_query::ColumnType {
        sea_query::ColumnType::Text
    }
}

impl sea_query::Nullable for Currency {
    fn null() -> Value {
        Value::String(None)
    }
}

impl sea_orm::TryFromU64 for Currency {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("a currency is never generated"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_codes_and_their_decimals() {
        for (code, digits) in [("USD", 2), ("CNY", 2), ("JPY", 0), ("KWD", 3), ("ZWG", 2), ("XPF", 0)] {
            assert_eq!(code.parse::<Currency>().map(|c| c.minor_digits()), Ok(digits), "{code}");
        }
        for bad in ["usd", "XXX", "US", "", "USDT", "DAE", "D A"] {
            assert_eq!(bad.parse::<Currency>(), Err(NotACurrency), "{bad}");
        }
    }
}
