//! Records that cannot be taken in, and what to tell their owner.

use super::Lang;

/// A record that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// CSV: the physical line where the record starts (the header is line 1). Parquet: the row, from 1.
    pub line_no: u64,
    /// The column at fault, as the file writes it, where there is one.
    pub column: Option<String>,
    /// Why.
    pub code: RejectCode,
    /// The offending value or place, clipped to [`super::DETAIL_LIMIT`] bytes.
    pub detail: String,
    /// The record as it stands in the file, clipped to [`super::RAW_LIMIT`] bytes.
    pub raw: Vec<u8>,
}

impl Reject {
    /// The message for a person.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.code.message(lang, self.column.as_deref(), &self.detail)
    }
}

/// Declares the codes with their messages. `{c}` is the column, `{d}` the detail.
macro_rules! reject_codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $en:literal $zh:literal)+) => {
        /// Why a record is rejected.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RejectCode { $($(#[$doc])* $name,)+ }

        impl RejectCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code in receipts and APIs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The code of this name.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }

            const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::En) => $en, (Self::$name, Lang::ZhCn) => $zh,)+
                }
            }
        }
    };
}

reject_codes! {
    /// More or fewer fields than the header.
    WrongFieldCount "WRONG_FIELD_COUNT"
        "The record has {d} fields (found/expected). Quote values that contain commas or line breaks."
        "该记录的字段数为 {d}(实际/应有)。请用双引号括住含逗号或换行的值。"
    /// Bytes that are not UTF-8.
    InvalidUtf8 "INVALID_UTF8"
        "{c} is not valid UTF-8. Export the file in UTF-8."
        "{c} 不是有效的 UTF-8 文本。请以 UTF-8 编码导出文件。"
    /// A byte of value zero.
    NulByte "NUL_BYTE"
        "{c} contains a NUL byte. Remove it or export the file again."
        "{c} 含有空字节(NUL)。请删除该字节或重新导出文件。"
    /// A field above `FIELD_LIMIT`.
    FieldTooLarge "FIELD_TOO_LARGE"
        "{c} is larger than 1 MiB (line {d}). Shorten the value or check the file for damage."
        "{c} 超过 1 MiB(第 {d} 行)。请缩短该值或检查文件是否损坏。"
    /// A record above `RECORD_LIMIT`.
    RecordTooLarge "RECORD_TOO_LARGE"
        "The record is larger than 4 MiB (line {d}). Check the file for missing line ends."
        "该记录超过 4 MiB(第 {d} 行)。请检查文件是否缺少换行。"
    /// A quote that nothing closes.
    UnclosedQuote "UNCLOSED_QUOTE"
        "The quote that opens in {c} (line {d}) is not closed properly; the lines up to the next readable record are rejected with it. Close the quote, and double quotes inside a value."
        "{c} 处(第 {d} 行)的双引号未正确闭合,直至下一条可读记录之前的各行一并被拒绝。请补上双引号,值内的双引号须写两个。"
    /// A value that must be there is not.
    MissingValue "MISSING_VALUE"
        "{c} is empty. Fill in the value."
        "{c} 为空。请填写该值。"
    /// No account to book the payment on.
    MissingAccount "MISSING_ACCOUNT"
        "{c} is empty, so the payment belongs to no account. Fill in the account."
        "{c} 为空,无法确定所属账号。请填写账号。"
    /// A text above `TEXT_LIMIT`.
    TextTooLong "TEXT_TOO_LONG"
        "{c} is longer than 1024 bytes: \"{d}…\". Shorten the value."
        "{c} 超过 1024 字节:“{d}…”。请缩短该值。"
    /// Not a plain decimal number.
    BadNumber "BAD_NUMBER"
        "{c} is not a number: \"{d}\". Write digits with a decimal point and no separators, e.g. 1234.56."
        "{c} 不是数字:“{d}”。请只写数字和小数点,不要使用千位分隔符,例如 1234.56。"
    /// An amount above `AMOUNT_LIMIT`.
    NumberTooLarge "NUMBER_TOO_LARGE"
        "{c} is beyond 1,000,000,000,000 units: {d}. Check the amount."
        "{c} 超出 1,000,000,000,000 个货币单位:{d}。请检查金额。"
    /// More than 36 decimals.
    TooManyDecimals "TOO_MANY_DECIMALS"
        "{c} has more than 36 decimals: {d}. Round the amount at its source."
        "{c} 的小数超过 36 位:{d}。请在来源处舍入金额。"
    /// Not a date and time that exists.
    BadDate "BAD_DATE"
        "{c} is not a date and time that exists: \"{d}\". Write e.g. 2026-08-01T00:00:00Z."
        "{c} 不是有效的日期时间:“{d}”。请按 2026-08-01T00:00:00Z 的格式填写。"
    /// Not a month.
    BadMonth "BAD_MONTH"
        "{c} is not a month: \"{d}\". Write YYYY-MM, from 2000-01 to 2099-12."
        "{c} 不是有效月份:“{d}”。请按 YYYY-MM 填写,范围 2000-01 至 2099-12。"
    /// A date outside 2000–2099.
    MonthOutOfRange "MONTH_OUT_OF_RANGE"
        "{c} lies outside 2000-01 to 2099-12: {d}. Check the date."
        "{c} 不在 2000-01 至 2099-12 范围内:{d}。请检查日期。"
    /// Not an ISO 4217 code.
    UnknownCurrency "UNKNOWN_CURRENCY"
        "{c} is not an ISO 4217 currency code in use: \"{d}\". Write e.g. USD or CNY."
        "{c} 不是有效的 ISO 4217 货币代码:“{d}”。请填写如 USD、CNY。"
    /// Not a charge category of FOCUS.
    UnknownCategory "UNKNOWN_CATEGORY"
        "{c} is not a charge category: \"{d}\". Allowed are Usage, Purchase, Credit, Adjustment and Tax."
        "{c} 不是有效的费用类别:“{d}”。可用值为 Usage、Purchase、Credit、Adjustment、Tax。"
    /// A code the vendor's interface does not have.
    UnknownCode "UNKNOWN_CODE"
        "{c} has an unknown code: \"{d}\". See the list of codes of the bill interface."
        "{c} 的代码未知:“{d}”。请参阅账单接口的代码表。"
    /// Neither true nor false.
    BadFlag "BAD_FLAG"
        "{c} is neither true nor false: \"{d}\"."
        "{c} 既不是 true 也不是 false:“{d}”。请填写 true 或 false。"
    /// The amounts of the row contradict each other.
    AmountIdentity "AMOUNT_IDENTITY"
        "The amounts do not add up: {d}. Correct {c}."
        "金额不平衡:{d}。请更正 {c}。"
    /// One invoice in two currencies; found by whoever knows the other rows.
    InvoiceCurrency "INVOICE_CURRENCY"
        "{c}: the invoice {d} already has lines in another currency. An invoice has one currency; split it."
        "{c}:发票 {d} 已有其他货币的明细。一张发票只能使用一种货币,请拆分。"
}

