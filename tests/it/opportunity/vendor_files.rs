//! Files of the vendor's CRM: rows that are right, wrong, known already.

use domain::kernel::store::query;
use domain::opportunity::intake::crm_csv::NEEDED;
use domain::opportunity::intake::crm_import::{Import, Imported, import};
use tests::db::TestDatabase;
use tests::on_both_databases;

use super::vendor::{able, load, offered, office, operations};
use super::*;
use crate::cli::{run, run_with_input};

fn file(rows: &[&str]) -> String {
    format!("{},expected_amount\n{}\n", NEEDED.join(","), rows.join("\n"))
}

async fn taken(world: &World, rows: &[&str], policy: BulkPolicy) -> Result<Vec<Imported>, Error> {
    import(&world.store, &operations(), None, Import { csv: file(rows), policy }).await
}

async fn numbers(world: &World) -> Vec<String> {
    let rows = query(world.store.db(), "SELECT crm_no FROM opportunity ORDER BY crm_no", []).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn opened(db: &TestDatabase) -> World {
    let world = World::open(db).await;
    office(&world, "CN-EAST", "Shanghai").await;
    world
}

const GOOD: &str = "C1,Lake,Acme Ltd, Shanghai ,BIG_DATA,2027-03-01,250000";
const NO_DAY: &str = "C2,Pool,Blue Ltd,Shanghai,BIG_DATA,soon,1";
const NO_NAME: &str = "C3,,Blue Ltd,Shanghai,big data,2027-03-01,1.0000001";
const TWICE: &str = "C1,Lake,Acme Ltd,Shanghai,BIG_DATA,2027-03-01,";

on_both_databases!(everything_that_is_wrong_is_named_at_once_and_nothing_is_taken_in, |db| async move {
    let world = opened(&db).await;
    let refused = taken(&world, &[GOOD, NO_DAY, NO_NAME, TWICE], BulkPolicy::AllOrNothing).await;
    let Err(Error::Refused(refusals)) = refused else { panic!("{refused:?}") };
    let paths: Vec<_> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
    let expected =
        ["csv.3.expectedSignOn", "csv.4.expectedAmount", "csv.4.name", "csv.4.demandTag", "csv.5.crmNo"];
    assert_eq!(paths, expected);
    assert!(refusals[0].detail.starts_with("row 3, expected_sign_on: a day"), "{}", refusals[0].detail);
    assert_eq!(numbers(&world).await, Vec::<String>::new());
});

on_both_databases!(rows_that_are_right_are_taken_in_and_a_known_number_changes_nothing, |db| async move {
    let world = opened(&db).await;
    let done = taken(&world, &[GOOD, NO_DAY], BulkPolicy::SkipFailed).await.unwrap();
    assert_eq!(done.iter().map(|row| (row.line, row.made)).collect::<Vec<_>>(), [(2, true), (3, false)]);
    assert_eq!((done[1].id, done[1].refusals.len()), (None, 1));
    let id = done[0].id.unwrap();
    let before = load(&world, id).await;
    assert_eq!((before.expected_amount, before.kind), (Some(250_000 * UNIT), entity::OpportunityKind::Ho));
    let mended = NO_DAY.replace("soon", "2027-04-01");
    let changed = GOOD.replace("Lake", "Ocean");
    let again = taken(&world, &[&changed, &mended], BulkPolicy::AllOrNothing).await.unwrap();
    assert_eq!(again.iter().map(|row| row.made).collect::<Vec<_>>(), [false, true]);
    assert_eq!(again[0].id, Some(id));
    assert_eq!(load(&world, id).await, before);
    assert_eq!(numbers(&world).await, ["C1", "C2"]);
    let sql = "SELECT COUNT(*) FROM opportunity_transition WHERE operation = 'CREATE'";
    let trail = query(world.store.db(), sql, []).await.unwrap();
    assert_eq!(trail[0].try_get_by_index::<i64>(0).unwrap(), 2);
    // What came by file is offered like any other; its office is found then.
    let partner = able(&world, "Able").await;
    offered(&world, id, None).await.unwrap();
    let after = load(&world, id).await;
    assert_eq!((after.partner_id, after.office_id.is_some()), (Some(partner), true));
});

on_both_databases!(the_command_line_takes_a_file_in_and_says_what_is_wrong, |db| async move {
    let import = |text: &str, rest: &[&str]| {
        run_with_input(&[&["opportunity", "import", "-", "--database-url", &db.url], rest].concat(), text)
    };
    let refused = import(&file(&[GOOD, NO_DAY]), &[]);
    assert!(refused.err.contains("row 3, expected_sign_on"), "{}", refused.err);
    let taken = import(&file(&[GOOD, NO_DAY]), &["--skip-failed"]);
    assert!(taken.out.contains("row 3, expected_sign_on"), "{}", taken.out);
    assert_eq!((refused.code, taken.code), (1, 3), "rows were rejected");
    assert!(
        taken.out.contains("Took 1 opportunities in; 0 were known already, 1 are wrong."),
        "{}",
        taken.out
    );
    let again = import(&file(&[GOOD]), &["--lang", "zh-CN"]);
    assert!(again.out.contains("已导入 0 个机会点；1 个此前已导入"), "{}", again.out);
    let missing = run(&["opportunity", "import", "nowhere.csv", "--database-url", &db.url]);
    assert!(missing.err.contains("nowhere.csv cannot be read"), "{}", missing.err);
});
