//! Lines and payments explained: many at once say what each says alone, and together what the lines say.

use std::collections::BTreeMap;

use domain::Scope;
use domain::performance::explain::{self, PaymentView, explain_payments, rules_of_lines};
use domain::performance::line_payments::{line_payments, payments_of_lines};
use domain::programme::association::{Transfer, transfer};
use domain::reading::Predicate;
use domain::reading::performance::line;
use entity::{AssociationMode, PartnerId, PartnerKind, RunKind};
use tests::on_both_databases;
use tests::world::{World, at, bill, month, row};

/// Two customers that changed hands, one of nobody, an account of nobody, and a payment that came late.
async fn programme(world: &World) -> [PartnerId; 3] {
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    let (a, b) = (world.customer("A").await, world.customer("B").await);
    world.customer("Nobody").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.associate(b, reseller, "2026-01-01T00:00:00Z").await;
    for (customer_id, partner_id) in [(a, reseller), (b, provider)] {
        let (mode, at) = (AssociationMode::Resale, Some(at("2026-09-15T00:00:00Z")));
        let input = Transfer { customer_id, partner_id, mode, at, reason: None };
        transfer(&world.store, &world.context, None, input).await.unwrap();
    }
    let mut rows = Vec::new();
    for account in ["A", "B", "Nobody", "Stranger"] {
        for (day, amount) in [("2026-09-03", "1"), ("2026-09-20", "20"), ("2026-10-02", "300")] {
            rows.push(row(account, amount, &format!("{day}T00:00:00Z"), &format!("{account} {day}")));
        }
    }
    world.import(&bill(&rows)).await;
    world.settle("2026-09", RunKind::Final).await;
    world.clock.advance(entity::timestamp::HOUR);
    world.import(&bill(&[row("A", "4000", "2026-09-04T00:00:00Z", "late")])).await;
    [provider, distributor, reseller]
}

/// Every payment there is.
async fn payments(world: &World) -> Vec<PaymentView> {
    let all = domain::reading::performance::payment::list(Scope::All);
    all.all(&world.store, Predicate::always(), "p.month, p.account_id, p.consumed_at").await.unwrap()
}

on_both_databases!(many_payments_are_explained_as_each_alone, |db| async move {
    let world = World::open(&db).await;
    let [provider, distributor, reseller] = programme(&world).await;
    let payments = payments(&world).await;
    let mut seen = Vec::new();
    for scope in [
        Scope::All,
        Scope::Partner(provider, world.store.clock.now()),
        Scope::Partner(distributor, world.store.clock.now()),
        Scope::Partner(reseller, world.store.clock.now()),
        Scope::Customer(payments.iter().find_map(|p| p.customer_id).unwrap()),
    ] {
        let together = explain_payments(&world.store, scope, &payments).await.unwrap();
        for (payment, found) in payments.iter().zip(&together) {
            let alone = explain::payment(&world.store, scope, &payment.reference).await.unwrap();
            assert_eq!(format!("{found:?}"), format!("{alone:?}"));
        }
        seen.push(together.iter().flatten().count());
    }
    // 13 payments; of each of A and B the provider had one or two of three, and the late one of A.
    assert_eq!(seen, [13, 4, 3, 3, 4]);
});

on_both_databases!(what_payments_are_allotted_is_what_their_lines_say, |db| async move {
    let world = World::open(&db).await;
    programme(&world).await;
    let mut allotted: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let payments = payments(&world).await;
    for found in explain_payments(&world.store, Scope::All, &payments).await.unwrap().into_iter().flatten() {
        assert_eq!(found.unmatched, found.payment.customer_id.is_none());
        for allotment in found.allotments {
            let sum = allotted.entry(allotment.line.unwrap().to_string()).or_default();
            *sum = (sum.0 + allotment.amount, sum.1 + 1);
        }
    }
    let lines = line::list(Scope::All);
    let lines = lines.all(&world.store, Predicate::always(), "month, customer_id").await.unwrap();
    let say = lines.iter().map(|line| (line.reference.to_string(), (line.sum.amount, line.sum.payments)));
    assert_eq!(allotted, say.collect());
});

on_both_databases!(many_lines_have_the_payments_that_each_has_alone, |db| async move {
    let world = World::open(&db).await;
    programme(&world).await;
    let lines = line::list(Scope::All);
    let lines = lines.all(&world.store, Predicate::always(), "month, customer_id").await.unwrap();
    let lines: Vec<_> = lines.iter().map(|line| (line.reference, line.sum)).collect();
    let explained = rules_of_lines(&world.store, &lines).await.unwrap();
    assert!(explained.iter().any(|line| line.correction && line.line.month == month("2026-10")));
    let all = payments_of_lines(&world.store, &explained, None, 10).await.unwrap();
    for (line, found) in explained.iter().zip(&all) {
        assert_eq!(found.iter().map(|payment| payment.payable).sum::<i64>(), line.sum.amount, "{line:?}");
        let alone = line_payments(&world.store, line, None, 10).await.unwrap();
        assert_eq!(format!("{found:?}"), format!("{alone:?}"));
    }
    // One at a time, each from where the one before ended.
    for (line, all) in explained.iter().zip(all) {
        let (mut walked, mut after) = (Vec::new(), None);
        while let Some(payment) = line_payments(&world.store, line, after.as_ref(), 1).await.unwrap().pop() {
            after = Some(payment.reference);
            walked.push(payment.reference);
        }
        assert_eq!(walked, all.iter().map(|payment| payment.reference).collect::<Vec<_>>());
    }
});
