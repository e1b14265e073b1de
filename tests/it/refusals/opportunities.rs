//! Mutations of opportunities leave one row of the audit trail each.

use domain::opportunity::draft::{self, Seen, Update};
use domain::opportunity::edit::{Changes, Patch};
use domain::opportunity::moves::{Moves, move_all};
use domain::payment::many::BulkPolicy;
use domain::store::exec;
use entity::{OpportunityId, OpportunityOperation};
use tests::partner::member_of;

use super::*;

/// Runs each of them.
pub(super) async fn audited(p: &Programme, trail: &mut Trail<'_>) {
    let store = &p.world.store;
    let (partner, offering) = crate::opportunity::joined(&p.world, "Sharer").await;
    trail.recount().await;
    let me = &member_of(partner);
    let seen = |id: OpportunityId, expected_version| Seen { id, expected_version };
    let form = crate::opportunity::form("Acme", offering);
    let id = trail.one_row("opportunityCreate", draft::create(store, me, None, form)).await;
    let changes = Changes { need: Patch::Set("More".into()), ..Changes::default() };
    let input = Update { seen: seen(id, 1), changes };
    trail.one_row("opportunityUpdate", draft::update(store, me, None, input)).await;
    let moves = |operation, reason: Option<&str>, version| Moves {
        operation,
        opportunities: vec![seen(id, version)],
        code: None,
        reason: reason.map(str::to_owned),
        policy: BulkPolicy::AllOrNothing,
    };
    let input = moves(OpportunityOperation::Submit, None, 2);
    trail.one_row("opportunityMove", move_all(store, me, None, input)).await;
    exec(store.db(), "UPDATE opportunity SET state = 'CLOSED'", []).await.unwrap();
    let copy = trail.one_row("opportunityCopy", draft::copy(store, me, None, id)).await;
    trail.one_row("opportunityDelete", draft::delete(store, me, None, seen(copy, 1))).await;
}
