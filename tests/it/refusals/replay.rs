//! Idempotency keys, permissions, and the one row of the audit trail that a mutation leaves.

use domain::kernel::write::IDEMPOTENCY_KEY_LIMIT;
use domain::{Actor, Context, Principal, Role};

use super::*;

/// A customer made under `key` by `subject`.
async fn make(world: &World, subject: &str, key: &str, name: &str) -> Result<CustomerId, Error> {
    let context = Context::system(subject);
    let input = NewCustomer { name: name.into(), internal: false, long_tail: true };
    customer::create(&world.store, &context, Some(key), input).await
}

on_both_databases!(a_key_gives_the_same_answer_again_and_writes_once, |db| async move {
    let p = Programme::set_up(&db).await;
    let (customers, audited) = (p.count("customer").await, p.count("audit_event").await);
    let first = make(&p.world, "me", "key", "Twin").await.unwrap();
    p.world.clock.advance(entity::timestamp::HOUR);
    assert_eq!(make(&p.world, "me", "key", "Twin").await.unwrap(), first);
    assert_eq!((p.count("customer").await, p.count("audit_event").await), (customers + 1, audited + 1));
    let answer = make(&p.world, "me", "key", "Another");
    p.refused("another input", answer, Code::IdempotencyKeyReused, "idempotencyKey").await;
    let me = Context::system("me");
    let answer = partner::create(&p.world.store, &me, Some("key"), new_partner("Twin"));
    p.refused("another operation", answer, Code::IdempotencyKeyReused, "idempotencyKey").await;
    let other = make(&p.world, "somebody else", "key", "Another").await.unwrap();
    assert_ne!(other, first, "a key is its owner's");
});

on_both_databases!(a_key_has_its_bounds, |db| async move {
    let p = Programme::set_up(&db).await;
    let long = "k".repeat(IDEMPOTENCY_KEY_LIMIT);
    make(&p.world, "me", &long, "Long").await.unwrap();
    for (case, key) in
        [("empty", ""), ("one past", &*format!("{long}k")), ("blank", "a b"), ("not ASCII", "键")]
    {
        p.refused(case, make(&p.world, "me", key, "x"), Code::Invalid, "idempotencyKey").await;
    }
});

on_both_databases!(a_key_used_eight_times_at_once_writes_once, |db| async move {
    let p = Programme::set_up(&db).await;
    let before = p.count("customer").await;
    let answers = (0..8).map(|_| make(&p.world, "me", "key", "Twin"));
    let answers = futures_util::future::join_all(answers).await;
    let ids: std::collections::HashSet<_> = answers.into_iter().map(|answer| answer.unwrap().0).collect();
    assert_eq!((ids.len(), p.count("customer").await), (1, before + 1));
});

on_both_databases!(a_refused_key_is_free_for_the_right_input, |db| async move {
    let p = Programme::set_up(&db).await;
    let account = |number: &str| {
        let input = LinkAccount { provider: "Cloud".into(), account_no: number.into(), customer_id: p.a };
        link(&p.world.store, &p.world.context, Some("key"), input)
    };
    p.refused("linked already", account("A"), Code::AccountLinked, "accountNo").await;
    account("B").await.unwrap();
});

on_both_databases!(who_may_not_use_a_mutation_writes_nothing, |db| async move {
    let p = Programme::set_up(&db).await;
    let before = (p.count("customer").await, p.count("audit_event").await, p.count("idempotency_key").await);
    for principal in [
        Principal::Operator { roles: vec![Role::Finance] },
        Principal::Operator { roles: vec![] },
        Principal::Partner { partner_id: p.provider },
        Principal::Customer { customer_id: p.a },
    ] {
        let context = Context { actor: Actor { subject: "x".into(), principal }, request_id: None };
        let input = NewCustomer { name: "x".into(), internal: false, long_tail: true };
        let answer = customer::create(&p.world.store, &context, Some("key"), input).await;
        assert!(matches!(answer, Err(Error::Forbidden)), "{answer:?}");
    }
    let after = (p.count("customer").await, p.count("audit_event").await, p.count("idempotency_key").await);
    assert_eq!(after, before);
});

