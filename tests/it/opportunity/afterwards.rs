//! What holds once an opportunity passed: who goes on with it, what it goes on saying, and what a partner learns of the
//! vendor's work.

use domain::Code;
use domain::opportunity::content::contact_hide::{HideContact, hide};
use domain::opportunity::content::update::{self, Update};
use domain::opportunity::progress::report::{self, Report};
use domain::{Actor, Role};
use entity::OpportunityStage;
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::refused::{code, code_at};

use super::*;
use crate::api::{TestApi, member_of};

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

async fn edited(
    world: &World,
    who: &Context,
    id: OpportunityId,
    changes: Changes,
) -> Result<OpportunityId, Error> {
    let seen = Seen { id, expected_version: row(world, id).await.version };
    update::update(&world.store, who, None, Update { seen, changes }).await
}

on_both_databases!(reviewers_of_no_office_leave_what_passed_alone, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    let stranger = as_operator("stranger", &[Role::OpportunityReviewer]);
    let lose = (Some(OpportunityReason::Competitor), None);
    let lost = moved(&world, &stranger, id, OpportunityOperation::Lose, lose).await;
    assert_eq!(code(lost), Code::NotOfItsOffice);
    let need = || Changes { need: Patch::Set("More".into()), ..Changes::default() };
    assert_eq!(code(edited(&world, &stranger, id, need()).await), Code::NotOfItsOffice);
    edited(&world, &as_reviewer(), id, need()).await.unwrap();
    let report = Report {
        opportunity_id: id,
        stage: OpportunityStage::Solution,
        win_percent: 60,
        exchanges: String::new(),
        tests: String::new(),
        detail: "Met".into(),
        next_step: String::new(),
    };
    report::add(&world.store, &as_partner(partner), None, report).await.unwrap();
    moved(&world, &vendor::operations(), id, OpportunityOperation::Lose, lose).await.unwrap();
    assert_eq!(row(&world, id).await.win_percent, Some(0), "what is lost weighs nothing");
});

on_both_databases!(what_passed_goes_on_saying_what_qualified_it, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let id = verified(&world, partner, form("Acme", offering)).await;
    let refusals: [(Changes, Code); 3] = [
        (Changes { expected_amount: Patch::Set(UNIT), ..Changes::default() }, Code::RevenueTooSmall),
        (Changes { contact_name: Patch::Erase, ..Changes::default() }, Code::ContactMissing),
        (
            Changes { expected_sign_on: Patch::Set("2020-01-01".parse().unwrap()), ..Changes::default() },
            Code::PurchaseTimePast,
        ),
    ];
    for (changes, expected) in refusals {
        assert_eq!(code(edited(&world, &me, id, changes).await), expected);
    }
    // A sale may take longer than was thought.
    let later = Changes { expected_sign_on: Patch::Set("2028-06-30".parse().unwrap()), ..Changes::default() };
    edited(&world, &me, id, later).await.unwrap();
});

on_both_databases!(who_does_not_see_a_person_does_not_change_it, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    let seen = Seen { id, expected_version: row(&world, id).await.version };
    hide(&world.store, &as_partner(partner), None, HideContact { seen, hidden: true }).await.unwrap();
    let name = |name: &str| Changes { contact_name: Patch::Set(name.into()), ..Changes::default() };
    let refused = edited(&world, &vendor::operations(), id, name("Li Si")).await;
    assert_eq!(code_at(refused), (Code::ContactHidden, "contact".into()));
    edited(&world, &as_partner(partner), id, name("Wang Wu")).await.unwrap();
    let query = format!("{{ opportunity(id: \"{id}\") {{ editableFields }} }}");
    let fields =
        async |who: &Actor| api.data(who, &query, json!({})).await["opportunity"]["editableFields"].clone();
    let contact = json!("CONTACT");
    assert!(!fields(&vendor::operations().actor).await.as_array().unwrap().contains(&contact));
    assert!(fields(&member_of(&partner.to_string())).await.as_array().unwrap().contains(&contact));
    assert_eq!(
        fields(&as_operator("finance", &[Role::Finance]).actor).await,
        json!([]),
        "finance edits nothing"
    );
});

on_both_databases!(a_partner_learns_nothing_of_who_works_for_the_vendor, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    let me = member_of(&partner.to_string());
    let query = format!(
        "{{ opportunity(id: \"{id}\") {{ claimedBy timeline {{ nodes {{ operation actor seq }} }} }} }}"
    );
    let told = api.data(&me, &query, json!({})).await["opportunity"].clone();
    assert_eq!(told["claimedBy"], Value::Null);
    let timeline: Vec<_> = told["timeline"]["nodes"].as_array().unwrap().clone();
    let who = |operation: &str| {
        timeline.iter().find(|node| node["operation"] == operation).map(|node| node["actor"].clone())
    };
    assert_eq!(who("CREATE"), Some(json!(as_partner(partner).actor.subject)));
    assert_eq!(who("VERIFY"), Some(Value::Null));
    assert!(timeline.iter().all(|node| node["seq"].is_null()));
    for filter in
        ["claimedBy: { eq: \"reviewer\" }", "claimed: true", "or: [{ office: { eq: \"office_1\" } }]"]
    {
        let query = format!("{{ opportunities(filter: {{ {filter} }}) {{ nodes {{ id }} }} }}");
        let answer = api.ask(&me, &query, json!({})).await;
        assert!(!answer.errors.is_empty(), "{filter}");
    }
});

on_both_databases!(invisible_characters_are_no_text, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    for name in ["\u{200b}", "Acme\u{202e}", "\u{feff}Acme"] {
        let changes = Changes { name: Patch::Set(name.into()), ..form("Acme", offering) };
        let refused = draft::create(&world.store, &me, None, changes).await;
        assert_eq!(code_at(refused), (Code::Invalid, "name".into()), "{name:?}");
    }
    let code = Patch::Set("９１３５０１００m000100y43 ".into());
    let id = drafted(&world, partner, Changes { credit_code: code, ..form("Acme", offering) }).await;
    assert_eq!(row(&world, id).await.credit_code.as_deref(), Some("91350100M000100Y43"));
    moved(&world, &me, id, OpportunityOperation::Submit, NO).await.unwrap();
});
