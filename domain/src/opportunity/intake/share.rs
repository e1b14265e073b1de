//! The vendor makes an opportunity of its own known: it stands to be offered.

use entity::{
    OpportunityActor, OpportunityId, OpportunityKind, OpportunityOperation, OpportunityState, Timestamp,
    opportunity,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::emit_all;
use crate::kernel::machine::Turn;
use crate::kernel::machine::trail::write as write_trail;
use crate::kernel::store::{Store, Tx, placeholders, query};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::edit::{self, Changes, LINE_LIMIT, Patch};
use crate::opportunity::membership::offering::{is_tag, tag, tag_rule};
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{content::draft, duplicate::near, duplicate::pass, review::routing, state::trail};
use crate::programme::customer;

/// Opportunities of one statement: each has some sixty columns, a statement at most 32,000 values.
const INSERTED_AT_ONCE: usize = 100;

/// An opportunity of the vendor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Share {
    /// Values of the new opportunity. Needed are a name, the customer's name and province, and when it is
    /// expected to sign: by that nothing that repeats it passes.
    pub changes: Changes,
    /// The product family wanted; [`crate::opportunity::membership::offering::OTHER`] for none.
    pub demand_tag: String,
    /// Instant at which the vendor's sales created it: from then on it counts. Now if not given.
    pub shared_at: Option<Timestamp>,
    /// Its number in the vendor's CRM: the same number is taken in once.
    pub crm_no: Option<String>,
}

