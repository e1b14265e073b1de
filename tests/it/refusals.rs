//! Refusals of every mutation: which code, at which field; and that a refusal leaves nothing behind.

mod opportunities;
mod payments;
mod policies;
mod replay;
mod reviews;
mod works;

use domain::kernel::store::query_one;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::performance::import::create::{FILE_NAME_LIMIT, NewImport, create as create_import};
use domain::performance::import::pay::{MarkPaid, mark_paid};
use domain::performance::product_policy::{self, SetPolicy};
use domain::programme::NAME_LIMIT;
use domain::programme::account::{LinkAccount, link};
use domain::programme::association::{self, Correct, End, NewAssociation, Transfer};
use domain::programme::cooling_off::{self, SetRule};
use domain::programme::customer::{self, NewCustomer, SetLongTail};
use domain::programme::incentive_policy::{self, NewPolicy, NewRate, RATES_LIMIT};
use domain::programme::partner::{self, NewLink, NewPartner, link_reseller};
use domain::programme::settings::{Update, update};
use domain::settlement::start::{StartRun, Steer, start, steer};
use domain::{Code, Error};
use entity::{
    AssociationId, AssociationMode, CoolingOffCustomers, CustomerId, IncentiveBillId, PartnerId, PartnerKind,
    ProductId, ProductPolicyKind, RunId, RunKind,
};
use tests::db::TestDatabase;
use tests::dump::dump;
use tests::on_both_databases;
use tests::world::{World, at, bill, month, rate, row};

/// A programme of which August 2026 is final, with one row of everything.
struct Programme {
    world: World,
    provider: PartnerId,
    distributor: PartnerId,
    reseller: PartnerId,
    lonely: PartnerId,
    a: CustomerId,
    association: AssociationId,
}

impl Programme {
    async fn set_up(db: &TestDatabase) -> Self {
        let world = World::open(db).await;
        let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
        let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
        let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
        let lonely = world.partner(PartnerKind::Reseller, "Lonely").await;
        world.link(reseller, distributor).await;
        let a = world.customer("A").await;
        let association = world.associate(a, provider, "2026-01-01T00:00:00Z").await;
        world.policy("2026-01", 100_000).await;
        world.import(&bill(&[row("A", "1", "2026-08-10T00:00:00Z", "august")])).await;
        world.settle("2026-08", RunKind::Final).await;
        Self { world, provider, distributor, reseller, lonely, a, association }
    }

    async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let row = query_one(self.world.store.db(), &sql, []).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Checks that `answer` was refused with `code` at `path`, and that nothing was written.
    async fn refused<T: std::fmt::Debug>(
        &self,
        case: &str,
        answer: impl Future<Output = Result<T, Error>>,
        code: Code,
        path: &str,
    ) {
        let before = (dump(&self.world.store).await, self.count("audit_event").await);
        let keys = self.count("idempotency_key").await;
        match answer.await {
            Err(Error::Refused(refusals)) => {
                let first = &refusals[0];
                assert_eq!((first.code, first.path.join(".").as_str()), (code, path), "{case}");
                let (en, zh) = (domain::Lang::En, domain::Lang::ZhCn);
                for lang in [en, zh] {
                    let message = code.message(lang, &first.detail);
                    assert!(!message.is_empty() && !message.contains("{}"), "{case}: {message}");
                }
            }
            other => panic!("{case}: {other:?}"),
        }
        let after = (dump(&self.world.store).await, self.count("audit_event").await);
        assert_eq!((after, self.count("idempotency_key").await), (before, keys), "{case}");
    }
}

/// The audit trail while mutations run, and which of them have run.
struct Trail<'a> {
    programme: &'a Programme,
    rows: i64,
    operations: Vec<&'static str>,
}

impl<'a> Trail<'a> {
    async fn of(programme: &'a Programme) -> Self {
        Self { programme, rows: programme.count("audit_event").await, operations: Vec::new() }
    }

    /// After what is not looked at.
    async fn recount(&mut self) {
        self.rows = self.programme.count("audit_event").await;
    }

