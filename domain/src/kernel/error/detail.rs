//! PURE. What is wrong with a value, in Chinese: the rules that refusals name, by their English words.

/// Rules with holes, and the same in Chinese; holes are filled in their order. The first that fits is taken.
const RULES: &[(&str, &str)] = &[
    ("at most {} characters, all of them visible", "不超过 {} 个字符，且不得含不可见字符"),
    ("{} to {} characters, all of them visible", "{} 至 {} 个字符，且不得含不可见字符"),
    ("at most {} characters and no control characters", "不超过 {} 个字符，且不得含控制字符"),
    ("{} to {} characters and no control characters", "{} 至 {} 个字符，且不得含控制字符"),
    (
        "a name has {} to {} characters and no control characters",
        "名称须为 {} 至 {} 个字符，且不得含控制字符",
    ),
    ("a name has {} to {} characters", "名称须为 {} 至 {} 个字符"),
    ("a reason has at most {} characters", "原因不超过 {} 个字符"),
    ("at most {} names of {} to {} characters", "不超过 {} 项，每项 {} 至 {} 个字符"),
    ("{} to {} characters", "{} 至 {} 个字符"),
    ("at most {} characters", "不超过 {} 个字符"),
    ("at most {} bytes", "不超过 {} 字节"),
    ("at most {} offices", "不超过 {} 个代表处"),
    ("at most {} areas and {} members", "不超过 {} 个区域、{} 名人员"),
    ("{} to {} rows", "须为 {} 至 {} 行"),
    (
        "18 characters by GB 32100-2015, the last one checks the others",
        "须为符合 GB 32100-2015 的 18 位代码，末位为校验码",
    ),
    (
        "6 to 20 digits, a plus before them, spaces and hyphens between",
        "须为 6 至 20 位数字，可含前置加号、空格与连字符",
    ),
    ("an address such as name@example.com", "须为邮箱地址，如 name@example.com"),
    ("an address looks like name@example.com", "须为邮箱地址，如 name@example.com"),
    ("a language is en or zh-CN", "语言须为 en 或 zh-CN"),
    ("en or zh-CN", "须为 en 或 zh-CN"),
    ("true or false", "须为 true 或 false"),
    ("an amount of {} has at most {} decimals", "{} 金额最多 {} 位小数"),
    ("an amount from {} to {}", "金额须在 {} 至 {} 之间"),
    ("an amount is zero or above", "金额不得为负"),
    ("an amount, e.g. {}", "须为金额，如 {}"),
    ("amounts have a currency", "金额须有币种"),
    ("a currency, e.g. {}", "须为币种，如 {}"),
    ("a day, e.g. {}", "须为日期，如 {}"),
    ("an instant with its zone, e.g. {}", "须为带时区的时刻，如 {}"),
    ("not before {}, when it is signed", "不得早于签约日期 {}"),
    ("not before {}", "不得早于 {}"),
    ("not after {}", "不得晚于 {}"),
    (
        "a product family is {} to {} letters, digits, - and _, e.g. {}; {} for none",
        "产品类别须为 {} 至 {} 个字母、数字、- 或 _，如 {}；无则填 {}",
    ),
    ("what happened is needed", "须填写进展情况"),
    ("another than id", "须与 id 不同"),
    ("an office, a person, or both", "须填写代表处、人员或两者"),
    ("the same person twice", "同一人员重复"),
    ("the same office twice", "同一代表处重复"),
    ("a province, and a city or nothing, each area once", "须填写省份，可填城市，且区域不得重复"),
    ("the same one twice", "重复"),
    ("once, beside the other fields", "请只在外层填写一次"),
    ("the province of the city", "请填写该城市所属省份"),
    ("the code of an office; only a coordinator has none", "请填写代表处代码，仅协调人可为空"),
    ("who has the role, as tokens name it", "请填写担任该角色的人员（令牌 sub）"),
    ("{} columns, as the header has", "须与表头一致，为 {} 列"),
    ("in UTF-8", "须为 UTF-8 编码"),
    ("each column once; missing: {}; unknown: {}; known: {}", "每列一次；缺少：{}；未知：{}；可用：{}"),
    ("above zero, in multiples of {}", "须大于零，且为 {} 的整数倍"),
    ("at most {}", "不超过 {}"),
    ("{} to {}", "{} 至 {}"),
];

/// Beginning of a detail that names the row of a file; the fault follows.
const ROW: &str = "row ";

/// The rule in Chinese; what has no Chinese words stays as it is.
#[must_use]
pub(super) fn in_chinese(detail: &str) -> String {
    if let Some((place, rule)) = detail.strip_prefix(ROW).and_then(|rest| rest.split_once(": ")) {
        let place = match place.split_once(", ") {
            Some((row, column)) => format!("第 {row} 行 {column}"),
            None => format!("第 {place} 行"),
        };
        return format!("{place}：{}", in_chinese(rule));
    }
    let fit = RULES.iter().find_map(|(english, chinese)| Some((holes(english, detail)?, chinese)));
    let Some((values, chinese)) = fit else { return detail.to_owned() };
    values.iter().fold((*chinese).to_owned(), |text, value| text.replacen("{}", value, 1))
}

/// The texts in the holes of a pattern, if the text is one of it.
fn holes<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() {
            rest.ends_with(part).then(|| rest.len() - part.len())?
        } else {
            rest.find(part)?
        };
        values.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    // What begins with a hole begins with a number: else it would take the words of others for one.
    let words = pattern.starts_with("{}") && values.first().is_some_and(|value| value.contains(' '));
    (rest.is_empty() && !words && values.iter().all(|value| !value.is_empty())).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_said_in_chinese_with_their_numbers() {
        for (english, chinese) in [
            ("at most 200 characters, all of them visible", "不超过 200 个字符，且不得含不可见字符"),
            ("1 to 64 characters, all of them visible", "1 至 64 个字符，且不得含不可见字符"),
            ("an amount of JPY has at most 0 decimals", "JPY 金额最多 0 位小数"),
            (
                "row 3, expected_sign_on: a day, e.g. 2027-03-01",
                "第 3 行 expected_sign_on：须为日期，如 2027-03-01",
            ),
            ("row 7: in UTF-8", "第 7 行：须为 UTF-8 编码"),
            ("row 7, columns: 3 columns, as the header has", "第 7 行 columns：须与表头一致，为 3 列"),
            ("0 to 100", "0 至 100"),
            ("something nobody translated", "something nobody translated"),
            ("", ""),
        ] {
            assert_eq!(in_chinese(english), chinese);
        }
    }

    #[test]
    fn every_rule_has_as_many_holes_in_both_languages_and_is_reached() {
        for (english, chinese) in RULES {
            assert_eq!(english.matches("{}").count(), chinese.matches("{}").count(), "{english}");
            let filled = english.replace("{}", "7");
            assert_eq!(
                in_chinese(&filled),
                chinese.replace("{}", "7"),
                "another rule comes before {english}"
            );
        }
    }
}
