//! The working-day calendar: what comes with the product, what can be imported, what deadlines make of it.

use crate::api::data_of;
use domain::kernel::store::exec;
use domain::programme::calendar::Calendar;
use domain::programme::calendar::import::{NewCalendar, SOURCE_LIMIT, import};
use domain::programme::calendar::rows::NewDay;
use domain::{Lang, Role};
use entity::Day;
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::{World, at};

use crate::api::{TestApi, code, member_of, operations, operator, user_of, world};

const DAYS: &str =
    "query($year: Int!) { calendarDays(year: $year) { day working nameEn nameZhCn source changedAt } }";
const IMPORT: &str = "mutation($input: CalendarImportInput!) { calendarImport(input: $input) {
    calendarDays { day working nameEn source changedAt } userErrors { code message path } } }";

fn input(key: &str, days: Value) -> Value {
    json!({ "input": { "idempotencyKey": key, "days": days, "source": "notice of 2027" } })
}

fn day(day: &str, working: bool, name: &str) -> Value {
    json!({ "day": day, "working": working, "nameEn": name, "nameZhCn": "节日" })
}

on_both_databases!(chinas_arrangement_for_2026_comes_with_the_product, |db| async move {
    let world = World::open(&db).await;
    let calendar = Calendar::load(world.store.db()).await.unwrap();
    let date = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    // Weekdays that do not work, and weekends that do: the whole year by its differences.
    let mut off = Vec::new();
    let mut on = Vec::new();
    let mut today = date("2026-01-01");
    while today.year() == 2026 {
        let weekend = today.weekday().to_monday_zero_offset() >= 5;
        match (weekend, calendar.is_working(today)) {
            (false, false) => off.push(today.strftime("%m-%d").to_string()),
            (true, true) => on.push(today.strftime("%m-%d").to_string()),
            _ => {}
        }
        today = today.tomorrow().unwrap();
    }
    assert_eq!(on, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]);
    let expected = "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 \
                    10-01 10-02 10-05 10-06 10-07";
    assert_eq!(off.join(" "), expected);

    let api = TestApi::over(db).await;
    let seen = api.data(&operations(), DAYS, json!({ "year": 2026 })).await;
    let days = seen["calendarDays"].as_array().unwrap();
    assert_eq!(days.len(), 39);
    assert_eq!(
        days[4],
        json!({ "day": "2026-02-14", "working": true, "nameEn": "Spring Festival, made up",
            "nameZhCn": "春节调休上班", "source": "State Council, 2025-11-04", "changedAt": null })
    );
    for year in [2025, 2027, 0, i32::MAX, i32::MIN] {
        assert_eq!(api.data(&operations(), DAYS, json!({ "year": year })).await["calendarDays"], json!([]));
    }
});

on_both_databases!(anyone_may_ask_whether_a_day_works, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let query = "query($date: Date!) { workingDay(day: $date) { day working nextWorking } }";
    for who in [operations(), member_of(&world.reseller), user_of(&world.customer)] {
        for (date, working, next) in [
            ("2026-10-01", false, "2026-10-08"),
            ("2026-10-10", true, "2026-10-10"),
            ("2099-12-31", true, "2099-12-31"),
        ] {
            let seen = api.data(&who, query, json!({ "date": date })).await;
            assert_eq!(seen["workingDay"], json!({ "day": date, "working": working, "nextWorking": next }));
        }
    }
    for bad in ["2026-02-29", "2026-1-1", "2100-01-01", "today"] {
        assert!(!api.ask(&operations(), query, json!({ "date": bad })).await.errors.is_empty(), "{bad}");
    }
});

on_both_databases!(an_import_replaces_the_years_it_names_and_no_other, |db| async move {
    let api = TestApi::over(db).await;
    let days = json!([
        day("2027-10-01", false, "National Day"),
        day("2027-10-09", true, "Made up"),
        day("2028-01-03", false, "New Year")
    ]);
    let first = api.data(&operations(), IMPORT, input("a", days.clone())).await;
    assert_eq!(first["calendarImport"]["userErrors"], json!([]));
    let made = first["calendarImport"]["calendarDays"].as_array().unwrap();
    assert_eq!(made.len(), 3);
    assert_eq!(
        made[0],
        json!({ "day": "2027-10-01", "working": false, "nameEn": "National Day", "source": "notice of 2027",
            "changedAt": "2026-09-15T04:00:00.000Z" })
    );
    assert_eq!(
        api.data(&operations(), IMPORT, input("a", days)).await,
        first,
        "the same key gives the same answer"
    );

    let second = json!([day("2027-05-01", false, "Labour Day")]);
    api.data(&operations(), IMPORT, input("b", second)).await;
    let count = async |year: i32| {
        let seen = api.data(&operations(), DAYS, json!({ "year": year })).await;
        seen["calendarDays"].as_array().unwrap().len()
    };
    assert_eq!([count(2026).await, count(2027).await, count(2028).await], [39, 1, 1]);

    let trail = "{ auditEvents(filter: { operation: { eq: \"calendarImport\" } }) { nodes { entityId reason detail } } }";
    let seen = api.data(&operations(), trail, json!({})).await;
    let nodes = seen["auditEvents"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 2, "one row for each import");
    assert_eq!((&nodes[0]["entityId"], &nodes[0]["reason"]), (&json!("calendar"), &json!("notice of 2027")));
});

