use entity::{Day, OpportunityId};

use super::*;

fn row(customer: &str, code: Option<&str>, family: &str, sign_on: Option<i32>) -> Subject {
    Subject {
        id: OpportunityId(1),
        customer_name: customer.to_owned(),
        name_key: names::key(customer),
        credit_code: code.map(str::to_owned),
        customer_id: None,
        demand_tag: family.to_owned(),
        expected_sign_on: sign_on.map(Day),
    }
}

fn named(name: &str) -> Subject {
    row(name, None, "DATABASE", Some(20_270_301))
}

#[test]
fn near_names_are_shown_and_far_ones_are_not() {
    let alike = [
        ("华东智造科技有限公司", "华东智造科技股份有限公司"),
        ("华东智造科技有限公司", "深圳市华东智造科技有限公司"),
        ("华东智造科技有限公司", "华东智造信息技术有限公司"),
        ("华东智造（北京）科技有限公司", "华东智造（上海）科技有限公司"),
        ("中国远洋海运集团有限公司", "中国远洋海运有限公司"),
        ("上海浦东发展银行", "浦东发展银行"),
        ("Acme Cloud Co., Ltd.", "ACME CLOUD LIMITED"),
        ("Acme Cloud Ltd", "Acme Clouds Inc"),
        ("Acme Technology Ltd", "Acme Software Group"),
        ("Beijing Northwind Ltd", "Northwind (Shanghai) Co., Ltd."),
        ("Globex International Trading", "Globex Trading"),
        ("Northwind 2000 Ltd", "Northwind Ltd"),
    ];
    for (a, b) in alike {
        let found = compare(&named(a), &named(b));
        assert!(found.is_some(), "{a} | {b}");
        assert_eq!(found, compare(&named(b), &named(a)), "{a} | {b}");
    }
    let different = [
        ("华东智造科技有限公司", "华南智造科技有限公司"),
        ("华东智造科技有限公司", "西部物流科技有限公司"),
        ("深圳市腾龙科技有限公司", "深圳市飞凤科技有限公司"),
        ("北京科技有限公司", "上海科技有限公司"),
        ("Acme Technology Ltd", "Zenith Technology Ltd"),
        ("Shanghai Bright Foods", "Shanghai Harbour Group"),
        ("第一人民医院", "第二人民医院"),
        ("Plant 7 Northwind Ltd", "Plant 8 Northwind Ltd"),
        ("", ""),
    ];
    for (a, b) in different {
        assert_eq!(compare(&named(a), &named(b)), None, "{a} | {b}");
    }
}

#[test]
fn the_same_customer_wants_the_same_in_the_same_time() {
    let (one, two) = (Some("91350100M000100Y43"), Some("91110000600037341L"));
    let mine = row("Acme Ltd", one, "DATABASE", Some(20_270_301));
    let table = [
        (row("Other Ltd", one, "DATABASE", Some(20_270_301)), true, Some(1_000_000)),
        (row("Acme", None, "DATABASE", Some(20_270_301)), true, Some(1_000_000)),
        (row("Acme", two, "DATABASE", Some(20_270_301)), false, None),
        (row("Acme", one, "BIG_DATA", Some(20_270_301)), false, None),
        (row("Acme", one, "OTHER", Some(20_270_301)), false, Some(850_000)),
        (row("Acme", one, "DATABASE", Some(20_280_331)), true, Some(1_000_000)),
        (row("Acme", one, "DATABASE", Some(20_280_401)), false, None),
        (row("Acme", one, "DATABASE", Some(20_260_228)), false, None),
        (row("Acme", one, "DATABASE", None), false, Some(850_000)),
    ];
    for (other, same, score) in table {
        assert_eq!(mine.repeats(&other), same, "{other:?}");
        assert_eq!(compare(&mine, &other).map(|alike| alike.score_ppm), score, "{other:?}");
    }
}

#[test]
fn grounds_say_why_with_numbers() {
    let a = row("华东智造科技有限公司", None, "DATABASE", Some(20_270_301));
    let b = row("深圳市华东智造有限公司", None, "OTHER", Some(20_270_501));
    let found = compare(&a, &b).unwrap();
    let grounds: Vec<_> = found.grounds.iter().map(|ground| (ground.ground, ground.value)).collect();
    use DuplicateGround as G;
    let expected = [(G::NameProperSimilar, 1_000_000), (G::FamilyUnknown, 0), (G::WindowOverlaps, 11)];
    assert_eq!(grounds, expected);
    assert_eq!(found.score_ppm, 765_000);
}
