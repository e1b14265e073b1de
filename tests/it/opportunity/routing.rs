//! Where opportunities go, and who takes them.

use domain::opportunity::review::take::{self, Take};
use domain::programme::office::import::{NewOffice, NewOffices, Person, import};
use domain::{Code, Role};
use entity::{OfficeRole, RouteKind};
use tests::on_both_databases;
use tests::refused::code;

use super::*;

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

fn person(subject: &str) -> Person {
    let email = format!("{subject}@vendor.example");
    Person { subject: subject.into(), name: subject.into(), email, language: "en".into() }
}

fn office(code: &str, areas: &[(&str, &str)], members: &[&str]) -> NewOffice {
    NewOffice {
        code: code.into(),
        name: code.into(),
        name_zh: code.into(),
        region: "CN-EAST".into(),
        areas: areas.iter().map(|(p, c)| ((*p).to_owned(), (*c).to_owned())).collect(),
        members: members.iter().map(|subject| (person(subject), OfficeRole::Psm)).collect(),
    }
}

/// Offices of two places, one without people, and a coordinator.
pub(super) async fn offices(world: &World) {
    let offices = vec![
        office("SH", &[("Shanghai", "")], &["anna", "bert"]),
        office("SZ", &[("广东省", "深圳市")], &["carl"]),
        office("GD", &[("广东", "")], &["dora"]),
        office("XZ", &[("西藏自治区", "")], &[]),
    ];
    let coordinators = Some(vec![person("cora")]);
    import(&world.store, &world.context, None, NewOffices { offices, coordinators }).await.unwrap();
}

pub(super) async fn sent(world: &World, changes: Changes, partner: PartnerId) -> OpportunityId {
    let id = drafted(world, partner, changes).await;
    moved(world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    id
}

pub(super) fn reviewer(subject: &str) -> Context {
    as_operator(subject, &[Role::OpportunityReviewer])
}

async fn take(world: &World, id: OpportunityId, who: &str, take: bool) -> Result<OpportunityId, Error> {
    let seen = Seen { id, expected_version: row(world, id).await.version };
    take::take(&world.store, &reviewer(who), None, Take { seen, take }).await
}

/// What waits for review by somebody.
async fn waiting(world: &World, who: &str) -> Vec<OpportunityId> {
    use domain::reading::opportunity::rows::{awaiting_review, list};
    let list = list(domain::Scope::All).only(awaiting_review(who));
    let rows = list.all(&world.store, domain::reading::Predicate::always(), "opportunity.id").await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

on_both_databases!(an_opportunity_goes_to_the_office_of_the_customers_place, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let table = [
        ("Shanghai", "", Some("SH"), RouteKind::CustomerLocation),
        ("SHANGHAI", "Pudong", Some("SH"), RouteKind::CustomerLocation),
        ("广东", "深圳", Some("SZ"), RouteKind::CustomerLocation),
        ("广东省", "广州市", Some("GD"), RouteKind::CustomerLocation),
        ("西藏", "拉萨", None, RouteKind::Coordinator),
        ("Atlantis", "", None, RouteKind::Coordinator),
    ];
    for (i, (province, city, expected, why)) in table.into_iter().enumerate() {
        let set = |text: &str| Patch::Set(text.to_owned());
        let changes =
            Changes { province: set(province), city: set(city), ..form(&format!("Customer {i}"), offering) };
        let id = sent(&world, changes, partner).await;
        let sql = "SELECT o.code FROM opportunity p LEFT JOIN office o ON o.id = p.office_id WHERE p.id = $1";
        let rows = domain::kernel::store::query(world.store.db(), sql, [id.0.into()]).await.unwrap();
        let code: Option<String> = rows[0].try_get_by_index(0).unwrap();
        assert_eq!(code.as_deref(), expected, "{province} {city}");
        assert_eq!(row(&world, id).await.route, Some(why), "{province} {city}");
    }
});

on_both_databases!(a_customer_the_vendor_knows_goes_to_the_office_that_owns_it, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let known = world.customer("Known").await;
    let sql = "INSERT INTO customer_profile (customer_id, legal_name, name_key, enterprise, office_id, province, city, version) \
               SELECT $1, 'Known Ltd', 'known', $2, id, '', '', 1 FROM office WHERE code = 'SZ'";
    exec(world.store.db(), sql, [known.0.into(), true.into()]).await.unwrap();
    let id = sent(&world, form("KNOWN Co., Ltd.", offering), partner).await;
    let row = row(&world, id).await;
    assert_eq!(row.route, Some(RouteKind::ExistingCustomer));
    assert_eq!(row.route_detail.as_deref(), Some("Known Ltd"));
});

