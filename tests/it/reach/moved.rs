//! A reseller moves to a competing distributor, and a customer to another partner. Each side goes on seeing its own time,
//! and nothing of the other's.

use std::collections::BTreeSet;

use domain::performance::recompute::recompute_all;
use domain::reading::export::create::{NewExport, create};
use domain::reading::export::{ExportFilter, export};
use domain::{Actor, Context};
use entity::{
    CustomerId, ExportFormat, ExportWhat, PartnerId, PartnerKind, RunKind, export_job, stored_file,
};
use sea_orm::EntityTrait;
use serde_json::json;
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::world::{FOCUS_HEADER, World, at};

use super::schema::Schema;
use super::walk::{Reached, Walk, ids_of};
use crate::api::{TestApi, administrator, made, member_of, user_of};
use crate::files::with_files;

/// Marks that all bear which is known of a time: in the region of a payment, a number of an invoice or account, a name.
const FIRST: &str = "d1-era";
const SECOND: &str = "d2-era";
const FORMER: &str = "x-era";
const NEXT: &str = "y-era";

struct Moved {
    world: World,
    api: TestApi,
    schema: Schema,
    directory: tempfile::TempDir,
    first: PartnerId,
    second: PartnerId,
    reseller: PartnerId,
    former: PartnerId,
    next: PartnerId,
    kept: CustomerId,
    moved: CustomerId,
}

/// A row of a paid bill: the account, how much, when, and the mark of its time.
fn consumed(account: &str, amount: &str, when: &str, mark: &str) -> String {
    format!(
        "{amount},USD,Usage,,{when},Compute Engine,Compute,{account},Cloud,Cloud,Cloud,INV-{mark}-{},{account} {when},{mark}",
        &when[..7]
    )
}

impl Moved {
    /// The time before anybody moves: until 10 September.
    async fn before(db: &TestDatabase) -> Moved {
        let directory = tempfile::tempdir().unwrap();
        let world = with_files(db, &directory).await;
        world.clock.set(at("2026-01-05T00:00:00Z"));
        let first = world.partner(PartnerKind::Distributor, "Distributor d1-era").await;
        let second = world.partner(PartnerKind::Distributor, "Distributor d2-era").await;
        let reseller = world.partner(PartnerKind::Reseller, "The reseller").await;
        let former = world.partner(PartnerKind::SolutionProvider, "Provider x-era").await;
        let next = world.partner(PartnerKind::SolutionProvider, "Provider y-era").await;
        world.link(reseller, first).await;
        world.policy("2026-01", 100_000).await;
        let kept = world.customer("kept").await;
        world.associate(kept, reseller, "2026-02-01T00:00:00Z").await;
        let moved = world.customer("moved").await;
        world.associate(moved, former, "2026-02-01T00:00:00Z").await;
        let gone = world.customer("gone d1-era").await;
        let api = TestApi::over_store(world.store.clone());
        let period = json!({ "customerId": gone.to_string(), "partnerId": reseller.to_string(), "mode": "RESALE",
            "validFrom": "2026-02-01T00:00:00Z", "validTo": "2026-08-20T00:00:00Z" });
        made(&api, "associationCreate", "association", period).await;
        let schema = Schema::read(&world.store).await;
        let it = Moved { world, api, schema, directory, first, second, reseller, former, next, kept, moved };
        it.world.clock.set(at("2026-09-02T00:00:00Z"));
        it.import(&[
            consumed("kept", "100", "2026-08-05T00:00:00Z", FIRST),
            consumed("gone d1-era", "50", "2026-08-05T00:00:00Z", FIRST),
            consumed("moved", "200", "2026-08-05T00:00:00Z", FORMER),
        ])
        .await;
        it.world.settle("2026-08", RunKind::Final).await;
        it.world.clock.set(at("2026-09-08T00:00:00Z"));
        it.import(&[
            consumed("kept", "110", "2026-09-05T00:00:00Z", FIRST),
            consumed("moved", "210", "2026-09-05T00:00:00Z", FORMER),
        ])
        .await;
        it
    }

    /// Reseller and customer move, on 10 September.
    async fn move_on(&self) {
        self.world.clock.set(at("2026-09-10T00:00:00Z"));
        let link =
            json!({ "resellerId": self.reseller.to_string(), "distributorId": self.second.to_string() });
        made(&self.api, "resellerLink", "reseller", link).await;
        let transfer = json!({ "customerId": self.moved.to_string(), "partnerId": self.next.to_string(), "mode": "RESALE" });
        made(&self.api, "associationTransfer", "association", transfer).await;
    }

