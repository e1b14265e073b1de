//! Answers as a page shows them: `…` stands for what differs each time.

use serde_json::Value;

/// Places in which `actual` is not what `shown` says: a member that is not shown may be anything, a list of one entry stands
/// for a list of such entries.
pub(super) fn differences(shown: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(shown, actual, "", &mut found);
    found
}

fn compare(shown: &Value, actual: &Value, place: &str, found: &mut Vec<String>) {
    let fits = match (shown, actual) {
        (Value::Object(shown), Value::Object(actual)) => {
            for (name, value) in shown {
                let there = actual.get(name).unwrap_or(&Value::Null);
                compare(value, there, &format!("{place}.{name}"), found);
            }
            true
        }
        (Value::Array(shown), Value::Array(actual)) => match (shown.as_slice(), actual.as_slice()) {
            ([one], [_, ..]) => {
                for (index, value) in actual.iter().enumerate() {
                    compare(one, value, &format!("{place}[{index}]"), found);
                }
                true
            }
            (shown, actual) if shown.len() == actual.len() => {
                for (index, (shown, actual)) in shown.iter().zip(actual).enumerate() {
                    compare(shown, actual, &format!("{place}[{index}]"), found);
                }
                true
            }
            _ => false,
        },
        (Value::String(shown), Value::String(actual)) => text_fits(shown, actual),
        (Value::String(shown), actual) if shown == "…" => !actual.is_null(),
        (shown, actual) => shown == actual,
    };
    if !fits {
        found.push(format!("{place}: shown {shown}, answered {actual}"));
    }
}

/// Whether a text is the one that is shown.
pub(super) fn text_fits(shown: &str, actual: &str) -> bool {
    let mut parts = shown.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = actual.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_fits_what_is_shown_or_it_is_said_where_not() {
        let cases = [
            (json!({ "a": 1 }), json!({ "a": 1, "b": 2 }), 0),
            (json!({ "a": null }), json!({ "a": 1 }), 1),
            (json!({ "a": "partner_…" }), json!({ "a": "partner_01" }), 0),
            (json!({ "a": "partner_…" }), json!({ "a": "customer_01" }), 1),
            (json!({ "a": "…" }), json!({ "a": 7 }), 0),
            (json!({ "a": "…" }), json!({ "a": null }), 1),
            (json!({ "a": "…" }), json!({}), 1),
            (json!([{ "a": 1 }]), json!([{ "a": 1 }, { "a": 2 }]), 1),
            (json!([1]), json!([]), 1),
            (json!([]), json!([1]), 1),
            (json!([1, 2]), json!([1, 2]), 0),
            (json!([1, 2]), json!([1]), 1),
            (json!(5000), json!(5001), 1),
        ];
        for (shown, actual, count) in cases {
            let found = differences(&shown, &actual);
            assert_eq!(found.len(), count, "{shown} {actual} {found:?}");
        }
    }

    #[test]
    fn a_text_has_gaps_where_it_is_shown_with_gaps() {
        for (shown, actual, fits) in [
            ("a…c", "abc", true),
            ("a…c", "ac", true),
            ("a…c…e", "abcde", true),
            ("a…x…e", "abcde", false),
            ("a", "ab", false),
            ("…", "", true),
        ] {
            assert_eq!(text_fits(shown, actual), fits, "{shown} {actual}");
        }
    }
}
