//! PURE. Texts that mean the same, written in the same way: one normal form, spaces that a person sees, nothing
//! that nobody sees.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// A text as it is compared and kept: in Unicode normal form C, spaces of every kind as plain ones, without
/// characters of no width, and without blanks around it. Plain ASCII is only trimmed, and nothing is allocated
/// for a text that is right already.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(trimmed(text));
    }
    if is_nfc(text) && !text.chars().any(|c| is_space(c) || is_unseen(c)) {
        return Cow::Borrowed(trimmed(text));
    }
    let seen = text.chars().filter(|c| !is_unseen(*c));
    let clean: String = seen.map(|c| if is_space(c) { ' ' } else { c }).nfc().collect();
    let inner = trimmed(&clean);
    if inner.len() == clean.len() { Cow::Owned(clean) } else { Cow::Owned(inner.to_owned()) }
}

/// As [`clean`], of a text that is owned.
#[must_use]
pub fn cleaned(text: String) -> String {
    match clean(&text) {
        Cow::Borrowed(same) if same.len() == text.len() => text,
        other => other.into_owned(),
    }
}

/// The text without ASCII blanks around it.
#[inline]
#[must_use]
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        // All that is trimmed is at most a blank.
        [first, .., last] if *first > b' ' && *last > b' ' => text,
        _ => text.trim_ascii(),
    }
}

/// Spaces that look like the plain one: those that do not break, of a fixed width, of full width.
const fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Characters of no width that carry no meaning in a name or a number: soft hyphens, spaces of no width, marks of
/// byte order and of direction. Joiners stay: some scripts need them.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_name_in_two_normal_forms_and_with_spaces_nobody_sees_is_one_name() {
        for written in [
            "café",
            "cafe\u{301}",
            "café\u{a0}",
            "\u{feff}café",
            "ca\u{200b}fé",
            " café\u{3000}",
            "ca\u{ad}fé\t",
        ] {
            assert_eq!(clean(written), "café", "{written:?}");
        }
        assert_eq!(clean("a\u{a0}b\u{2009}c"), "a b c");
        assert_eq!(clean("\u{ff56}\u{ff4d}"), "\u{ff56}\u{ff4d}", "letters of full width are other letters");
        assert_eq!(clean("\u{200b}"), "");
    }

    #[test]
    fn what_is_right_already_is_borrowed() {
        for right in ["vm", " vm ", "café", "虚拟机"] {
            assert!(matches!(clean(right), Cow::Borrowed(_)), "{right}");
        }
        assert_eq!(cleaned("vm ".to_owned()), "vm");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
        }
    }
}
