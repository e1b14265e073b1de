//! Progress told by both sides, the clock of it, and how an opportunity ends.

use domain::kernel::store::query;
use domain::operate::deadline;
use domain::opportunity::content::update::{self, Update};
use domain::opportunity::progress::report::{self, Report};
use domain::{Code, Role};
use entity::{OpportunityStage, OpportunityState as S};
use tests::on_both_databases;
use tests::refused::{code, code_at};
use tests::world::at;

use super::*;

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

fn report(id: OpportunityId, stage: OpportunityStage, percent: i32) -> Report {
    Report {
        opportunity_id: id,
        stage,
        win_percent: percent,
        exchanges: "Two workshops".into(),
        tests: String::new(),
        detail: "The board has seen the offer".into(),
        next_step: "Negotiate".into(),
    }
}

async fn told(world: &World, context: &Context, report: Report) -> Result<OpportunityId, Error> {
    report::add(&world.store, context, None, report).await
}

/// A column of rows, as text.
async fn texts(world: &World, sql: &str, id: OpportunityId) -> Vec<String> {
    let rows = query(world.store.db(), sql, [id.to_string().into()]).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn kinds(world: &World, id: OpportunityId) -> Vec<String> {
    texts(world, "SELECT kind FROM event WHERE entity = $1 AND topic = 'OPPORTUNITY' ORDER BY id", id).await
}

on_both_databases!(the_first_report_begins_the_work_and_both_sides_tell, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    told(&world, &as_partner(partner), report(id, OpportunityStage::Solution, 30)).await.unwrap();
    let begun = row(&world, id).await;
    assert_eq!(
        (begun.state, begun.stage, begun.win_percent),
        (S::InProgress, Some(OpportunityStage::Solution), Some(30))
    );
    let stranger = as_operator("vendor", &[Role::OpportunityReviewer]);
    let refused = told(&world, &stranger, report(id, OpportunityStage::Bidding, 60)).await;
    assert_eq!(code(refused), Code::NotOfItsOffice);
    let early = told(&world, &as_partner(partner), report(id, OpportunityStage::Delivery, 60)).await;
    assert_eq!(code_at(early), (Code::Invalid, "stage".into()), "nothing is delivered before it is won");
    for vendor in [as_reviewer(), as_operator("vendor", &[Role::Operations])] {
        told(&world, &vendor, report(id, OpportunityStage::Bidding, 60)).await.unwrap();
    }
    let now = row(&world, id).await;
    assert_eq!((now.stage, now.win_percent), (Some(OpportunityStage::Bidding), Some(60)));
    assert_eq!(now.last_progress_at, Some(world.store.clock.now()));
    let sql = "SELECT side FROM opportunity_progress ORDER BY id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let sides: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(sides, ["PARTNER", "VENDOR", "VENDOR"]);
    let kinds = kinds(&world, id).await;
    assert_eq!(kinds[kinds.len() - 4..], ["IN_PROGRESS", "PROGRESS", "VENDOR_PROGRESS", "VENDOR_PROGRESS"]);
});

on_both_databases!(progress_is_told_by_those_who_sell_together_and_nowhere_else, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let (other, _) = joined(&world, "Other").await;
    let id = verified(&world, partner, form("Acme", offering)).await;
    let at_solution = || report(id, OpportunityStage::Solution, 30);
    assert_eq!(code(told(&world, &as_partner(other), at_solution()).await), Code::NotFound);
    let finance = as_operator("finance", &[Role::Finance]);
    assert_eq!(code(told(&world, &finance, at_solution()).await), Code::NotAllowed);
    for state in S::ALL {
        let (kind, sold) = match state {
            S::ToOffer | S::PendingAccept | S::Refused | S::RefusedTimeout => ("HO", false),
            S::Accepted => ("HO", true),
            S::Verified | S::InProgress => ("PO", true),
            // What is signed asks for more of a report.
            S::Won => continue,
            _ => ("PO", false),
        };
        let sql = "UPDATE opportunity SET kind = $1, state = $2, shared_at = 0 WHERE id = $3";
        exec(world.store.db(), sql, [kind.into(), state.name().into(), id.0.into()]).await.unwrap();
        let answer = told(&world, &as_partner(partner), at_solution()).await;
        if sold {
            answer.unwrap();
            assert_eq!(row(&world, id).await.state, S::InProgress, "{state}");
        } else {
            assert_eq!(code(answer), Code::WrongState, "{state}");
        }
    }
});