    /// Checks that `call` is taken and leaves one row.
    async fn one_row<T>(
        &mut self,
        operation: &'static str,
        call: impl Future<Output = Result<T, Error>>,
    ) -> T {
        let answer = call.await.unwrap();
        self.rows += 1;
        assert_eq!(self.programme.count("audit_event").await, self.rows, "{operation}");
        self.operations.push(operation);
        answer
    }
}

fn new_partner(name: &str) -> NewPartner {
    NewPartner {
        kind: PartnerKind::SolutionProvider,
        name: name.into(),
        tier: String::new(),
        region: "CN-EAST".into(),
        may_own_customers: true,
        marketplace_name: None,
    }
}

on_both_databases!(partners_and_customers_are_refused_with_a_place, |db| async move {
    let programme = Programme::set_up(&db).await;
    let (store, context) = (&programme.world.store, &programme.world.context);
    let shop = NewPartner { marketplace_name: Some("Shop".into()), ..new_partner("Shop") };
    partner::create(store, context, None, shop.clone()).await.unwrap();
    let long = "x".repeat(NAME_LIMIT + 1);
    let cases = [
        ("no name", new_partner(""), Code::Invalid, "name"),
        ("blanks", new_partner("  "), Code::Invalid, "name"),
        ("a name past its limit", new_partner(&long), Code::Invalid, "name"),
        ("a line break", new_partner("a\nb"), Code::Invalid, "name"),
        ("no region", NewPartner { region: String::new(), ..new_partner("x") }, Code::Invalid, "region"),
        ("a shop of somebody else", shop, Code::AlreadyExists, "marketplaceName"),
    ];
    for (case, input, code, path) in cases {
        let answer = partner::create(store, context, Some("key"), input);
        programme.refused(case, answer, code, path).await;
    }
    partner::create(store, context, None, new_partner(&long[1..])).await.unwrap();
    let unnamed = NewCustomer { name: String::new(), internal: false, long_tail: true };
    let answer = customer::create(store, context, Some("key"), unnamed);
    programme.refused("a customer without a name", answer, Code::Invalid, "name").await;

    let link_of = |reseller_id, distributor_id, from: &str| {
        let input = NewLink { reseller_id, distributor_id, valid_from: Some(at(from)) };
        link_reseller(store, context, Some("key"), input)
    };
    let p = &programme;
    let elsewhere = NewPartner { kind: PartnerKind::Distributor, region: "EU".into(), ..new_partner("EU") };
    let elsewhere = partner::create(store, context, None, elsewhere).await.unwrap();
    let early = "2019-01-01T00:00:00Z";
    for (case, reseller, distributor, code, path) in [
        ("no reseller", PartnerId(1), p.distributor, Code::NotFound, "resellerId"),
        ("no distributor", p.lonely, PartnerId(1), Code::NotFound, "distributorId"),
        ("not a reseller", p.provider, p.distributor, Code::WrongPartnerKind, "resellerId"),
        ("not a distributor", p.lonely, p.provider, Code::WrongPartnerKind, "distributorId"),
        ("another region", p.lonely, elsewhere, Code::RegionMismatch, "distributorId"),
        ("before its link", p.reseller, p.distributor, Code::LinkOverlaps, "validFrom"),
    ] {
        p.refused(case, link_of(reseller, distributor, early), code, path).await;
    }
    let account = |provider: &str, number: &str, customer_id| {
        let input = LinkAccount { provider: provider.into(), account_no: number.into(), customer_id };
        link(store, context, Some("key"), input)
    };
    p.refused("no provider", account("", "x", p.a), Code::Invalid, "provider").await;
    p.refused("no number", account("Cloud", "", p.a), Code::Invalid, "accountNo").await;
    p.refused("no customer", account("Cloud", "x", CustomerId(1)), Code::NotFound, "customerId").await;
    p.refused("linked already", account("Cloud", "A", p.a), Code::AccountLinked, "accountNo").await;
});

