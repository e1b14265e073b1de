//! A partner's own opportunity before it is submitted: made, copied, deleted; and the changes of any
//! opportunity's fields, by the side that may.

use entity::{
    JsonText, OpportunityActor, OpportunityId, OpportunityKind, OpportunityOperation, OpportunitySide,
    OpportunityState, PartnerId, Timestamp, opportunity,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use super::edit::Changes;
use crate::kernel::actor::{Actor, Principal};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::trail::write as write_trail;
use crate::kernel::machine::{Machine, Turn, hold};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::membership::offering::OTHER;
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{content::update, state::trail};

/// An opportunity, as the caller saw it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Opportunity that the caller looked at.
    pub id: OpportunityId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// Saves an opportunity of the caller's own, not sent yet.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Changes,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let id = OpportunityId(store.ids.next(write.now));
    let mut row = blank(id, write.now, &write.actor().subject, Some(own_partner(write.actor())?))?;
    let given = update::changed(&write, &mut row, &input).await?;
    update::editable(&row, OpportunitySide::Partner, &given)?;
    insert(Turn::of(&write, store, context), row).await?;
    write.finish(store, &id.to_string(), None, &(), &id).await?;
    Ok(id)
}

/// Copies an opportunity of the caller's own that was rejected or closed to a new one, not sent yet.
pub async fn copy(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    of: OpportunityId,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityCopy", key, &of).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let old = visible(&write, of).await?;
    let ended = matches!(old.state, OpportunityState::Rejected | OpportunityState::Closed);
    if old.kind != OpportunityKind::Po || !ended {
        return Err(Refusal::at("id", Code::WrongState, old.state.name()).into());
    }
    let id = OpportunityId(store.ids.next(write.now));
    let fresh = blank(id, write.now, &write.actor().subject, Some(own_partner(write.actor())?))?;
    let row = opportunity::Model {
        id,
        state: fresh.state,
        state_since: fresh.state_since,
        reason_code: None,
        reason: None,
        transitions: fresh.transitions,
        stage: None,
        win_percent: None,
        last_progress_at: None,
        stale: false,
        office_id: None,
        route: None,
        route_detail: None,
        claimed_by: None,
        claimed_at: None,
        copied_from: Some(of),
        submitted_at: None,
        review_passed_at: None,
        passed_at: None,
        won_at: None,
        delivered_at: None,
        created_by: fresh.created_by,
        created_at: fresh.created_at,
        version: fresh.version,
        ..old
    };
    insert(Turn::of(&write, store, context), row).await?;
    write.finish(store, &id.to_string(), None, &of, &id).await?;
    Ok(id)
}

/// Deletes a draft of the caller's own, with everything that hangs on it.
pub async fn delete(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Seen,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityDelete", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let row = seen(&write, input).await?;
    if row.state != OpportunityState::Draft {
        return Err(Refusal::at("id", Code::WrongState, row.state.name()).into());
    }
    for below in ["opportunity_transition", "opportunity_comment", "opportunity_file", "opportunity_gram"] {
        let sql = format!("DELETE FROM {below} WHERE opportunity_id = $1");
        exec(write.tx().orm(), &sql, [row.id.0.into()]).await?;
    }
    let pairs = "DELETE FROM opportunity_duplicate WHERE first_id = $1 OR second_id = $1";
    exec(write.tx().orm(), pairs, [row.id.0.into()]).await?;
    exec(write.tx().orm(), "DELETE FROM opportunity WHERE id = $1", [row.id.0.into()]).await?;
    let (draft, turn) = (Some(OpportunityState::Draft), Turn::of(&write, store, context));
    trail::tell(turn, &row, draft, "DELETED", (OpportunityOperation::Edit, None)).await?;
    write.finish(store, &row.id.to_string(), None, &row.name, &row.id).await?;
    Ok(row.id)
}

