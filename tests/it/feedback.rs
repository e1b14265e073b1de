//! What a partner finds wrong with its bills: when it can say so, what that holds up, and what came of it.

use domain::kernel::store::{exec, query};
use domain::money::incentive::confirm::{Confirm, confirm, confirm_due};
use domain::money::incentive::feedback::close::{Answer, Withdraw, answer, withdraw};
use domain::money::incentive::feedback::create::{NewFeedback, create};
use domain::money::incentive::feedback::{TEXT_LIMIT, may_open};
use domain::operate::work::Due;
use domain::{Code, Context, Error, Scope, reading};
use entity::{
    BillFeedbackId, BillState, FeedbackState, MonthState, PartnerId, PartnerKind, RunKind, bill_feedback,
    incentive_bill, incentive_bill_line,
};
use sea_orm::{EntityTrait, QueryOrder};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::partner::member_of;
use tests::refused::code_at;
use tests::world::{World, at, bill, row};

/// A provider with a customer of $100 in September 2026, of which a tenth is paid.
async fn september(db: &TestDatabase, kind: RunKind) -> (World, PartnerId) {
    let (world, provider) = World::september(db).await;
    world.settle("2026-09", kind).await;
    (world, provider)
}

async fn the_bill(world: &World) -> incentive_bill::Model {
    incentive_bill::Entity::find()
        .order_by_asc(incentive_bill::Column::Month)
        .one(world.store.db())
        .await
        .unwrap()
        .unwrap()
}

async fn say(world: &World, who: &Context, line_no: Option<i32>) -> Result<BillFeedbackId, Error> {
    let new =
        NewFeedback { bill_id: the_bill(world).await.id, line_no, text: "A customer is missing.".into() };
    create(&world.store, who, None, new).await
}

async fn load(world: &World, id: BillFeedbackId) -> bill_feedback::Model {
    bill_feedback::Entity::find_by_id(id).one(world.store.db()).await.unwrap().unwrap()
}

fn says(accept: bool, feedback_id: BillFeedbackId) -> Answer {
    let answer = "Looked into it.".into();
    Answer { feedback_id, expected_version: 1, accept, answer, correction_entity: None }
}

on_both_databases!(feedback_is_taken_while_the_month_is_a_draft_or_the_bill_waits, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    let (mut taken, mut refused) = (0, 0);
    for bill in BillState::ALL {
        for month in MonthState::ALL {
            for closed in [false, true] {
                let sql = "UPDATE incentive_bill SET state = $1";
                exec(world.store.db(), sql, [bill.name().into()]).await.unwrap();
                let sql = "UPDATE settlement_month SET state = $1, closed = $2";
                exec(world.store.db(), sql, [month.name().into(), closed.into()]).await.unwrap();
                let said = say(&world, &member_of(provider), None).await;
                let expected = *bill == BillState::PendingConfirm
                    || (*bill == BillState::Estimated && *month == MonthState::Draft && !closed);
                assert_eq!(may_open(*bill, *month, closed), expected, "{bill} {month} {closed}");
                if expected {
                    let row = load(&world, said.unwrap()).await;
                    assert_eq!((row.state, row.bill_state), (FeedbackState::Open, *bill));
                    taken += 1;
                } else {
                    assert_eq!(code_at(said), (Code::WrongState, "billId".to_owned()), "{bill} {month}");
                    refused += 1;
                }
                exec(world.store.db(), "DELETE FROM bill_feedback", []).await.unwrap();
            }
        }
    }
    assert_eq!((taken, refused), (8 + 1, 40 - 9));
});

on_both_databases!(feedback_is_about_a_bill_of_ones_own_and_one_of_its_lines_once, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let me = member_of(provider);
    assert_eq!(code_at(say(&world, &member_of(other), None).await), (Code::NotFound, "billId".to_owned()));
    assert_eq!(code_at(say(&world, &me, Some(2)).await), (Code::NotFound, "lineNo".to_owned()));
    let whole = say(&world, &me, None).await.unwrap();
    let line = say(&world, &me, Some(1)).await.unwrap();
    assert_eq!(code_at(say(&world, &me, None).await), (Code::AlreadyExists, "billId".to_owned()));
    assert_eq!(code_at(say(&world, &me, Some(1)).await), (Code::AlreadyExists, "lineNo".to_owned()));
    withdraw(&world.store, &me, None, Withdraw { feedback_id: line, expected_version: 1 }).await.unwrap();
    say(&world, &me, Some(1)).await.unwrap();
    answer(&world.store, &world.context, None, says(true, whole)).await.unwrap();
    let sql = "SELECT kind FROM event WHERE topic = 'FEEDBACK' ORDER BY id";
    let told = query(world.store.db(), sql, []).await.unwrap();
    let told: Vec<String> = told.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(told, ["OPENED", "OPENED", "WITHDRAWN", "OPENED", "ANSWERED"], "refusals tell nothing");
    let row = load(&world, whole).await;
    assert_eq!((row.line_no, row.basis, row.amount), (None, 100_000_000, 10_000_000));
    for (length, good) in [(0, false), (TEXT_LIMIT, true), (TEXT_LIMIT + 1, false)] {
        exec(world.store.db(), "DELETE FROM bill_feedback", []).await.unwrap();
        let new =
            NewFeedback { bill_id: the_bill(&world).await.id, line_no: None, text: "长".repeat(length) };
        assert_eq!(create(&world.store, &me, None, new).await.is_ok(), good, "{length}");
    }
});