on_both_databases!(associations_are_refused_with_a_place, |db| async move {
    let p = Programme::set_up(&db).await;
    let (store, context) = (&p.world.store, &p.world.context);
    let aloof =
        NewPartner { kind: PartnerKind::Distributor, may_own_customers: false, ..new_partner("Aloof") };
    let aloof = partner::create(store, context, None, aloof).await.unwrap();
    let b = p.world.customer("B").await;
    let new = |customer_id, partner_id, from: &str, to: Option<&str>| {
        let input = NewAssociation {
            customer_id,
            partner_id,
            mode: AssociationMode::Resale,
            valid_from: Some(at(from)),
            valid_to: to.map(at),
        };
        association::create(store, context, Some("key"), input)
    };
    let (may, june) = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z");
    p.refused("no customer", new(CustomerId(1), p.provider, may, None), Code::NotFound, "customerId").await;
    p.refused("no partner", new(b, PartnerId(1), may, None), Code::NotFound, "partnerId").await;
    p.refused("ends as it begins", new(b, p.provider, may, Some(may)), Code::Invalid, "validTo").await;
    p.refused("ends before", new(b, p.provider, june, Some(may)), Code::Invalid, "validTo").await;
    p.refused("taken", new(p.a, p.reseller, may, Some(june)), Code::AssociationOverlaps, "validFrom").await;
    p.refused("aloof", new(b, aloof, may, None), Code::DistributorMayNotAssociate, "partnerId").await;
    let answer = new(b, p.lonely, may, None);
    p.refused("no distributor", answer, Code::ResellerWithoutDistributor, "partnerId").await;

    let end = |association_id, expected_version, when: &str| {
        let input = End { association_id, at: Some(at(when)), expected_version, reason: None };
        association::end(store, context, Some("key"), input)
    };
    p.refused("no association", end(AssociationId(1), 1, may), Code::NotFound, "id").await;
    p.refused("stale", end(p.association, 2, may), Code::VersionConflict, "expectedVersion").await;
    let begins = "2026-01-01T00:00:00Z";
    p.refused("ends where it begins", end(p.association, 1, begins), Code::Invalid, "at").await;

    let transfer = |customer_id, partner_id, mode, when: &str| {
        let input = Transfer { customer_id, partner_id, mode, at: Some(at(when)), reason: None };
        association::transfer(store, context, Some("key"), input)
    };
    let resale = AssociationMode::Resale;
    let answer = transfer(CustomerId(1), p.reseller, resale, may);
    p.refused("no customer", answer, Code::NotFound, "customerId").await;
    p.refused("nobody's", transfer(b, p.reseller, resale, may), Code::NotFound, "at").await;
    p.refused("the same", transfer(p.a, p.provider, resale, may), Code::AlreadyExists, "mode").await;
    p.refused("no partner", transfer(p.a, PartnerId(1), resale, may), Code::NotFound, "partnerId").await;
    let answer = transfer(p.a, aloof, resale, may);
    p.refused("aloof", answer, Code::DistributorMayNotAssociate, "partnerId").await;

    association::end(
        store,
        context,
        None,
        End {
            association_id: p.association,
            at: Some(at("2026-09-01T00:00:00Z")),
            expected_version: 1,
            reason: None,
        },
    )
    .await
    .unwrap();
    let second = p.world.associate(p.a, p.reseller, "2026-10-01T00:00:00Z").await;
    let correct = |association_id, expected_version, partner_id, from: Option<&str>| {
        let input = Correct {
            association_id,
            expected_version,
            partner_id,
            mode: None,
            valid_from: from.map(at),
            reason: "wrong".into(),
        };
        association::correct(store, context, Some("key"), input)
    };
    p.refused("none", correct(AssociationId(1), 1, None, None), Code::NotFound, "id").await;
    p.refused("stale", correct(second, 9, None, None), Code::VersionConflict, "expectedVersion").await;
    let answer = correct(p.association, 2, None, Some("2026-09-01T00:00:00Z"));
    p.refused("begins at its end", answer, Code::Invalid, "validFrom").await;
    let answer = correct(second, 1, None, Some("2026-08-31T00:00:00Z"));
    p.refused("into another", answer, Code::AssociationOverlaps, "validFrom").await;
    let answer = correct(second, 1, Some(p.lonely), None);
    p.refused("lonely", answer, Code::ResellerWithoutDistributor, "partnerId").await;
    p.refused("nobody", correct(second, 1, Some(PartnerId(1)), None), Code::NotFound, "partnerId").await;
});
