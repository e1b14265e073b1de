//! PURE. Formats of things that identify a customer or reach a person. How things that identify a customer or
//! reach a person are written.

/// Characters of a unified social credit code in the order of their values (GB 32100-2015): no I, O, S, V, Z.
const CREDIT_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters of a credit code.
const CREDIT_LENGTH: usize = 18;

/// Letters, digits and signs of full width in the usual one. A blank of full width becomes a blank.
#[must_use]
pub fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(half).collect()
}

/// `true` for characters that nobody sees and that make two texts look alike that are not: controls, spaces of no width, marks
/// that turn the direction of writing.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A credit code as it is kept: capital letters of usual width, no blanks.
#[must_use]
pub fn credit_code(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

/// The rule of a credit code, told to whoever wrote something else.
pub const CREDIT_CODE_RULE: &str = "18 characters by GB 32100-2015, the last one checks the others";

/// `true` if the check character of a unified social credit code is right (GB 32100-2015).
#[must_use]
pub fn is_credit_code(code: &str) -> bool {
    let value = |c: char| CREDIT_CHARACTERS.find(c);
    let Some(values) = code.chars().map(value).collect::<Option<Vec<_>>>() else { return false };
    if values.len() != CREDIT_LENGTH {
        return false;
    }
    let size = CREDIT_CHARACTERS.len();
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..CREDIT_LENGTH - 1] {
        sum += value * weight;
        weight = weight * 3 % size;
    }
    values[CREDIT_LENGTH - 1] == (size - sum % size) % size
}

/// `true` for a telephone number: 6 to 20 digits, a plus before them, spaces and hyphens between.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let known = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    known && (6..=20).contains(&digits.chars().filter(char::is_ascii_digit).count())
}

/// `true` for what can be an address of mail: something, an at sign, a host with a dot.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let visible = text.len() <= 254 && text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let dotted = host.split('.').all(|label| !label.is_empty()) && host.contains('.');
    visible && !name.is_empty() && !name.contains('@') && dotted
}

/// Whether `text` is what was shown in the place of another: such a text was read, and is nothing to be kept. PURE.
#[must_use]
pub fn is_mask(text: &str) -> bool {
    text.contains(['*', '＊', '•', '●', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_code_has_18_characters_and_the_right_last_one() {
        for good in ["91350100M000100Y43", "91330106673959654P", "9144030071526726XG"] {
            assert!(is_credit_code(good), "{good}");
        }
        for bad in ["", "91350100M000100Y4", "91350100M000100Y44", "91350100m000100y43", "91350100I000100Y43"]
        {
            assert!(!is_credit_code(bad), "{bad}");
        }
    }

    #[test]
    fn telephone_numbers_have_digits_and_addresses_an_at_sign() {
        for good in ["13812345678", "+86 138-1234-5678", "021-12345678"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "12345", "1381234567a", "++8613812345678", "1380000000000000000000"] {
            assert!(!is_phone(bad), "{bad}");
        }
        for good in ["a@b.cn", "first.last@host.example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.cn", "a@b..cn", "a b@c.cn", "a@b@c.cn"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
