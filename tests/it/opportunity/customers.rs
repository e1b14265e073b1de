//! Who customers are in law, and which offices own them: set one by one and from files, and gone by.

use domain::Code;
use domain::kernel::store::query;
use domain::programme::customer_import::{ImportProfiles, ProfileImported, import};
use domain::programme::customer_profile::{Profile, SetCustomerProfile, set};
use domain::programme::office::import::{NewOffices, import as import_offices};
use entity::{CustomerId, OfficeId, RouteKind};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::refused::code;

use super::routing::{offices, sent};
use super::vendor::operations;
use super::*;
use crate::api::{TestApi, operations as operator};
use crate::cli::run_with_input;

const CODE: &str = "91350100M000100Y43";
const OTHER_CODE: &str = "91110000600037341L";

fn profile(legal_name: &str) -> Profile {
    Profile {
        legal_name: legal_name.into(),
        credit_code: None,
        enterprise: true,
        office_id: None,
        owner: None,
        province: String::new(),
        city: String::new(),
    }
}

async fn office(world: &World, code: &str) -> OfficeId {
    let rows = query(world.store.db(), "SELECT id FROM office WHERE code = $1", [code.into()]).await.unwrap();
    OfficeId(rows[0].try_get_by_index(0).unwrap())
}

async fn known(
    world: &World,
    id: CustomerId,
    expected_version: i32,
    profile: Profile,
) -> Result<CustomerId, Error> {
    let input = SetCustomerProfile { customer_id: id, expected_version, profile };
    set(&world.store, &operations(), None, input).await
}

async fn taken(world: &World, rows: &[String], policy: BulkPolicy) -> Result<Vec<ProfileImported>, Error> {
    let csv = format!("customer_id,legal_name,credit_code,office,enterprise\n{}\n", rows.join("\n"));
    import(&world.store, &operations(), None, ImportProfiles { csv, policy }).await
}

on_both_databases!(a_customers_opportunities_go_to_the_office_that_owns_it, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let shenzhen = office(&world, "SZ").await;
    let (partner, offering) = joined(&world, "Partner").await;
    let customer = world.customer("Acme").await;
    let owned =
        Profile { credit_code: Some(CODE.into()), office_id: Some(shenzhen), ..profile(" Acme Cloud Ltd ") };
    known(&world, customer, 0, owned).await.unwrap();
    let with_code = |code: &str| Patch::Set(code.to_owned());
    let table = [
        (form("ACME cloud, Inc.", offering), RouteKind::ExistingCustomer),
        (
            Changes { credit_code: with_code(CODE), ..form("Another name", offering) },
            RouteKind::ExistingCustomer,
        ),
        // Of the same name, but another company in law.
        (
            Changes { credit_code: with_code(OTHER_CODE), ..form("Acme Cloud", offering) },
            RouteKind::CustomerLocation,
        ),
        (form("Acme", offering), RouteKind::CustomerLocation),
    ];
    for (changes, expected) in table {
        let what = format!("{:?} {:?}", changes.customer_name, changes.credit_code);
        let row = row(&world, sent(&world, changes, partner).await).await;
        assert_eq!(row.route, Some(expected), "{what}");
        assert_eq!(row.office_id == Some(shenzhen), expected == RouteKind::ExistingCustomer, "{what}");
    }
});

on_both_databases!(
    a_profile_is_set_at_the_version_that_was_seen_and_what_is_wrong_is_named,
    |db| async move {
        let world = World::open(&db).await;
        let customer = world.customer("Acme").await;
        known(&world, customer, 0, profile("Acme Ltd")).await.unwrap();
        assert_eq!(code(known(&world, customer, 0, profile("Acme Inc.")).await), Code::VersionConflict);
        known(&world, customer, 1, profile("Acme Inc.")).await.unwrap();
        assert_eq!(code(known(&world, CustomerId(1), 0, profile("Acme")).await), Code::NotFound);
        let wrong = Profile {
            credit_code: Some("91350100M000100Y44".into()),
            office_id: Some(OfficeId(1)),
            owner: Some("x".repeat(201)),
            ..profile("  ")
        };
        let Err(Error::Refused(refusals)) = known(&world, customer, 2, wrong).await else { panic!("set") };
        let fields: Vec<_> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
        assert_eq!(fields, ["legalName", "owner", "creditCode", "officeId"]);
    }
);

on_both_databases!(two_who_set_the_first_profile_at_once_do_not_overwrite_each_other, |db| async move {
    let world = World::open(&db).await;
    for round in 0..6 {
        let customer = world.customer(&format!("Customer {round}")).await;
        let set = |name: &'static str| known(&world, customer, 0, profile(name));
        let (one, other) = tokio::join!(set("One"), set("Other"));
        let refused = if one.is_ok() { other } else { one };
        assert_eq!(code(refused), Code::VersionConflict, "round {round}");
    }
});