on_both_databases!(many_that_say_the_same_at_once_are_heard_once, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    let me = member_of(provider);
    let said = futures_util::future::join_all((0..4).map(|_| say(&world, &me, Some(1)))).await;
    assert_eq!(said.iter().filter(|said| said.is_ok()).count(), 1);
    for refused in said.into_iter().filter(Result::is_err) {
        assert_eq!(code_at(refused).0, Code::AlreadyExists);
    }
});

on_both_databases!(feedback_stays_with_its_line_while_runs_write_the_bill_anew, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    let id = say(&world, &member_of(provider), Some(1)).await.unwrap();
    // A second class of products sorts before the first: the line moves, and then it grows.
    let early = "7,USD,Usage,,2026-09-11T00:00:00Z,Archive,Archive,A,Cloud,Cloud,Cloud,,archive".to_owned();
    world.import(&bill(&[early, row("A", "50", "2026-09-12T00:00:00Z", "two")])).await;
    world.settle("2026-09", RunKind::Draft).await;
    let lines = reading::settlement::feedback::lines(&world.store, Scope::All, &[id]).await.unwrap();
    let now = &lines[0].1.row;
    assert_eq!((lines.len(), now.product_class.as_deref()), (1, Some("Compute")));
    assert_eq!((now.line_no, now.basis), (2, 150_000_000));
    let row = load(&world, id).await;
    assert_eq!((row.line_no, row.basis, row.amount), (Some(1), 100_000_000, 10_000_000), "as it was then");
    // The bill goes with its performance, the feedback stays.
    exec(world.store.db(), "DELETE FROM incentive_bill_line", []).await.unwrap();
    exec(world.store.db(), "DELETE FROM incentive_bill", []).await.unwrap();
    assert!(reading::settlement::feedback::lines(&world.store, Scope::All, &[id]).await.unwrap().is_empty());
    assert!(reading::settlement::feedback::bills(&world.store, Scope::All, &[id]).await.unwrap().is_empty());
    world.settle("2026-09", RunKind::Final).await;
    let bills = reading::settlement::feedback::bills(&world.store, Scope::All, &[id]).await.unwrap();
    assert_eq!(bills[0].1.state, BillState::PendingConfirm, "and finds the bill that comes again");
});

on_both_databases!(open_feedback_holds_up_the_confirmation_of_its_bill, |db| async move {
    let (world, provider) = september(&db, RunKind::Final).await;
    let me = member_of(provider);
    let id = say(&world, &me, None).await.unwrap();
    world.clock.set(at("2026-11-20T00:00:00Z"));
    domain::operate::deadline::work(&world.store).await.unwrap();
    assert_eq!(confirm_due(&world.store).await.unwrap(), 0, "the deadline is over");
    let bill = the_bill(&world).await;
    let input = Confirm { bill_id: bill.id, expected_version: bill.version };
    for who in [&me, &world.context] {
        let early = confirm(&world.store, who, None, input).await;
        assert_eq!(code_at(early), (Code::FeedbackOpen, "id".to_owned()));
    }
    withdraw(&world.store, &me, None, Withdraw { feedback_id: id, expected_version: 1 }).await.unwrap();
    confirm(&world.store, &me, None, input).await.unwrap();
    assert_eq!(the_bill(&world).await.state, BillState::Issuing);
});

on_both_databases!(a_bill_that_is_confirmed_and_disputed_at_once_is_one_or_the_other, |db| async move {
    let (world, provider) = september(&db, RunKind::Final).await;
    let me = member_of(provider);
    world.clock.set(at("2026-11-20T00:00:00Z"));
    for round in 0..12 {
        exec(world.store.db(), "DELETE FROM bill_feedback", []).await.unwrap();
        exec(world.store.db(), "UPDATE incentive_bill SET state = 'PENDING_CONFIRM'", []).await.unwrap();
        let version = the_bill(&world).await.version;
        let input = Confirm { bill_id: the_bill(&world).await.id, expected_version: version };
        // First by the deadline that falls due, then by the partner, then because the day is over.
        let said = if round % 2 == 1 {
            let (said, done) = tokio::join!(say(&world, &me, None), confirm(&world.store, &me, None, input));
            assert_ne!(said.is_ok(), done.is_ok(), "round {round}");
            said.is_ok()
        } else {
            let (said, done) = tokio::join!(say(&world, &me, None), world.tick());
            done.unwrap();
            said.is_ok()
        };
        let expected = if said { BillState::PendingConfirm } else { BillState::Issuing };
        assert_eq!(the_bill(&world).await.state, expected, "round {round}");
    }
});