on_both_databases!(every_mutation_leaves_one_row_of_the_audit_trail, |db| async move {
    let p = Programme::set_up(&db).await;
    let (store, context) = (&p.world.store, &p.world.context);
    let mut trail = Trail::of(&p).await;
    trail.one_row("partnerCreate", partner::create(store, context, None, new_partner("P"))).await;
    let input = NewLink { reseller_id: p.lonely, distributor_id: p.distributor, valid_from: None };
    trail.one_row("resellerLink", link_reseller(store, context, None, input)).await;
    let b = trail.one_row("customerCreate", make(&p.world, "me", "b", "B")).await;
    let input = LinkAccount { provider: "Cloud".into(), account_no: "B".into(), customer_id: b };
    trail.one_row("cloudAccountLink", link(store, context, None, input)).await;
    let input = NewAssociation {
        customer_id: b,
        partner_id: p.lonely,
        mode: AssociationMode::Resale,
        valid_from: None,
        valid_to: None,
    };
    let association_id =
        trail.one_row("associationCreate", association::create(store, context, None, input)).await;
    let input = Correct {
        association_id,
        expected_version: 1,
        partner_id: None,
        mode: Some(AssociationMode::Consulting),
        valid_from: None,
        reason: "mistyped".into(),
    };
    trail.one_row("associationCorrect", association::correct(store, context, None, input)).await;
    p.world.clock.advance(entity::timestamp::DAY);
    let input = Transfer {
        customer_id: b,
        partner_id: p.provider,
        mode: AssociationMode::Resale,
        at: None,
        reason: None,
    };
    let association_id =
        trail.one_row("associationTransfer", association::transfer(store, context, None, input)).await;
    p.world.clock.advance(entity::timestamp::DAY);
    let input = End { association_id, at: None, expected_version: 1, reason: None };
    trail.one_row("associationEnd", association::end(store, context, None, input)).await;
    let product = query_one(store.db(), "SELECT id FROM product", []).await.unwrap().unwrap();
    let product_id = ProductId(product.try_get_by_index(0).unwrap());
    let input = SetPolicy { product_id, month: month("2026-10"), policy: ProductPolicyKind::Specific };
    trail.one_row("productPolicySet", product_policy::set(store, context, None, input)).await;
    let input = NewPolicy { name: "new".into(), valid_from: month("2026-10"), rates: vec![rate(1)] };
    trail.one_row("incentivePolicyCreate", incentive_policy::create(store, context, None, input)).await;
    let input = NewImport {
        file_name: "x".into(),
        settled: true,
        native_provider: String::new(),
        total_bytes: 0,
        ..Default::default()
    };
    trail.one_row("importCreate", create_import(store, context, "i", input)).await;
    p.world.import_as(&bill(&[row("A", "5", "2026-09-14T00:00:00Z", "x")]), false).await;
    trail.recount().await;
    let input = MarkPaid { provider: "Cloud".into(), invoice_no: "A/2026-09/USD".into(), paid_at: None };
    trail.one_row("invoiceMarkPaid", mark_paid(store, context, None, input)).await;
    let input = StartRun {
        month: month("2026-09"),
        kind: RunKind::Draft,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let run = trail.one_row("settlementRunStart", start(store, context, None, input)).await;
    trail.one_row("settlementRunPause", steer(store, context, None, run, Steer::Pause)).await;
    trail.one_row("settlementRunResume", steer(store, context, None, run, Steer::Resume)).await;
    trail.one_row("settlementRunCancel", steer(store, context, None, run, Steer::Cancel)).await;
    let bill = query_one(store.db(), "SELECT id FROM incentive_bill", []).await.unwrap().unwrap();
    let input = Confirm { bill_id: IncentiveBillId(bill.try_get_by_index(0).unwrap()), expected_version: 1 };
    trail.one_row("incentiveBillConfirm", confirm(store, context, None, input)).await;

    let valid_from = at("2026-11-01T00:00:00Z");
    let (customers, reason) = (CoolingOffCustomers::All, "agreed".to_owned());
    let input = SetRule { valid_from, months: 3, customers, reason };
    trail.one_row("coolingOffRuleSet", cooling_off::set(store, context, None, input)).await;
    let input = SetLongTail { customer_id: b, expected_version: 1, long_tail: false, reason: "named".into() };
    trail.one_row("customerLongTailSet", customer::set_long_tail(store, context, None, input)).await;
    let input = Update { expected_version: 1, name: Some("New".into()), ..Update::default() };
    trail.one_row("programmeUpdate", update(store, context, None, input)).await;

    super::reviews::audited(&p, &mut trail).await;
    super::payments::audited(&p, &mut trail).await;
    super::works::audited(&p, &mut trail).await;
    super::opportunities::audited(&p, &mut trail).await;
    super::opportunities::audited_together(&p, &mut trail).await;
    let known =
        domain::kernel::permission::TABLE.iter().filter_map(|(field, _)| field.strip_prefix("Mutation."));
    let missing: Vec<_> = known.filter(|name| !trail.operations.contains(name)).collect();
    assert!(missing.is_empty(), "mutations without a row here: {missing:?}");
});