impl RejectCode {
    /// The message for a person: the place, what is wrong, and the cure.
    #[must_use]
    pub fn message(self, lang: Lang, column: Option<&str>, detail: &str) -> String {
        let place = match (column, lang) {
            (Some(name), Lang::En) => format!("Column {name}"),
            (Some(name), Lang::ZhCn) => format!("列 {name}"),
            (None, Lang::En) => "The record".to_owned(),
            (None, Lang::ZhCn) => "该记录".to_owned(),
        };
        fill(self.template(lang), &place, detail)
    }
}

/// Puts the texts in in one pass, so that braces inside a value stay what they are.
fn fill(template: &str, place: &str, detail: &str) -> String {
    let mut text = String::with_capacity(template.len() + place.len() + detail.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        text.push_str(if rest[at..].starts_with("{c}") { place } else { detail });
        rest = rest.get(at + 3..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_message_in_both_languages() {
        for code in RejectCode::ALL {
            assert_eq!(RejectCode::from_code(code.code()), Some(*code));
            for lang in [Lang::En, Lang::ZhCn] {
                let text = code.message(lang, Some("BilledCost"), "x{c}y");
                assert!(!text.contains("{d}"), "{text}");
                assert_eq!(text.matches("{c}").count(), code.template(lang).matches("{d}").count(), "{text}");
                assert!(text.ends_with(['.', '。']), "{text}");
            }
        }
    }

    #[test]
    fn a_message_names_the_place_and_the_cure() {
        assert_eq!(
            RejectCode::BadNumber.message(Lang::En, Some("BilledCost"), "1,234.56"),
            "Column BilledCost is not a number: \"1,234.56\". Write digits with a decimal point and no separators, e.g. 1234.56."
        );
        assert_eq!(
            RejectCode::MissingValue.message(Lang::ZhCn, Some("product_id"), ""),
            "列 product_id 为空。请填写该值。"
        );
    }
}