/// The first row of the trail goes with the opportunity.
async fn insert(turn: Turn<'_>, row: opportunity::Model) -> Result<()> {
    let values = row.clone().into_active_model().reset_all();
    opportunity::Entity::insert(values).exec_without_returning(turn.tx.orm()).await?;
    write_trail::<Opportunities>(turn, [trail::first(turn, &row, OpportunityActor::Partner)]).await?;
    let draft = Some(OpportunityState::Draft);
    trail::tell(turn, &row, draft, "CREATED", (OpportunityOperation::Create, None)).await
}

/// The partner that acts; others have no opportunities of their own to send.
fn own_partner(actor: &Actor) -> Result<PartnerId> {
    match actor.principal {
        Principal::Partner { partner_id } => Ok(partner_id),
        _ => Err(Refusal::new(Code::NotAllowed, "PARTNER").into()),
    }
}

/// The side of an actor, and as what it acts.
pub(in crate::opportunity) fn side(
    actor: &Actor,
    partner: Option<PartnerId>,
) -> (OpportunitySide, OpportunityActor) {
    let role = Opportunities::parties(actor, partner).into_iter().next();
    let side = if actor.sees_all() { OpportunitySide::Vendor } else { OpportunitySide::Partner };
    let otherwise = match side {
        OpportunitySide::Partner => OpportunityActor::Partner,
        OpportunitySide::Vendor => OpportunityActor::Operations,
    };
    (side, role.unwrap_or(otherwise))
}

/// The opportunity, held, if the caller may know of it.
pub(crate) async fn visible(write: &Write, id: OpportunityId) -> Result<opportunity::Model> {
    let row = hold::<Opportunities>(write.tx(), id).await?.filter(|row| is_visible(write.actor(), row));
    row.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()).into())
}

/// The same at the version the caller saw.
pub(in crate::opportunity) async fn seen(write: &Write, seen: Seen) -> Result<opportunity::Model> {
    let row = visible(write, seen.id).await?;
    if row.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, row.version.to_string()).into());
    }
    Ok(row)
}

/// As the lists of [`crate::reading::opportunity::rows`] say. PURE.
pub(in crate::opportunity) fn is_visible(actor: &Actor, row: &opportunity::Model) -> bool {
    match actor.principal {
        Principal::Operator { .. } | Principal::System => row.state != OpportunityState::Draft,
        Principal::Partner { partner_id } => row.partner_id == Some(partner_id),
        Principal::Customer { .. } => false,
    }
}

/// An opportunity that says nothing yet. PURE.
pub(in crate::opportunity) fn blank(
    id: OpportunityId,
    now: Timestamp,
    created_by: &str,
    partner_id: Option<PartnerId>,
) -> Result<opportunity::Model> {
    let currency = "CNY".parse().map_err(|_| Error::Invariant("CNY is a currency".into()))?;
    Ok(opportunity::Model {
        id,
        kind: OpportunityKind::Po,
        crm_no: None,
        partner_id,
        state: OpportunityState::Draft,
        state_since: now,
        reason_code: None,
        reason: None,
        transitions: 1,
        name: String::new(),
        description: String::new(),
        customer_name: String::new(),
        name_key: String::new(),
        credit_code: None,
        customer_id: None,
        province: String::new(),
        city: String::new(),
        industry: String::new(),
        contact_name: String::new(),
        contact_title: String::new(),
        contact_phone: String::new(),
        contact_email: String::new(),
        contact_hidden_by_partner: false,
        contact_hidden_by_vendor: false,
        presales_activities: JsonText::default(),
        offering_id: None,
        demand_tag: OTHER.into(),
        services: JsonText::default(),
        support: None,
        budget_state: None,
        budget_amount: None,
        decision_maker: String::new(),
        need: String::new(),
        purchase_phase: None,
        expected_amount: None,
        currency,
        expected_sign_on: None,
        expected_delivery_on: None,
        customer_consent: false,
        stage: None,
        win_percent: None,
        last_progress_at: None,
        stale: false,
        office_id: None,
        route: None,
        route_detail: None,
        claimed_by: None,
        claimed_at: None,
        copied_from: None,
        submitted_at: None,
        review_passed_at: None,
        shared_at: None,
        passed_at: None,
        won_at: None,
        delivered_at: None,
        created_by: created_by.to_owned(),
        created_at: now,
        version: 1,
    })
}
