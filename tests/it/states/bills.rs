//! Formal bills, in every state, by everybody.

use domain::kernel::error::Result;
use domain::kernel::many::{BulkPolicy, Outcome};
use domain::kernel::store::exec;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::incentive::release::{Release, release};
use domain::{Actor, Code, Context, Error, Principal, Role};
use entity::{BillState, PartnerKind, RunKind, incentive_bill};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::partner::member_of;
use tests::world::{World, bill, row};

/// An operation on a bill.
#[derive(Clone, Copy, Debug)]
enum Done {
    Release,
    Confirm,
    Issue,
}

fn operator(roles: &[Role]) -> Context {
    let principal = Principal::Operator { roles: roles.to_vec() };
    Context { actor: Actor { subject: "operator".into(), principal }, request_id: None }
}

async fn the_bill(world: &World) -> incentive_bill::Model {
    incentive_bill::Entity::find().one(world.store.db()).await.unwrap().unwrap()
}

async fn tried(world: &World, who: &Context, what: Done) -> Result<()> {
    let incentive_bill::Model { id: bill_id, version: expected_version, .. } = the_bill(world).await;
    let store = &world.store;
    match what {
        Done::Release => {
            let input = Release { bill_id, expected_version, reason: "looked at".into() };
            release(store, who, None, input).await.map(|_| ())
        }
        Done::Confirm => confirm(store, who, None, Confirm { bill_id, expected_version }).await.map(|_| ()),
        Done::Issue => {
            let bills = vec![SeenBill { id: bill_id, expected_version }];
            let outcomes = issue(store, who, None, Issue { bills, policy: BulkPolicy::AllOrNothing }).await?;
            assert!(
                outcomes.iter().all(|outcome: &Outcome<_>| outcome.refusals.is_empty()),
                "all or nothing"
            );
            Ok(())
        }
    }
}

/// The refusal a test expects, in a word.
fn word(answer: &Result<()>) -> String {
    match answer {
        Ok(()) => "OK".into(),
        Err(Error::Forbidden) => "FORBIDDEN".into(),
        Err(Error::Refused(refusals)) => refusals[0].code.name().to_owned(),
        Err(other) => panic!("{other}"),
    }
}

on_both_databases!(a_formal_bill_is_moved_by_those_who_may_and_from_where_it_may, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world.settle("2026-09", RunKind::Final).await;
    let everybody = [
        ("owner", member_of(provider)),
        ("another partner", member_of(other)),
        ("operations", operator(&[Role::Operations])),
        ("finance", operator(&[Role::Finance])),
        ("reviewer", operator(&[Role::OpportunityReviewer])),
        ("administrator", operator(&[Role::Administrator])),
        ("the product", Context::system("test")),
    ];
    let mut times = 0;
    for state in BillState::ALL {
        for what in [Done::Release, Done::Confirm, Done::Issue] {
            for (name, who) in &everybody {
                let sql = "UPDATE incentive_bill SET state = $1, confirmed_at = NULL, confirmed_by = NULL";
                exec(world.store.db(), sql, [state.name().into()]).await.unwrap();
                for table in ["incentive_entitlement", "incentive_freeze"] {
                    exec(world.store.db(), &format!("DELETE FROM {table}"), []).await.unwrap();
                }
                let before = the_bill(&world).await;
                let answer = word(&tried(&world, who, what).await);
                let after = the_bill(&world).await;
                // docs/domain.md, "Incentive bill" 1 and "Safety bounds" 4; operations issue.
                let (begins, ends, may): (_, _, &[&str]) = match what {
                    Done::Release => (BillState::Parked, BillState::PendingConfirm, &["finance"]),
                    Done::Confirm => {
                        (BillState::PendingConfirm, BillState::Issuing, &["owner", "operations", "finance"])
                    }
                    Done::Issue => (BillState::Issuing, BillState::Issued, &["operations"]),
                };
                let all = ["administrator", "the product"];
                let expected = match (what, *name) {
                    (Done::Confirm, "another partner") => Code::NotFound.name(),
                    (_, name) if !may.contains(&name) && !all.contains(&name) => "FORBIDDEN",
                    _ if *state == begins => "OK",
                    _ => Code::WrongState.name(),
                };
                assert_eq!(answer, expected, "{what:?} {state} by {name}");
                if answer == "OK" {
                    assert_eq!((after.state, after.version), (ends, before.version + 1));
                } else {
                    assert_eq!(after, before, "{what:?} {state} by {name}: nothing is written");
                }
                times += 1;
            }
        }
    }
    assert_eq!(times, 5 * 3 * 7);
});