on_both_databases!(every_fault_of_an_import_is_named_and_nothing_changes, |db| async move {
    let api = TestApi::over(db).await;
    let wrong = json!([
        day("2026-10-01", false, " "),
        day("2026-10-02", false, "National Day"),
        day("2026-10-02", false, &"x".repeat(101))
    ]);
    let answer = api.data(&operations(), IMPORT, input("a", wrong.clone())).await;
    let errors = answer["calendarImport"]["userErrors"].as_array().unwrap();
    let paths: Vec<_> = errors.iter().map(|error| error["path"].clone()).collect();
    assert_eq!(json!(paths), json!([["days", "0", "nameEn"], ["days", "2", "day"], ["days", "2", "nameEn"]]));
    assert!(errors.iter().all(|error| error["code"] == "CALENDAR_ROW"));
    let message = errors[1]["message"].as_str().unwrap();
    assert!(message.starts_with("Row 3, day: \"2026-10-02\" cannot be taken in."), "{message}");
    assert_eq!(answer["calendarImport"]["calendarDays"], json!(null));
    let chinese = data_of(&api.ask_in(Lang::ZhCn, &operations(), IMPORT, input("b", wrong)).await);
    let message = chinese["calendarImport"]["userErrors"][1]["message"].as_str().unwrap();
    assert!(message.starts_with("第 3, day: \"2026-10-02\" 有误"), "{message}");

    let empty = api.data(&operations(), IMPORT, input("c", json!([]))).await;
    assert_eq!(empty["calendarImport"]["userErrors"][0]["path"], json!(["days"]));
    let seen = api.data(&operations(), DAYS, json!({ "year": 2026 })).await;
    assert_eq!(seen["calendarDays"].as_array().unwrap().len(), 39);

    let finance = api
        .ask(&operator(&[Role::Finance]), IMPORT, input("d", json!([day("2026-10-01", false, "A")])))
        .await;
    assert_eq!(code(&finance).as_deref(), Some("FORBIDDEN"));
});

on_both_databases!(a_source_has_a_longest_text, |db| async move {
    let world = World::open(&db).await;
    let day = NewDay { day: Day(20_270_101), working: false, name: "A".into(), name_zh: "甲".into() };
    let import = async |length: usize| {
        let input = NewCalendar { days: vec![day.clone()], source: "x".repeat(length) };
        import(&world.store, &world.context, None, input).await
    };
    assert_eq!(import(SOURCE_LIMIT).await.unwrap(), [2027]);
    assert!(import(SOURCE_LIMIT + 1).await.is_err());
    assert!(import(0).await.is_err());
});

on_both_databases!(the_database_refuses_what_is_no_day, |db| async move {
    let world = World::open(&db).await;
    let insert = async |day: i32| {
        let sql = "INSERT INTO calendar_day (day, working, name, name_zh, source, changed_at) VALUES ($1, $2, 'a', 'b', 'c', 0)";
        exec(world.store.db(), sql, [day.into(), true.into()]).await
    };
    for day in [19_991_231, 21_000_101, 20_260_101] {
        assert!(insert(day).await.is_err(), "{day}");
    }
    assert!(insert(20_270_101).await.is_ok());
});

on_both_databases!(deadlines_count_the_days_of_the_zone_and_calendar_of_the_programme, |db| async move {
    let world = World::open(&db).await;
    let due = async |from: &str, days: u32| {
        Calendar::load(world.store.db()).await.unwrap().deadline(at(from), days)
    };
    // Over the National Day holidays, in Shanghai.
    assert_eq!(due("2026-09-30T02:00:00Z", 2).await, at("2026-10-09T16:00:00Z"));
    exec(world.store.db(), "UPDATE programme SET time_zone = 'Europe/Berlin'", []).await.unwrap();
    assert_eq!(due("2026-09-30T02:00:00Z", 2).await, at("2026-10-09T22:00:00Z"));
    let day = NewDay { day: Day(20_261_009), working: false, name: "A".into(), name_zh: "甲".into() };
    let input = NewCalendar { days: vec![day], source: "test".into() };
    import(&world.store, &world.context, None, input).await.unwrap();
    // The holidays of 2026 are gone, one day is off: Thursday counts, Friday does not.
    assert_eq!(due("2026-10-07T02:00:00Z", 2).await, at("2026-10-12T22:00:00Z"));
});
