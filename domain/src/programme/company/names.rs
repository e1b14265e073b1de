//! PURE. Names of companies made comparable, in Chinese and English.

use super::formats::half_width;

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
    half_width(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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

/// Places that stand before or behind the name proper, normalised, longest first.
const PLACES: &str = "shijiazhuang heilongjiang innermongolia guangzhou guangdong hangzhou shanghai shenzhen shandong \
    zhejiang sichuan beijing chengdu jiangsu nanjing tianjin chongqing hongkong suzhou fujian hunan \
    hubei wuhan henan china xian 黑龙江省 内蒙古 黑龙江 石家庄 北京市 上海市 天津市 重庆市 深圳市 广州市 \
    杭州市 南京市 苏州市 成都市 武汉市 西安市 宁波市 青岛市 厦门市 东莞市 佛山市 无锡市 长沙市 郑州市 \
    济南市 大连市 广东省 浙江省 江苏省 山东省 福建省 四川省 湖北省 湖南省 河南省 河北省 安徽省 江西省 \
    陕西省 山西省 辽宁省 吉林省 云南省 贵州省 海南省 甘肃省 青海省 中国 北京 上海 天津 重庆 深圳 广州 \
    杭州 南京 苏州 成都 武汉 西安 宁波 青岛 厦门 东莞 佛山 无锡 长沙 郑州 济南 大连 广东 浙江 江苏 山东 \
    福建 四川 湖北 湖南 河南 河北 安徽 江西 陕西 山西 辽宁 吉林 云南 贵州 海南 甘肃 青海 广西 宁夏 新疆 \
    西藏 香港 澳门";

/// Words of a trade that many companies have in their names, normalised, longest first.
const TRADES: &str = "international technologies technology solutions holdings software services systems trading company \
    group tech 信息技术 网络科技 信息科技 电子商务 科技 信息 技术 网络 软件 股份 实业 贸易 发展 投资 \
    控股 国际";

/// Fewest characters of a name proper: what is left of less tells nobody apart.
const CORE_LEAST: usize = 2;

/// The name proper, for a second look: without the place before or behind it, and without the words of its trade. A name
/// that is nothing else stays as it is.
#[must_use]
pub fn core(name: &str) -> String {
    let key = key(name);
    let nothing = |text: &str| text.chars().count() < CORE_LEAST;
    let core = without_trade(without_place(&key));
    let core = without_place(&core);
    if nothing(core) { key } else { core.to_owned() }
}

fn without_place(name: &str) -> &str {
    let mut rest = name;
    for place in PLACES.split(' ') {
        rest = rest.strip_prefix(place).unwrap_or(rest);
        rest = rest.strip_suffix(place).unwrap_or(rest);
    }
    rest
}

fn without_trade(name: &str) -> String {
    TRADES.split(' ').fold(name.to_owned(), |rest, trade| rest.replace(trade, ""))
}

/// `true` if both names have numbers, and not the same: plants, schools and branches are told apart by them.
#[must_use]
pub fn differ_in_numbers(a: &str, b: &str) -> bool {
    let (a, b) = (numbers(a), numbers(b));
    !a.is_empty() && !b.is_empty() && a != b
}

fn numbers(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).collect()
}

/// The whole, in parts per million.
pub const WHOLE: i32 = 1_000_000;

/// The likeness of two texts, in parts per million: twice the pairs of neighbouring characters they share, of
/// all they have (Dice). A text of one character is alike to itself only.
#[must_use]
pub fn dice(a: &str, b: &str) -> i32 {
    if a == b {
        return if a.is_empty() { 0 } else { WHOLE };
    }
    let (mut left, mut right) = (pairs(a), pairs(b));
    let all = left.len() + right.len();
    if all == 0 {
        return 0;
    }
    left.sort_unstable();
    right.sort_unstable();
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    i32::try_from(2 * shared * 1_000_000 / all).unwrap_or(WHOLE)
}

fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Most pieces kept of a name: names of companies are shorter.
pub const GRAMS_LIMIT: usize = 40;

/// The pieces of a name by which names like it are found: two characters of a Chinese name, three of another. In
/// order, none twice.
#[must_use]
pub fn grams(name: &str) -> Vec<String> {
    let core: Vec<char> = core(name).chars().collect();
    let length = if core.iter().any(|c| !c.is_ascii()) { 2 } else { 3 };
    let pieces = core.windows(length.min(core.len()).max(1)).map(|piece| piece.iter().collect::<String>());
    let mut grams: Vec<String> = pieces.take(GRAMS_LIMIT).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
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

    #[test]
    fn the_name_proper_has_no_place_and_no_trade() {
        let table = [
            ("深圳市华东智造科技有限公司", "华东智造"),
            ("华东智造（深圳）信息技术有限公司", "华东智造"),
            ("Beijing Acme Technology Co., Ltd.", "acme"),
            ("Acme (China) Software Ltd", "acme"),
            ("北京科技有限公司", "北京科技"),
            ("中国", "中国"),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(core(name), expected, "{name}");
        }
    }

    #[test]
    fn pairs_of_neighbours_say_how_alike_texts_are() {
        let table = [
            ("night", "nacht", 250_000),
            ("acme", "acme", WHOLE),
            ("华东智造", "华南智造", 333_333),
            ("aaaa", "aa", 500_000),
            ("a", "ab", 0),
            ("", "", 0),
            ("", "a", 0),
        ];
        for (a, b, expected) in table {
            assert_eq!(dice(a, b), expected, "{a} {b}");
            assert_eq!(dice(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn names_alike_share_pieces() {
        assert_eq!(grams("深圳市华东智造科技有限公司"), ["东智", "华东", "智造"]);
        assert_eq!(grams("Acme Ltd"), ["acm", "cme"]);
        assert_eq!(grams("3M"), ["3m"]);
        assert_eq!(grams(""), Vec::<String>::new());
        assert_eq!(grams(&"x".repeat(200)), ["xxx"]);
    }
}