on_both_databases!(a_bill_is_confirmed_by_deadline_once_its_feedback_is_answered, |db| async move {
    let (world, provider) = september(&db, RunKind::Final).await;
    let id = say(&world, &member_of(provider), None).await.unwrap();
    world.clock.set(at("2026-11-20T00:00:00Z"));
    world.tick().await.unwrap();
    assert_eq!(the_bill(&world).await.state, BillState::PendingConfirm);
    answer(&world.store, &world.context, None, says(false, id)).await.unwrap();
    world.tick().await.unwrap();
    assert_eq!(the_bill(&world).await.state, BillState::Issuing);
});

on_both_databases!(the_calendar_waits_for_answers_before_it_makes_a_month_final, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    let id = say(&world, &member_of(provider), Some(1)).await.unwrap();
    let finals =
        async || world.tick().await.unwrap().iter().filter(|due| matches!(due, Due::Settle(_))).count();
    assert_eq!(finals().await, 0, "the 10th is over");
    answer(&world.store, &world.context, None, says(true, id)).await.unwrap();
    assert_eq!(finals().await, 1);
});

on_both_databases!(a_final_by_hand_does_not_wait_for_answers, |db| async move {
    let (world, provider) = september(&db, RunKind::Draft).await;
    say(&world, &member_of(provider), None).await.unwrap();
    world.settle("2026-09", RunKind::Final).await;
    assert_eq!(the_bill(&world).await.state, BillState::PendingConfirm);
    world.clock.set(at("2026-11-20T00:00:00Z"));
    domain::operate::deadline::work(&world.store).await.unwrap();
    assert_eq!(confirm_due(&world.store).await.unwrap(), 0, "it still holds up the bill");
    world.verify().await;
});

on_both_databases!(accepted_feedback_names_what_mended_it, |db| async move {
    let (world, provider) = september(&db, RunKind::Final).await;
    let me = member_of(provider);
    let import = query(world.store.db(), "SELECT id FROM bill_import", []).await.unwrap();
    let import = entity::ImportId(import[0].try_get_by_index(0).unwrap()).to_string();
    let nobodys = entity::AssociationId(1).to_string();
    for (accept, entity, expected) in [
        (true, "nonsense", Some(Code::Invalid)),
        (true, &provider.to_string(), Some(Code::Invalid)),
        (true, &nobodys, Some(Code::NotFound)),
        (false, &import, Some(Code::Invalid)),
        (true, &import, None),
    ] {
        let id = match say(&world, &me, None).await {
            Ok(id) => id,
            Err(_) => bill_feedback::Entity::find().one(world.store.db()).await.unwrap().unwrap().id,
        };
        let input = Answer { correction_entity: Some(entity.into()), ..says(accept, id) };
        let answered = answer(&world.store, &world.context, None, input).await;
        match expected {
            Some(refused) => {
                assert_eq!(code_at(answered), (refused, "correctionEntityId".to_owned()), "{entity}")
            }
            None => {
                assert_eq!(load(&world, answered.unwrap()).await.correction_entity.as_deref(), Some(entity))
            }
        }
    }
    let id = say(&world, &me, None).await.unwrap();
    let silent = Answer { answer: " ".into(), ..says(true, id) };
    assert_eq!(
        code_at(answer(&world.store, &world.context, None, silent).await),
        (Code::Invalid, "answer".to_owned())
    );
});

on_both_databases!(what_came_of_it_are_the_later_corrections_of_its_month, |db| async move {
    let (world, provider) = september(&db, RunKind::Final).await;
    let id = say(&world, &member_of(provider), Some(1)).await.unwrap();
    world
        .import(&bill(&[
            row("A", "30", "2026-09-11T00:00:00Z", "found again"),
            row("A", "1", "2026-10-02T00:00:00Z", "october"),
        ]))
        .await;
    world.clock.set(at("2026-11-12T00:00:00Z"));
    world.settle("2026-10", RunKind::Final).await;
    let corrections = async || {
        let all =
            reading::settlement::feedback::corrections(Scope::Partner(provider, world.store.clock.now()));
        let found: Vec<incentive_bill_line::Model> = all
            .all(&world.store, reading::Predicate::always(), "incentive_bill_line.line_no")
            .await
            .unwrap()
            .into_iter()
            .map(|l| l.row)
            .collect();
        found.iter().map(|line| (line.origin_month.to_string(), line.basis)).collect::<Vec<_>>()
    };
    assert_eq!(corrections().await, [], "not while it is open");
    answer(&world.store, &world.context, None, says(true, id)).await.unwrap();
    assert_eq!(corrections().await, [("2026-09".to_owned(), 30_000_000)]);
});
