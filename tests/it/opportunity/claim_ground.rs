//! What a claim for the incentive rests on: kept while it is under way, free again afterwards.

use domain::Code;
use entity::{OpportunityState, PceClaimOperation as Op};
use tests::on_both_databases;
use tests::refused::code;
use tests::world::{bill, row as payment};

use super::claims::{Ground, NO, claimed_for, linked, operations, policy, signed, turned};
use super::*;

on_both_databases!(
    what_a_claim_rests_on_is_not_given_up_and_what_is_given_up_is_free_again,
    |db| async move {
        let world = World::open(&db).await;
        policy(&world).await;
        let who = joined(&world, "Partner").await;
        let ground = signed(&world, who, "Acme").await;
        let me = as_partner(ground.partner);
        world.import(&bill(&[payment("Acme", "1000", "2026-10-10T00:00:00Z", "x")])).await;
        let id = claimed_for(&world, &ground).await.unwrap();
        let why = (None, Some("the customer withdrew"));
        let close = || moved(&world, &me, ground.id, OpportunityOperation::Close, why);
        assert_eq!(code(close().await), Code::PceClaimUnderWay);
        turned(&world, &operations(), id, Op::Publish, None).await.unwrap();
        assert_eq!(code(close().await), Code::PceClaimUnderWay);
        // As if it had been given up all the same: nothing is owed for it.
        let forced = |state: &str| format!("UPDATE opportunity SET state = '{state}'");
        exec(world.store.db(), &forced("CLOSED"), []).await.unwrap();
        assert_eq!(code(turned(&world, &me, id, Op::Confirm, None).await), Code::PceNotSigned);
        exec(world.store.db(), &forced("WON"), []).await.unwrap();
        turned(&world, &me, id, Op::Dispute, Some("another amount")).await.unwrap();
        turned(&world, &operations(), id, Op::Reject, Some("No evidence")).await.unwrap();
        close().await.unwrap();
        assert_eq!(row(&world, ground.id).await.state, OpportunityState::Closed);

        // The same customer signs again: order, account and months are free.
        let again = signed_again(&world, who, &ground).await;
        claimed_for(&world, &again).await.unwrap();
    }
);

/// Another opportunity of the same customer that was signed, with the same account and order.
async fn signed_again(
    world: &World,
    (partner, offering): (PartnerId, OfferingId),
    ground: &Ground,
) -> Ground {
    let changes = Changes { currency: Patch::Set("USD".parse().unwrap()), ..form("Acme", offering) };
    let id = verified(world, partner, changes).await;
    let begun = "UPDATE opportunity SET state = 'IN_PROGRESS' WHERE id = $1";
    exec(world.store.db(), begun, [id.0.into()]).await.unwrap();
    moved(world, &as_partner(partner), id, OpportunityOperation::Win, NO).await.unwrap();
    let again = Ground { id, ..*ground };
    linked(world, &again, &["order of Acme"]).await.unwrap();
    again
}

on_both_databases!(one_order_is_one_however_it_is_written, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let one = signed(&world, first, "Acme").await;
    let other = signed(&world, second, "Globex").await;
    linked(&world, &one, &["Ord-1"]).await.unwrap();
    for spelled in ["ORD-1", " ord-1 ", "ＯＲＤ－１"] {
        assert_eq!(code(linked(&world, &other, &[spelled]).await), Code::OrderOfOther, "{spelled}");
    }
    assert_eq!(code(linked(&world, &other, &["ORD-1\u{200b}"]).await), Code::Invalid);
});
