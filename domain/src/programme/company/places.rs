//! PURE. Names of places made comparable, in Chinese and English.

/// Endings that do not tell places apart, normalised.
const ENDINGS: &[&str] = &[
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "省",
    "市",
    " autonomous region",
    " municipality",
    " province",
    " city",
];

/// Provinces by the names they have in English, normalised.
const PROVINCES: &[(&str, &str)] = &[
    ("anhui", "安徽"),
    ("beijing", "北京"),
    ("chongqing", "重庆"),
    ("fujian", "福建"),
    ("gansu", "甘肃"),
    ("guangdong", "广东"),
    ("guangxi", "广西"),
    ("guizhou", "贵州"),
    ("hainan", "海南"),
    ("hebei", "河北"),
    ("heilongjiang", "黑龙江"),
    ("henan", "河南"),
    ("hong kong", "香港"),
    ("hubei", "湖北"),
    ("hunan", "湖南"),
    ("inner mongolia", "内蒙古"),
    ("jiangsu", "江苏"),
    ("jiangxi", "江西"),
    ("jilin", "吉林"),
    ("liaoning", "辽宁"),
    ("macao", "澳门"),
    ("macau", "澳门"),
    ("ningxia", "宁夏"),
    ("qinghai", "青海"),
    ("shaanxi", "陕西"),
    ("shandong", "山东"),
    ("shanghai", "上海"),
    ("shanxi", "山西"),
    ("sichuan", "四川"),
    ("taiwan", "台湾"),
    ("tianjin", "天津"),
    ("tibet", "西藏"),
    ("xinjiang", "新疆"),
    ("xizang", "西藏"),
    ("yunnan", "云南"),
    ("zhejiang", "浙江"),
];

/// A name of a place, comparable: without case, blanks around it and what kind of place it is; provinces of China by their
/// Chinese names.
#[must_use]
pub fn place(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let bare = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).map(str::trim);
    let bare = bare.filter(|bare| !bare.is_empty()).unwrap_or(&name);
    let chinese = PROVINCES.iter().find(|(english, _)| *english == bare).map(|(_, chinese)| *chinese);
    chinese.unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_in_both_languages_and_without_what_they_are() {
        for (name, expected) in [
            ("广东省", "广东"),
            ("上海市", "上海"),
            (" Shanghai ", "上海"),
            ("SHANGHAI Municipality", "上海"),
            ("Guangdong Province", "广东"),
            ("Inner Mongolia Autonomous Region", "内蒙古"),
            ("新疆维吾尔自治区", "新疆"),
            ("Suzhou City", "suzhou"),
            ("Bavaria", "bavaria"),
            ("市", "市"),
            ("", ""),
        ] {
            assert_eq!(place(name), expected, "{name}");
        }
    }
}