on_both_databases!(profiles_come_from_a_file_and_what_is_known_already_changes_nothing, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (one, other) = (world.customer("One").await, world.customer("Other").await);
    let good = format!("{one},华东智造科技有限公司,{CODE},SH,");
    let wrong = [
        format!("{other},Other Ltd,123,ZZ,maybe"),
        "77,Nobody,,,".to_owned(),
        format!("{one},Twice,,,"),
        format!("{other},,,,"),
    ];
    let all = [std::slice::from_ref(&good), &wrong].concat();
    let Err(Error::Refused(refusals)) = taken(&world, &all, BulkPolicy::AllOrNothing).await else {
        panic!("taken")
    };
    let places: Vec<_> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
    let expected = [
        "csv.3.enterprise",
        "csv.3.office",
        "csv.3.creditCode",
        "csv.4.customerId",
        "csv.5.customerId",
        "csv.6.legalName",
        "csv.6.customerId",
    ];
    assert_eq!(places, expected);
    assert!(refusals[1].detail.starts_with("row 3, office: ZZ"), "{}", refusals[1].detail);
    let none = query(world.store.db(), "SELECT 1 FROM customer_profile", []).await.unwrap();
    assert!(none.is_empty());

    let done = taken(&world, &all, BulkPolicy::SkipFailed).await.unwrap();
    assert_eq!(done.iter().map(|row| row.changed).collect::<Vec<_>>(), [true, false, false, false, false]);
    let again = taken(&world, std::slice::from_ref(&good), BulkPolicy::AllOrNothing).await.unwrap();
    assert!(!again[0].changed);
    let moved = good.replace(",SH,", ",SZ,");
    assert!(taken(&world, &[moved], BulkPolicy::AllOrNothing).await.unwrap()[0].changed);

    let api = TestApi::over_store(world.store.clone());
    let read = format!(
        "{{ customer(id: \"{one}\") {{ profile {{ legalName creditCode enterprise version office {{ code }} }} }} }}"
    );
    let expected = json!({
        "legalName": "华东智造科技有限公司", "creditCode": CODE, "enterprise": true, "version": 2, "office": { "code": "SZ" },
    });
    assert_eq!(api.data(&operator(), &read, json!({})).await["customer"]["profile"], expected);
});

on_both_databases!(a_client_sets_a_profile_and_a_partner_reads_none, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let customer = world.customer("Acme").await;
    let partner = world.partner(PartnerKind::SolutionProvider, "Partner").await;
    world.associate(customer, partner, "2020-01-01T00:00:00Z").await;
    let query = "mutation($input: CustomerProfileSetInput!) { customerProfileSet(input: $input) {
        customer { profile { legalName version } } userErrors { code path } } }";
    let input = |name: &str, key: &str| json!({ "input": { "idempotencyKey": key, "customerId": customer.to_string(), "expectedVersion": 0, "legalName": name } });
    let refused = api.data(&operator(), query, input("", "a")).await;
    assert_eq!(
        refused["customerProfileSet"],
        json!({ "customer": null, "userErrors": [{ "code": "INVALID", "path": ["legalName"] }] })
    );
    let done = api.data(&operator(), query, input("Acme Ltd", "b")).await;
    assert_eq!(
        done["customerProfileSet"]["customer"]["profile"],
        json!({ "legalName": "Acme Ltd", "version": 1 })
    );
    let read = format!("{{ customer(id: \"{customer}\") {{ name profile {{ legalName }} }} }}");
    let seen = api.data(&as_partner(partner).actor, &read, json!({})).await;
    assert_eq!(seen["customer"], json!({ "name": "Acme", "profile": Value::Null }));
});

on_both_databases!(the_command_line_takes_customers_in, |db| async move {
    let world = World::open(&db).await;
    let none = NewOffices { offices: vec![], coordinators: None };
    import_offices(&world.store, &world.context, None, none).await.unwrap();
    let customer = world.customer("Acme").await;
    let import = |text: &str, rest: &[&str]| {
        run_with_input(&[&["customer", "import", "-", "--database-url", &db.url], rest].concat(), text)
    };
    let file = format!("customer_id,legal_name\n{customer},Acme Ltd\n9,Nobody\n");
    let refused = import(&file, &[]);
    assert!(refused.err.contains("row 3, customer_id"), "{}", refused.err);
    let taken = import(&file, &["--skip-failed"]);
    assert_eq!(taken.code, 3, "rows were rejected");
    assert!(taken.out.contains("row 3, customer_id: 9 does not exist"), "{}", taken.out);
    assert!(
        taken.out.contains("1 customers are known anew; 0 were known so already, 1 rows are wrong."),
        "{}",
        taken.out
    );
    let again = import(&format!("customer_id,legal_name\n{customer},Acme Ltd\n"), &["--lang", "zh-CN"]);
    assert!(again.out.contains("已更新 0 个客户；1 个无变化"), "{}", again.out);
});
