//! Settings, policies, imports, invoices, runs and bills.

use super::*;

on_both_databases!(settings_are_refused_with_a_place, |db| async move {
    let p = Programme::set_up(&db).await;
    let now = Update { expected_version: 1, ..Update::default() };
    let cases = [
        ("stale", Update { expected_version: 2, ..now.clone() }, Code::VersionConflict, "expectedVersion"),
        ("no name", Update { name: Some(String::new()), ..now.clone() }, Code::Invalid, "name"),
        ("no zone", Update { time_zone: Some("Moon/Base".into()), ..now.clone() }, Code::Invalid, "timeZone"),
        (
            "months are made",
            Update { time_zone: Some("UTC".into()), ..now.clone() },
            Code::Invalid,
            "timeZone",
        ),
        ("day 0", Update { draft_day: Some(0), ..now.clone() }, Code::Invalid, "draftDay"),
        ("day 29", Update { draft_day: Some(29), ..now.clone() }, Code::Invalid, "draftDay"),
        ("no day 29 either", Update { final_day: Some(29), ..now.clone() }, Code::Invalid, "finalDay"),
        ("no days", Update { confirm_days: Some(0), ..now.clone() }, Code::Invalid, "confirmDays"),
        ("91 days", Update { confirm_days: Some(91), ..now.clone() }, Code::Invalid, "confirmDays"),
    ];
    for (case, input, code, path) in cases {
        let answer = update(&p.world.store, &p.world.context, Some("key"), input);
        p.refused(case, answer, code, path).await;
    }
    let at_the_limits = Update { draft_day: Some(1), final_day: Some(28), confirm_days: Some(90), ..now };
    assert_eq!(update(&p.world.store, &p.world.context, Some("key"), at_the_limits).await.unwrap(), 2);
});

on_both_databases!(policies_imports_and_runs_are_refused_with_a_place, |db| async move {
    let p = Programme::set_up(&db).await;
    let (store, context) = (&p.world.store, &p.world.context);
    let sql = "SELECT id FROM product";
    let product = query_one(store.db(), sql, []).await.unwrap().unwrap();
    let product = ProductId(product.try_get_by_index(0).unwrap());
    let set = |product_id, from: &str| {
        let input = SetPolicy { product_id, month: month(from), policy: ProductPolicyKind::NoPerformance };
        product_policy::set(store, context, Some("key"), input)
    };
    let cooling = |months, from: &str| {
        let customers = CoolingOffCustomers::All;
        let input = SetRule { valid_from: at(from), months, customers, reason: "agreed".into() };
        cooling_off::set(store, context, Some("key"), input)
    };
    p.refused("25 months", cooling(25, "2026-10-01T00:00:00Z"), Code::Invalid, "months").await;
    let in_closed = cooling(6, "2026-08-31T15:59:59Z");
    p.refused("a final month", in_closed, Code::MonthClosed, "validFrom").await;
    let stale = SetLongTail { customer_id: p.a, expected_version: 2, long_tail: false, reason: "x".into() };
    let stale = customer::set_long_tail(store, context, Some("key"), stale);
    p.refused("another version", stale, Code::VersionConflict, "expectedVersion").await;
    p.refused("no product", set(ProductId(1), "2026-09"), Code::NotFound, "productId").await;
    p.refused("a final month", set(product, "2026-08"), Code::MonthClosed, "month").await;

    let policy = |name: &str, from: &str, rates: Vec<NewRate>| {
        let input = NewPolicy { name: name.into(), valid_from: month(from), rates };
        incentive_policy::create(store, context, Some("key"), input)
    };
    let (one, cap) = (vec![rate(1)], NewRate { cap: Some(0), ..rate(1) });
    let minimum = NewRate { minimum: Some(-1), ..rate(1) };
    p.refused("no name", policy("", "2026-09", one.clone()), Code::Invalid, "name").await;
    p.refused("no rates", policy("x", "2026-09", vec![]), Code::Invalid, "rates").await;
    let many = vec![rate(1); RATES_LIMIT + 1];
    p.refused("too many rates", policy("x", "2026-09", many), Code::Invalid, "rates").await;
    p.refused("below 0", policy("x", "2026-09", vec![rate(-1)]), Code::Invalid, "rates.0.ratePpm").await;
    let over = vec![rate(1_000_000), rate(1_000_001)];
    p.refused("above 1", policy("x", "2026-09", over), Code::Invalid, "rates.1.ratePpm").await;
    p.refused("no cap", policy("x", "2026-09", vec![cap]), Code::Invalid, "rates.0.cap").await;
    p.refused("minimum", policy("x", "2026-09", vec![minimum]), Code::Invalid, "rates.0.minimum").await;
    p.refused("final", policy("x", "2026-08", one.clone()), Code::MonthClosed, "validFrom").await;
    policy("y", "2026-10", vec![rate(1); RATES_LIMIT]).await.unwrap();
    let answer = incentive_policy::create(
        store,
        context,
        Some("other"),
        NewPolicy { name: "z".into(), valid_from: month("2026-10"), rates: one },
    );
    p.refused("the same month", answer, Code::PolicyOverlaps, "validFrom").await;

    let import = |name: String| {
        let input = NewImport {
            file_name: name,
            settled: true,
            native_provider: String::new(),
            total_bytes: 0,
            ..Default::default()
        };
        create_import(store, context, "import", input)
    };
    p.refused("no file name", import(String::new()), Code::Invalid, "fileName").await;
    p.refused("a long one", import("x".repeat(FILE_NAME_LIMIT + 1)), Code::Invalid, "fileName").await;
    p.refused("a NUL", import("a\0b".into()), Code::Invalid, "fileName").await;
    import("x".repeat(FILE_NAME_LIMIT)).await.unwrap();

    p.world.import_as(&bill(&[row("A", "5", "2026-09-14T00:00:00Z", "x")]), false).await;
    let paid = |number: &str, when: Option<&str>| {
        let input = MarkPaid { provider: "Cloud".into(), invoice_no: number.into(), paid_at: when.map(at) };
        mark_paid(store, context, None, input)
    };
    p.refused("no invoice", paid("none", None), Code::NotFound, "invoiceNo").await;
    p.refused("in the future", paid("A/2026-09/USD", Some("2026-10-15T12:00:01Z")), Code::Invalid, "paidAt")
        .await;
    paid("A/2026-09/USD", Some("2026-10-15T12:00:00Z")).await.unwrap();
    p.refused("paid already", paid("A/2026-09/USD", None), Code::WrongState, "invoiceNo").await;

    let run = |text: &str, kind| {
        start(
            store,
            context,
            None,
            StartRun {
                month: month(text),
                kind,
                acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
            },
        )
    };
    p.refused("final already", run("2026-08", RunKind::Estimate), Code::MonthClosed, "month").await;
    p.refused("not over", run("2026-10", RunKind::Draft), Code::MonthNotOver, "month").await;
    run("2026-09", RunKind::Draft).await.unwrap();
    p.refused("lives", run("2026-09", RunKind::Draft), Code::RunExists, "month").await;
    let answer = steer(store, context, None, RunId(1), Steer::Pause);
    p.refused("no run", answer, Code::NotFound, "id").await;
    let answer = confirm(store, context, None, Confirm { bill_id: IncentiveBillId(1), expected_version: 1 });
    p.refused("no bill", answer, Code::NotFound, "id").await;
});
