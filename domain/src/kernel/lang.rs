//! The languages people read, and the choice of one for a request. PURE. PURE.

/// A language every message exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English, also the answer to every language we do not speak.
    #[default]
    En,
    /// Simplified Chinese (`zh-CN`), the language of the vendor's home.
    ZhCn,
}

impl Lang {
    /// The language tag (BCP 47), as it stands in `Content-Language`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The best of our languages for an `Accept-Language` header: the highest weight wins, the
    /// first one named breaks a tie, `*` means English, and anything else falls back to English.
    #[must_use]
    pub fn pick(accept_language: &str) -> Self {
        let mut best = (0, Self::En);
        for range in accept_language.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(lang) = parts.next().and_then(Self::from_tag) else { continue };
            let weight = parts.find_map(|p| p.strip_prefix("q=")).map_or(1000, thousandths);
            if weight > best.0 {
                best = (weight, lang);
            }
        }
        best.1
    }

    fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        match tag.split('-').next().unwrap_or_default() {
            "zh" => Some(Self::ZhCn),
            "en" | "*" => Some(Self::En),
            _ => None,
        }
    }
}

/// A weight such as `0.8` in thousandths; a malformed one counts as 0.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    match (whole, format!("{fraction:0<3}").parse()) {
        ("0", Ok(part)) => part,
        ("1", Ok(_)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Lang::{En, ZhCn};
    use super::*;

    #[test]
    fn the_highest_weight_wins_and_the_first_named_breaks_a_tie() {
        let cases = [
            ("", En),
            ("zh-CN", ZhCn),
            ("zh", ZhCn),
            ("zh-Hans-CN,en;q=0.9", ZhCn),
            ("en,zh", En),
            ("en;q=0.5, zh-CN;q=0.8", ZhCn),
            ("fr, zh;q=0.1", ZhCn),
            ("fr", En),
            ("zh;q=0", En),
            ("zh;q=nonsense", En),
            ("*;q=0.5,zh;q=0.4", En),
            ("ZH-cn;q=1.0", ZhCn),
        ];
        for (header, expected) in cases {
            assert_eq!(Lang::pick(header), expected, "{header}");
        }
    }
}