    /// The time under the new partners, until the end of September.
    async fn after(&self) {
        let world = &self.world;
        world.clock.set(at("2026-09-12T00:00:00Z"));
        world.account("kept d2-era", self.kept).await;
        world.account("moved y-era", self.moved).await;
        let late = world.customer("late d2-era").await;
        world.associate(late, self.reseller, "2026-09-12T00:00:00Z").await;
        let mode = json!({ "customerId": self.kept.to_string(), "partnerId": self.reseller.to_string(),
            "mode": "CONSULTING", "at": "2026-09-22T00:00:00Z" });
        world.clock.set(at("2026-09-22T00:00:00Z"));
        made(&self.api, "associationTransfer", "association", mode).await;
        world.clock.set(at("2026-09-30T00:00:00Z"));
        self.import(&[
            consumed("kept", "120", "2026-09-20T00:00:00Z", SECOND),
            consumed("kept d2-era", "121", "2026-09-21T00:00:00Z", SECOND),
            consumed("late d2-era", "122", "2026-09-21T00:00:00Z", SECOND),
            consumed("moved", "220", "2026-09-20T00:00:00Z", NEXT),
            consumed("moved y-era", "221", "2026-09-21T00:00:00Z", NEXT),
        ])
        .await;
        // As workers do: an explanation says of a payment whose line waits for that, that it is pending.
        recompute_all(&world.store).await.unwrap();
    }

    async fn import(&self, rows: &[String]) {
        let text = format!("{FOCUS_HEADER},RegionId\n{}\n", rows.join("\n"));
        let import = self.world.import(&text).await;
        assert_eq!(import.rows_rejected, 0);
    }

    fn walk(&self) -> Walk<'_> {
        Walk { api: &self.api, schema: &self.schema }
    }

    /// Every id there is.
    async fn ids(&self) -> BTreeSet<String> {
        let all = self.walk().reach(&administrator(), &BTreeSet::new()).await;
        ids_of(all.values())
    }

    /// Everything a partner reaches, and all that its exports hold.
    async fn partner(&self, id: PartnerId, ids: &BTreeSet<String>) -> Reached {
        let who = member_of(&id.to_string());
        let mut reached = self.walk().reach(&who, ids).await;
        for what in [ExportWhat::Payments, ExportWhat::PerformanceLines, ExportWhat::IncentiveBillLines] {
            reached.insert(format!("export {what:?}"), self.exported(&who, what).await.into());
        }
        reached
    }

    async fn exported(&self, who: &Actor, what: ExportWhat) -> String {
        let store = &self.world.store;
        let context = Context { actor: who.clone(), request_id: None };
        let new = NewExport { what, format: ExportFormat::Csv, filter: ExportFilter::default() };
        let key = store.ids.next(store.clock.now()).to_string();
        let id = create(store, &context, &key, new).await.unwrap();
        export(store, id).await.unwrap();
        let job = export_job::Entity::find_by_id(id).one(store.db()).await.unwrap().unwrap();
        let file = stored_file::Entity::find_by_id(job.file_id).one(store.db()).await.unwrap().unwrap();
        let text = std::fs::read_to_string(self.directory.path().join(file.path.unwrap())).unwrap();
        let mut lines: Vec<_> = text.lines().map(ToOwned::to_owned).collect();
        lines.sort();
        lines.join("\n")
    }
}

/// The places at which a mark stands in what was reached.
fn places(reached: &Reached, mark: &str) -> Vec<String> {
    let found = reached.iter().filter(|(_, brought)| brought.to_string().contains(mark));
    found.map(|(label, _)| label.clone()).collect()
}

/// Whether something is the same for everybody, and moves on with the programme; and the exports of this test.
fn is_everybodys(label: &str) -> bool {
    let name = label.split([' ', '_']).next().unwrap_or_default();
    let noun = label.strip_prefix("node ").map_or(name, |id| id.split('_').next().unwrap_or_default());
    [
        "months",
        "month",
        "products",
        "product",
        "programme",
        "viewer",
        "exports",
        "export",
        "events",
        "event",
        "file",
    ]
    .contains(&noun)
        && !label.starts_with("export ")
}