on_both_databases!(one_of_the_office_takes_it_and_the_others_do_not, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = sent(&world, form("Acme", offering), partner).await;
    let pass = |who: &'static str| {
        let world = &world;
        async move { moved(world, &reviewer(who), id, OpportunityOperation::PassReview, NO).await }
    };
    assert_eq!(code(pass("anna").await), Code::NotClaimed);
    assert_eq!(code(take(&world, id, "carl", true).await), Code::NotOfItsOffice);
    take(&world, id, "anna", true).await.unwrap();
    assert_eq!(code(take(&world, id, "bert", true).await), Code::ClaimedByOther);
    assert_eq!(code(pass("bert").await), Code::NotClaimed);
    assert_eq!(waiting(&world, "bert").await, [id]);
    assert!(waiting(&world, "carl").await.is_empty());
    take(&world, id, "anna", false).await.unwrap();
    assert_eq!(code(take(&world, id, "bert", false).await), Code::NotClaimed);
    take(&world, id, "bert", true).await.unwrap();
    take(&world, id, "cora", true).await.unwrap();
    assert_eq!(row(&world, id).await.claimed_by.as_deref(), Some("cora"));
    pass("cora").await.unwrap();
    let operations = domain::kernel::store::query(
        world.store.db(),
        "SELECT operation FROM opportunity_transition WHERE opportunity_id = $1 AND seq BETWEEN 3 AND 6 ORDER BY seq",
        [id.0.into()],
    );
    let operations: Vec<String> =
        operations.await.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(operations, ["CLAIM", "RELEASE", "CLAIM", "CLAIM"]);
});

on_both_databases!(who_left_the_office_decides_nothing_of_what_it_had_claimed, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = sent(&world, form("Acme", offering), partner).await;
    take(&world, id, "anna", true).await.unwrap();
    let stays =
        NewOffices { offices: vec![office("SH", &[("Shanghai", "")], &["bert"])], coordinators: None };
    import(&world.store, &world.context, None, stays).await.unwrap();
    let passed = moved(&world, &reviewer("anna"), id, OpportunityOperation::PassReview, NO).await;
    assert_eq!(code(passed), Code::NotOfItsOffice);
    assert_eq!(waiting(&world, "cora").await, [], "it has an office");
});

on_both_databases!(of_two_who_take_it_at_once_one_does, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    for round in 0..8 {
        let id = sent(&world, form(&format!("Customer {round}"), offering), partner).await;
        let (anna, bert) = tokio::join!(take(&world, id, "anna", true), take(&world, id, "bert", true));
        assert_eq!([anna.is_ok(), bert.is_ok()].into_iter().filter(|ok| *ok).count(), 1, "{anna:?} {bert:?}");
    }
});

on_both_databases!(offices_are_taken_in_whole_or_not_at_all, |db| async move {
    let world = World::open(&db).await;
    let mut bad = office("SH", &[("Shanghai", ""), ("上海", ""), ("上海市", "")], &["anna", "anna"]);
    bad.members[0].0.email = "nowhere".into();
    bad.name = String::new();
    let new = |offices: Vec<NewOffice>| NewOffices { offices, coordinators: None };
    let answer = import(&world.store, &world.context, None, new(vec![bad])).await;
    let Err(Error::Refused(refusals)) = answer else { panic!("{answer:?}") };
    let paths: Vec<_> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
    let expected = [
        "offices.0.name",
        "offices.0.areas.1",
        "offices.0.areas.2",
        "offices.0.members.0.email",
        "offices.0.members.1.subject",
    ];
    assert_eq!(paths, expected);
    let both = vec![office("A", &[("Hebei", "")], &[]), office("B", &[("hebei", "")], &[])];
    let answer = import(&world.store, &world.context, None, new(both)).await;
    assert_eq!(code(answer), Code::AlreadyExists);
    let rows =
        domain::kernel::store::query(world.store.db(), "SELECT COUNT(*) FROM office", []).await.unwrap();
    assert_eq!(rows[0].try_get_by_index::<i64>(0).unwrap(), 0);
});

on_both_databases!(an_area_moves_from_one_office_to_another_in_one_call, |db| async move {
    let world = World::open(&db).await;
    let new = |offices: Vec<NewOffice>| NewOffices { offices, coordinators: None };
    let before = vec![office("A", &[("Hebei", "")], &["anna"]), office("B", &[], &["bert"])];
    import(&world.store, &world.context, None, new(before)).await.unwrap();
    let after = vec![office("B", &[("Hebei", "")], &["bert"]), office("A", &[], &["anna"])];
    import(&world.store, &world.context, None, new(after)).await.unwrap();
    let sql = "SELECT o.code FROM office_area a JOIN office o ON o.id = a.office_id";
    let rows = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap();
    assert_eq!((rows.len(), rows[0].try_get_by_index::<String>(0).unwrap()), (1, "B".to_owned()));
});
