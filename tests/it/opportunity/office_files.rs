//! Offices from a file, as operators write them.

use domain::kernel::store::query;
use tests::on_both_databases;

use super::*;
use crate::cli::run_with_input;

const FILE: &str = "office,name,name_zh,region,province,city,subject,person,email,role\n\
    SH,Shanghai,上海代表处,CN-EAST,上海市,,lin,林,lin@vendor.example,PSM\n\
    SH,,,,江苏,苏州市,,,,\n\
    ,,,,,,cora,Cora,cora@vendor.example,COORDINATOR\n";

on_both_databases!(the_command_line_takes_offices_in_and_opportunities_go_there, |db| async move {
    let world = World::open(&db).await;
    let import = |text: &str, rest: &[&str]| {
        run_with_input(&[&["office", "import", "-", "--database-url", &db.url], rest].concat(), text)
    };
    let wrong = import(&FILE.replace("PSM", "BOSS").replace("江苏", ""), &[]);
    assert!(wrong.err.contains("row 2, role: PDM, PSM or COORDINATOR"), "{}", wrong.err);
    assert!(wrong.err.contains("row 3, province"), "{}", wrong.err);
    let none = query(world.store.db(), "SELECT 1 FROM office", []).await.unwrap();
    assert!(none.is_empty());

    let taken = import(FILE, &[]);
    assert!(taken.out.contains("Took 1 offices and 1 coordinators in."), "{} {}", taken.out, taken.err);
    let (partner, offering) = joined(&world, "Partner").await;
    let set = |text: &str| Patch::Set(text.to_owned());
    let suzhou = Changes { province: set("江苏省"), city: set("苏州"), ..form("Acme", offering) };
    let id = routing::sent(&world, suzhou, partner).await;
    assert_eq!(row(&world, id).await.route_detail.as_deref(), Some("江苏 苏州"));

    let again = import(&FILE.replace(",lin,林,lin@vendor.example,PSM", ",,,,"), &["--lang", "zh-CN"]);
    assert!(again.out.contains("已导入 1 个代表处、1 名协调人。"), "{}", again.out);
    let people = query(world.store.db(), "SELECT 1 FROM office_member", []).await.unwrap();
    assert!(people.is_empty(), "what the file says replaces what was known");
});
