//! Changing what an opportunity says, by the side that may where it stands.

use entity::{
    CustomerId, Day, OfferingId, OpportunityField, OpportunityId, OpportunityKind, OpportunityOperation,
    OpportunitySide, OpportunityState, PartnerId, opportunity, partner_offering,
};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::draft::{Seen, seen, side};
use super::edit::{self, Changes, Patch};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::Turn;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, Tx, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::membership::offering::OTHER;
use crate::opportunity::state::drive::note;
use crate::opportunity::{
    content::contact, content::fields, content::qualify, duplicate::near, duplicate::pass, state::guard,
    state::machine,
};
use crate::programme::calendar::Calendar;

/// A change of an opportunity's fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Update {
    /// Opportunity, as the caller saw it.
    pub seen: Seen,
    /// New values; a field that is not given stays.
    pub changes: Changes,
}

/// Changes what an opportunity says. Only what is given changes, and only what the caller's side may change there.
pub async fn update(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Update,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityUpdate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    // What says which others it repeats is decided one at a time, before anything is held.
    let compared = is_compared(&input.changes);
    if compared {
        pass::lock(write.tx()).await?;
    }
    let mut row = seen(&write, input.seen).await?;
    let before = (row.demand_tag.clone(), row.expected_sign_on);
    let (side, actor) = side(write.actor(), row.partner_id);
    if side == OpportunitySide::Vendor && machine::is_decided_on(row.state) {
        guard::claimed(write.tx(), context, &row).await?;
    }
    if machine::has_passed(row.state) {
        guard::looks_after(write.tx(), context, &row).await?;
    }
    let was = row.clone();
    let given = changed(&write, &mut row, &input.changes).await?;
    editable(&row, side, &given)?;
    if row == was {
        // It says all of this already: there is no new version of it.
        write.finish(store, &row.id.to_string(), None, &given, &row.id).await?;
        return Ok(row.id);
    }
    still_qualified(&write, &was, &row).await?;
    if machine::has_passed(row.state) && before != (row.demand_tag.clone(), row.expected_sign_on) {
        pass::move_place(write.tx(), &row).await?;
    }
    let names: Vec<_> = given.iter().map(|field| field.name()).collect();
    let (names, id) = (names.join(", "), row.id);
    let what = (OpportunityOperation::Edit, Some(names.as_str()));
    let row = note(Turn::of(&write, store, context), row, actor, what, "EDITED").await?;
    if compared && machine::counts(row.state) {
        near::look(write.tx(), write.now, &[row]).await?;
    }
    write.finish(store, &id.to_string(), None, &given, &id).await?;
    Ok(id)
}

/// A partner's own that passed goes on saying what qualified it: an edit takes none of it away.
async fn still_qualified(write: &Write, was: &opportunity::Model, row: &opportunity::Model) -> Result<()> {
    if row.kind != OpportunityKind::Po || !machine::has_passed(row.state) {
        return Ok(());
    }
    let today = Day::of(Calendar::load(write.tx().orm()).await?.day_of(write.now));
    let before = qualify::violations(was, today);
    // A sale may take longer than was thought, and what is signed was signed when it was.
    let may = |code| match code {
        Code::PurchaseTooFar => true,
        Code::PurchaseTimePast => row.state == OpportunityState::Won,
        _ => false,
    };
    let fresh =
        |refusal: &Refusal| !may(refusal.code) && !before.iter().any(|known| known.code == refusal.code);
    let lost: Vec<_> = qualify::violations(row, today).into_iter().filter(fresh).collect();
    if lost.is_empty() { Ok(()) } else { Err(Error::Refused(lost)) }
}

/// Refuses fields that `side` does not change where the opportunity stands. PURE.
pub(in crate::opportunity) fn editable(
    row: &opportunity::Model,
    side: OpportunitySide,
    given: &[OpportunityField],
) -> Result<()> {
    if given.contains(&OpportunityField::Contact) && contact::is_hidden_from(row, side) {
        return Err(Refusal::at("contact", Code::ContactHidden, "").into());
    }
    let editable = fields::editable(row.kind, row.state, side);
    let fixed = given.iter().filter(|field| !editable.contains(field)).map(|field| {
        let detail = format!("{field}, {}", row.state);
        Refusal { code: Code::FieldNotEditable, path: vec![camel(field.name())], detail }
    });
    let refused: Vec<_> = fixed.collect();
    if refused.is_empty() { Ok(()) } else { Err(Error::Refused(refused)) }
}

/// `true` if changes are of what opportunities are compared by: customer, product family and time. PURE.
fn is_compared(changes: &Changes) -> bool {
    let Changes { customer_name, credit_code, customer_id, .. } = changes;
    let Changes { demand_tag, offering_id, expected_sign_on, .. } = changes;
    *demand_tag != Patch::Keep
        || *customer_name != Patch::Keep
        || *credit_code != Patch::Keep
        || *customer_id != Patch::Keep
        || *offering_id != Patch::Keep
        || *expected_sign_on != Patch::Keep
}

/// Applies changes to a row, its offering looked up; returns the fields that were given. Names everything at fault.
pub(in crate::opportunity) async fn changed(
    write: &Write,
    row: &mut opportunity::Model,
    changes: &Changes,
) -> Result<Vec<OpportunityField>> {
    let (tx, mut done) = (write.tx(), edit::apply(row, changes));
    match changes.offering_id {
        Patch::Keep => {}
        Patch::Erase => OTHER.clone_into(&mut row.demand_tag),
        Patch::Set(id) => match offering(tx, row.partner_id, id).await? {
            Some(offering) => row.demand_tag = offering.demand_tag,
            None => done.refusals.push(Refusal::at("offeringId", Code::NotFound, id.to_string())),
        },
    }
    if let Patch::Set(id) = changes.customer_id
        && !sees_customer(write, id).await?
    {
        done.refusals.push(Refusal::at("customerId", Code::NotFound, id.to_string()));
    }
    if done.refusals.is_empty() { Ok(done.fields) } else { Err(Error::Refused(done.refusals)) }
}

/// `true` for a customer the caller may know of: a partner names none of others.
async fn sees_customer(write: &Write, id: CustomerId) -> Result<bool> {
    let (scope, values) = Scope::of(write.actor(), write.now).customers("id", 2);
    let sql = format!("SELECT 1 FROM customer WHERE id = $1 AND {scope}");
    let values = std::iter::once(id.0.into()).chain(values);
    Ok(query_one(write.tx().orm(), &sql, values).await?.is_some())
}

/// An offering that the partner has now.
pub(in crate::opportunity) async fn offering(
    tx: &Tx,
    partner: Option<PartnerId>,
    id: OfferingId,
) -> Result<Option<partner_offering::Model>> {
    let row = partner_offering::Entity::find_by_id(id).one(tx.orm()).await?;
    Ok(row.filter(|row| row.active && Some(row.partner_id) == partner))
}

/// `EXPECTED_AMOUNT` as inputs write it. PURE.
fn camel(name: &str) -> String {
    let mut words = name.split('_').map(str::to_ascii_lowercase);
    let first = words.next().unwrap_or_default();
    words.fold(first, |text, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        format!("{text}{}{tail}", head.to_ascii_uppercase())
    })
}
