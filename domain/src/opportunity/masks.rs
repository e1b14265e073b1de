//! PURE. Personal data made unreadable but recognisable, as the vendor's portal does it.

/// Digits of a phone number from which head and tail are shown: a mobile number of China has 11.
const LONG_PHONE: usize = 11;
/// Digits from which the tail is shown.
const SHORT_PHONE: usize = 7;

/// The first character of a name: `张*`. How long it is, is not shown.
#[must_use]
pub fn name(name: &str) -> String {
    name.trim().chars().next().map_or_else(String::new, |first| format!("{first}*"))
}

/// Head and tail of a long number, the tail of a short one: `138****5678`, `****78`. A number too short to hide in
/// shows nothing.
#[must_use]
pub fn phone(phone: &str) -> String {
    let all: Vec<char> = phone.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let text = |part: &[char]| part.iter().collect::<String>();
    match all.len() {
        0 => String::new(),
        n if n >= LONG_PHONE => format!("{}****{}", text(&all[..3]), text(&all[n - 4..])),
        n if n >= SHORT_PHONE => format!("****{}", text(&all[n - 2..])),
        _ => "****".to_owned(),
    }
}

/// The first character and the domain: `a***@example.com`. What is no address shows nothing.
#[must_use]
pub fn email(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        _ if email.trim().is_empty() => String::new(),
        Some((local, domain)) => {
            let first = local.chars().next().map_or_else(String::new, String::from);
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_phones_and_addresses_are_recognised_and_not_read() {
        for (full, masked) in [("张三", "张*"), ("欧阳娜娜", "欧*"), (" Jane Doe", "J*"), ("", ""), (" ", "")]
        {
            assert_eq!(name(full), masked, "{full}");
        }
        for (full, masked) in [
            ("13812345678", "138****5678"),
            ("138 1234-5678", "138****5678"),
            ("+8613812345678", "+86****5678"),
            ("62345678", "****78"),
            ("6234567", "****67"),
            ("110", "****"),
            ("", ""),
        ] {
            assert_eq!(phone(full), masked, "{full}");
        }
        for (full, masked) in [
            ("anna@example.com", "a***@example.com"),
            ("a@example.com", "a***@example.com"),
            ("\"a@b\"@example.com", "\"***@example.com"),
            ("张三@例子.中国", "张***@例子.中国"),
            ("@example.com", "***@example.com"),
            ("anna", "***"),
            ("", ""),
        ] {
            assert_eq!(email(full), masked, "{full}");
        }
    }
}