on_both_databases!(after_a_move_each_side_reaches_its_own_time_only, |db| async move {
    let it = Moved::before(&db).await;
    it.move_on().await;
    it.after().await;
    it.world.clock.set(at("2026-10-03T00:00:00Z"));
    it.world.settle("2026-09", RunKind::Final).await;
    let ids = it.ids().await;
    let partners = [
        (it.first, &[FIRST][..], &[SECOND, FORMER, NEXT][..]),
        (it.second, &[SECOND], &[FIRST, FORMER, NEXT]),
        (it.reseller, &[FIRST, SECOND], &[FORMER, NEXT]),
        (it.former, &[FORMER], &[NEXT, FIRST, SECOND]),
        (it.next, &[NEXT], &[FORMER, FIRST, SECOND]),
    ];
    for (partner, own, foreign) in partners {
        let reached = it.partner(partner, &ids).await;
        for mark in own {
            for place in ["payments", "performanceLines", "invoices", "export Payments"] {
                assert!(
                    places(&reached, mark).iter().any(|at| at == place),
                    "{partner} reaches no {mark} in {place}"
                );
            }
        }
        for mark in foreign {
            // A reseller's lines name nobody it does not see.
            assert_eq!(places(&reached, mark), Vec::<String>::new(), "{partner} reaches {mark}");
        }
    }
    let users =
        [(it.kept, &[FIRST, SECOND][..], &[FORMER, NEXT][..]), (it.moved, &[FORMER, NEXT], &[FIRST, SECOND])];
    for (customer, own, foreign) in users {
        let reached = it.walk().reach(&user_of(&customer.to_string()), &ids).await;
        for mark in own {
            assert!(places(&reached, mark).iter().any(|at| at == "payments"), "{customer} reaches no {mark}");
        }
        for mark in foreign {
            assert_eq!(places(&reached, mark), Vec::<String>::new(), "{customer} reaches {mark}");
        }
    }
});

on_both_databases!(what_happens_after_a_move_changes_nothing_that_the_former_side_reaches, |db| async move {
    let it = Moved::before(&db).await;
    it.move_on().await;
    let ids = it.ids().await;
    let before = [it.partner(it.first, &ids).await, it.partner(it.former, &ids).await];
    it.after().await;
    let ids = it.ids().await;
    let after = [it.partner(it.first, &ids).await, it.partner(it.former, &ids).await];
    for (before, after) in before.iter().zip(&after) {
        let labels: BTreeSet<_> =
            before.keys().chain(after.keys()).filter(|label| !is_everybodys(label)).collect();
        for label in labels {
            let (was, is) = (before.get(label), after.get(label));
            // What is new in the world is asked for by its id too, and does not exist for them.
            let nothing = is.is_some_and(|is| was.is_none() && (is.is_null() || is["it"].is_null()));
            assert!(nothing || was == is, "{label}: {was:?} became {is:?}");
        }
    }
});

on_both_databases!(nobody_sees_a_relation_before_it_begins, |db| async move {
    let it = Moved::before(&db).await;
    let ids = it.ids().await;
    let before = it.walk().reach(&member_of(&it.second.to_string()), &ids).await;
    let link = json!({ "resellerId": it.reseller.to_string(), "distributorId": it.second.to_string(),
        "validFrom": "2026-09-20T00:00:00Z" });
    made(&it.api, "resellerLink", "reseller", link).await;
    let transfer = json!({ "customerId": it.moved.to_string(), "partnerId": it.next.to_string(), "mode": "RESALE",
        "at": "2026-09-20T00:00:00Z" });
    made(&it.api, "associationTransfer", "association", transfer).await;
    assert_eq!(it.walk().reach(&member_of(&it.second.to_string()), &ids).await, before);
    let next = it.walk().reach(&member_of(&it.next.to_string()), &ids).await;
    assert_eq!(places(&next, &it.moved.to_string()), Vec::<String>::new());
    it.world.clock.set(at("2026-09-20T00:00:00Z"));
    let seen = it.walk().reach(&member_of(&it.second.to_string()), &ids).await;
    assert!(
        seen["customers"].to_string().contains("kept")
            && seen["partners"].to_string().contains("The reseller")
    );
});

on_both_databases!(a_filter_by_a_foreign_id_finds_what_an_unknown_one_finds, |db| async move {
    let it = Moved::before(&db).await;
    it.move_on().await;
    it.after().await;
    let ids = it.ids().await;
    let named = ["partner_", "customer_", "account_", "invoice_", "import_", "run_", "bill_"];
    let ids: BTreeSet<_> =
        ids.into_iter().filter(|id| named.iter().any(|name| id.starts_with(name))).collect();
    for partner in [it.first, it.second, it.reseller, it.former, it.next] {
        let who = member_of(&partner.to_string());
        let mut foreign = BTreeSet::new();
        for id in &ids {
            let node =
                it.api.data(&who, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            if node["node"].is_null() {
                foreign.insert(id.clone());
            }
        }
        assert!(foreign.len() > 5, "{foreign:?}");
        let found = it.walk().filtered(&who, &foreign).await;
        assert!(found.len() > 100);
        let matched: Vec<_> = found.into_iter().filter(|(_, rows)| *rows > 0).collect();
        assert_eq!(matched, vec![], "{partner}");
    }
    let first = member_of(&it.first.to_string());
    let of = |partner: PartnerId| json!({ "p": partner.to_string() });
    let query = "query($p: ID!) { customers(filter: { partner: { eq: $p } }) { nodes { name } } }";
    let own = it.api.data(&first, query, of(it.reseller)).await;
    assert_eq!(own["customers"]["nodes"], json!([{ "name": "gone d1-era" }, { "name": "kept" }]));
});
