//! PURE. Names of companies made comparable, in Chinese and English.

/// Endings that say what kind of company it is, normalised, longest first.
const LEGAL_FORMS: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "incorporated",
    "corporation",
    "有限公司",
    "limited",
    "集团",
    "公司",
    "coltd",
    "corp",
    "gmbh",
    "ltd",
    "llc",
    "inc",
    "co",
];

/// Letters and digits in one form: full width becomes half width, small letters, nothing else.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    name.chars().map(half).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A name without what does not tell companies apart: case, width, spaces, signs, the legal form at its end.
#[must_use]
pub fn key(name: &str) -> String {
    let plain = plain(name);
    if LEGAL_FORMS.contains(&plain.as_str()) {
        return plain;
    }
    let form = LEGAL_FORMS.iter().find_map(|form| plain.strip_suffix(form));
    form.unwrap_or(&plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_company_has_one_key() {
        let same = [
            ["Acme Cloud Co., Ltd.", "ACME  CLOUD Limited", "ａｃｍｅ cloud"],
            ["华东智造科技有限公司", "华东智造科技（有限公司）", "华东智造科技 股份有限公司"],
        ];
        for names in same {
            assert!(names.iter().all(|name| key(name) == key(names[0])), "{names:?}");
        }
    }

    #[test]
    fn a_name_that_is_only_a_legal_form_stays() {
        assert_eq!(key("Co."), "co");
        assert_eq!(key("有限公司"), "有限公司");
    }
}