/// Makes an opportunity of the vendor.
pub async fn share(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Share,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityShare", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    pass::lock(tx).await?;
    let id = OpportunityId(store.ids.next(write.now));
    let (mut row, mut refusals) = row(id, write.now, &context.actor.subject, &input)?;
    if let Some(id) = row.customer_id {
        match customer::find(tx.orm(), "customerId", id).await {
            Err(Error::Refused(refused)) => refusals.extend(refused),
            found => drop(found?),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    routing::route(tx.orm(), &mut row).await?;
    if insert(tx, std::slice::from_ref(&row)).await?.is_empty() {
        let crm_no = row.crm_no.unwrap_or_default();
        return Err(Refusal::at("crmNo", Code::AlreadyExists, crm_no).into());
    }
    near::look(tx, write.now, std::slice::from_ref(&row)).await?;
    tell(tx, store, context, write.now, std::slice::from_ref(&row)).await?;
    write.finish(store, &id.to_string(), None, &row.name, &id).await?;
    Ok(id)
}

/// The row of an opportunity to be offered, and everything that is wrong with what it says. PURE.
pub(in crate::opportunity) fn row(
    id: OpportunityId,
    now: Timestamp,
    created_by: &str,
    input: &Share,
) -> Result<(opportunity::Model, Vec<Refusal>)> {
    let blank = draft::blank(id, now, created_by, None)?;
    let mut row = opportunity::Model {
        kind: OpportunityKind::Ho,
        state: OpportunityState::ToOffer,
        crm_no: input.crm_no.as_deref().map(|no| no.trim().to_owned()),
        shared_at: Some(input.shared_at.unwrap_or(now)),
        ..blank
    };
    let mut refusals = edit::apply(&mut row, &input.changes).refusals;
    row.demand_tag = tag(&input.demand_tag);
    let mut refuse = |field: &str, detail: String| {
        if !refusals.iter().any(|refusal| refusal.path == [field]) {
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        }
    };
    for (field, text) in [("customerName", &row.customer_name), ("province", &row.province)] {
        if text.is_empty() {
            refuse(field, format!("1 to {LINE_LIMIT} characters"));
        }
    }
    if row.expected_sign_on.is_none() {
        refuse("expectedSignOn", "a day, e.g. 2027-03-01".into());
    }
    if input.changes.offering_id != Patch::Keep {
        refuse("offeringId", "demandTag: no partner has it yet".into());
    }
    if input.changes.demand_tag != Patch::Keep {
        refuse("demandTag", "once, beside the other fields".into());
    }
    if !is_tag(&input.demand_tag) {
        refuse("demandTag", tag_rule());
    }
    if let Some(no) = &row.crm_no
        && (no.is_empty() || no.chars().count() > LINE_LIMIT || no.chars().any(char::is_control))
    {
        refuse("crmNo", format!("1 to {LINE_LIMIT} characters and no control characters"));
    }
    if row.shared_at.is_some_and(|at| at > now) {
        refuse("sharedAt", format!("not after {}", now.to_rfc3339()));
    }
    Ok((row, refusals))
}

/// Writes rows whose CRM number is not taken; returns the keys of those written.
pub(in crate::opportunity) async fn insert(
    tx: &Tx,
    rows: &[opportunity::Model],
) -> Result<Vec<OpportunityId>> {
    let mut written = Vec::with_capacity(rows.len());
    for some in rows.chunks(INSERTED_AT_ONCE) {
        let models = some.iter().map(|row| row.clone().into_active_model().reset_all());
        let free = OnConflict::new().do_nothing().to_owned();
        opportunity::Entity::insert_many(models).on_conflict(free).exec_without_returning(tx.orm()).await?;
        let list = placeholders(1, some.len());
        let sql = format!("SELECT id FROM opportunity WHERE id IN {list}");
        for row in query(tx.orm(), &sql, some.iter().map(|row| row.id.0.into())).await? {
            written.push(OpportunityId(row.try_get_by_index(0)?));
        }
    }
    Ok(written)
}

/// The first rows of the trails, and the events.
pub(in crate::opportunity) async fn tell(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    rows: &[opportunity::Model],
) -> Result<()> {
    let turn = Turn { tx, store, context, now };
    let first = |row: &opportunity::Model| trail::first(turn, row, OpportunityActor::Operations);
    write_trail::<Opportunities>(turn, rows.iter().map(first)).await?;
    let what = (OpportunityOperation::Create, None);
    let events: Vec<_> = rows.iter().map(|row| trail::event(row, None, row.state.name(), what)).collect();
    emit_all(tx, store, now, &events).await
}

#[cfg(test)]
mod tests {
    use entity::Day;

    use super::*;

    fn set(text: &str) -> Patch<String> {
        Patch::Set(text.to_owned())
    }

    fn input() -> Share {
        let changes = Changes {
            name: set("Data lake"),
            customer_name: set("Acme Ltd"),
            province: set("Shanghai"),
            expected_sign_on: Patch::Set(Day(20_270_301)),
            ..Changes::default()
        };
        Share { changes, demand_tag: "big_data".into(), ..Share::default() }
    }

    fn judged(input: &Share) -> (opportunity::Model, Vec<String>) {
        let (row, refusals) = row(OpportunityId(1), Timestamp(5), "anna", input).unwrap();
        (row, refusals.into_iter().map(|refusal| refusal.path.join(".")).collect())
    }

    #[test]
    fn it_stands_to_be_offered_and_counts_from_its_creation_in_the_crm() {
        let (row, faults) = judged(&Share { shared_at: Some(Timestamp(4)), ..input() });
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!((row.state, row.shared_at), (OpportunityState::ToOffer, Some(Timestamp(4))));
        assert_eq!((row.demand_tag.as_str(), row.name_key.as_str()), ("BIG_DATA", "acme"));
        assert_eq!(judged(&input()).0.shared_at, Some(Timestamp(5)));
    }

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let wrong = Share {
            demand_tag: "Big data".into(),
            crm_no: Some(" ".into()),
            shared_at: Some(Timestamp(6)),
            ..Share::default()
        };
        let expected =
            ["name", "customerName", "province", "expectedSignOn", "demandTag", "crmNo", "sharedAt"];
        assert_eq!(judged(&wrong).1, expected);
    }
}