on_both_databases!(what_is_signed_is_told_of_until_it_is_delivered, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let id = verified(&world, partner, form("Acme", offering)).await;
    told(&world, &me, report(id, OpportunityStage::Negotiation, 90)).await.unwrap();
    moved(&world, &me, id, OpportunityOperation::Win, NO).await.unwrap();
    let won = row(&world, id).await;
    assert_eq!((won.stage, won.win_percent), (Some(OpportunityStage::Contract), Some(100)));
    let early = told(&world, &me, report(id, OpportunityStage::Bidding, 100)).await;
    assert_eq!(code_at(early), (Code::Invalid, "stage".into()));
    told(&world, &me, report(id, OpportunityStage::Delivery, 100)).await.unwrap();
    moved(&world, &me, id, OpportunityOperation::Deliver, NO).await.unwrap();
    let delivered = row(&world, id).await;
    assert_eq!((delivered.state, delivered.stage), (S::Delivered, Some(OpportunityStage::Delivery)));
    assert_eq!(code(told(&world, &me, report(id, OpportunityStage::Delivery, 100)).await), Code::WrongState);
    let open = "SELECT kind FROM deadline WHERE entity = $1 AND closed_at IS NULL";
    assert!(texts(&world, open, id).await.is_empty());
});

on_both_databases!(
    after_thirty_days_it_is_reminded_of_and_after_sixty_it_is_stale_and_nothing_else,
    |db| async move {
        let world = World::open(&db).await;
        let (partner, offering) = joined(&world, "Partner").await;
        let me = as_partner(partner);
        world.clock.set(at("2026-10-01T00:00:00Z"));
        let id = verified(&world, partner, form("Acme", offering)).await;
        let deadlines = "SELECT kind FROM event WHERE entity = $1 AND topic = 'DEADLINE' AND kind IN ('REMINDER', 'DUE') ORDER BY id";

        world.clock.set(at("2026-10-30T23:59:59Z"));
        deadline::work(&world.store).await.unwrap();
        assert!(texts(&world, deadlines, id).await.is_empty());
        world.clock.set(at("2026-10-31T00:00:00Z"));
        deadline::work(&world.store).await.unwrap();
        assert_eq!(texts(&world, deadlines, id).await, ["REMINDER"]);

        // Progress begins the clock anew.
        told(&world, &me, report(id, OpportunityStage::Solution, 30)).await.unwrap();
        world.clock.set(at("2026-12-29T23:59:59Z"));
        deadline::work(&world.store).await.unwrap();
        assert!(!row(&world, id).await.stale);
        world.clock.set(at("2026-12-30T00:00:00Z"));
        deadline::work(&world.store).await.unwrap();
        let stale = row(&world, id).await;
        assert!(stale.stale && stale.state == S::InProgress);
        let times = |kinds: &[String]| kinds.iter().filter(|kind| *kind == "STALE").count();
        assert_eq!(times(&kinds(&world, id).await), 1);

        // Long after, it is still there, and told once.
        world.clock.set(at("2027-06-01T00:00:00Z"));
        deadline::work(&world.store).await.unwrap();
        assert_eq!((row(&world, id).await.state, times(&kinds(&world, id).await)), (S::InProgress, 1));
        // An edit is not progress.
        let seen = Seen { id, expected_version: row(&world, id).await.version };
        let changes = Changes { need: Patch::Set("More".into()), ..Changes::default() };
        update::update(&world.store, &me, None, Update { seen, changes }).await.unwrap();
        assert!(row(&world, id).await.stale);
        told(&world, &me, report(id, OpportunityStage::Solution, 40)).await.unwrap();
        assert!(!row(&world, id).await.stale);
        world.clock.set(at("2027-07-31T00:00:00Z"));
        deadline::work(&world.store).await.unwrap();
        assert_eq!(times(&kinds(&world, id).await), 2);
    }
);
