//! Who has a customer, and in which mode: periods that never overlap (docs/domain.md, "Association").

use entity::{
    AssociationId, AssociationMode, CustomerId, PartnerId, PartnerKind, Timestamp, association, partner,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use super::marks;
use super::{customer, partner as partners};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// A period in which a partner has a customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewAssociation {
    /// The customer.
    pub customer_id: CustomerId,
    /// The partner.
    pub partner_id: PartnerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// First instant; now if not given.
    pub valid_from: Option<Timestamp>,
    /// First instant after; open if not given.
    pub valid_to: Option<Timestamp>,
}

/// Associates a customer with a partner.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewAssociation,
) -> Result<AssociationId> {
    let write = match Write::begin(store, context, "associationCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    write.tx().lock_history(true).await?;
    let id = begin_period(store, &write, &input).await?;
    marks::bump(write.tx().orm()).await?;
    write.finish(store, &input.customer_id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Ends an association.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct End {
    /// Which.
    pub association_id: AssociationId,
    /// From when on the customer is nobody's; now if not given.
    pub at: Option<Timestamp>,
    /// The version the caller saw.
    pub expected_version: i32,
    /// Why.
    pub reason: Option<String>,
}

/// Ends an association at an instant.
pub async fn end(store: &Store, context: &Context, key: Option<&str>, input: End) -> Result<AssociationId> {
    let write = match Write::begin(store, context, "associationEnd", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let period = find(tx.orm(), input.association_id, input.expected_version).await?;
    let at = input.at.unwrap_or(write.now);
    if at <= period.valid_from || at > period.valid_to {
        return Err(Refusal::at("at", Code::Invalid, "the end must lie inside the association").into());
    }
    set_end(tx.orm(), &period, at).await?;
    marks::mark_dirty(tx.orm(), period.customer_id, at, write.now).await?;
    marks::bump(tx.orm()).await?;
    let entity = period.customer_id.to_string();
    write.finish(store, &entity, input.reason.as_deref(), &input, &input.association_id).await?;
    Ok(input.association_id)
}

/// A customer changes partner or mode at an instant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Transfer {
    /// The customer.
    pub customer_id: CustomerId,
    /// The new partner, or the same one for a change of mode.
    pub partner_id: PartnerId,
    /// The new mode.
    pub mode: AssociationMode,
    /// From when on; now if not given.
    pub at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

/// Ends the association of that instant and begins another there, in one step.
pub async fn transfer(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Transfer,
) -> Result<AssociationId> {
    let write = match Write::begin(store, context, "associationTransfer", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    customer::find(tx.orm(), "customerId", input.customer_id).await?;
    let at = input.at.unwrap_or(write.now);
    let current = association::Entity::find()
        .filter(association::Column::CustomerId.eq(input.customer_id))
        .filter(association::Column::ValidFrom.lt(at))
        .filter(association::Column::ValidTo.gt(at))
        .one(tx.orm())
        .await?
        .ok_or_else(|| Refusal::at("at", Code::NotFound, "an association at that time"))?;
    if current.partner_id == input.partner_id && current.mode == input.mode {
        return Err(Refusal::at("mode", Code::AlreadyExists, "this association").into());
    }
    set_end(tx.orm(), &current, at).await?;
    let next = NewAssociation {
        customer_id: input.customer_id,
        partner_id: input.partner_id,
        mode: input.mode,
        valid_from: Some(at),
        valid_to: (!current.valid_to.is_forever()).then_some(current.valid_to),
    };
    let id = begin_period(store, &write, &next).await?;
    marks::bump(tx.orm()).await?;
    let entity = input.customer_id.to_string();
    write.finish(store, &entity, input.reason.as_deref(), &input, &id).await?;
    Ok(id)
}

/// What an association should have been.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Correct {
    /// Which.
    pub association_id: AssociationId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// The right partner.
    pub partner_id: Option<PartnerId>,
    /// The right mode.
    pub mode: Option<AssociationMode>,
    /// The right first instant.
    pub valid_from: Option<Timestamp>,
    /// Why it was wrong.
    pub reason: String,
}

/// Corrects an association in the past. Closed months keep what they say; the difference becomes correction
/// lines in the open month.
pub async fn correct(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Correct,
) -> Result<AssociationId> {
    let write = match Write::begin(store, context, "associationCorrect", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let period = find(tx.orm(), input.association_id, input.expected_version).await?;
    let from = input.valid_from.unwrap_or(period.valid_from);
    let partner_id = input.partner_id.unwrap_or(period.partner_id);
    if from >= period.valid_to {
        return Err(
            Refusal::at("validFrom", Code::Invalid, "it must lie before the end of the association").into()
        );
    }
    may_have_customers(tx.orm(), &partners::find(tx.orm(), "partnerId", partner_id).await?, from).await?;
    refuse_overlap(tx.orm(), period.customer_id, from, period.valid_to, Some(period.id)).await?;
    let mark_from = from.min(period.valid_from);
    let (customer, version) = (period.customer_id, period.version + 1);
    let mode = input.mode.unwrap_or(period.mode);
    let mut row: association::ActiveModel = period.into();
    row.partner_id = Set(partner_id);
    row.mode = Set(mode);
    row.valid_from = Set(from);
    row.version = Set(version);
    row.update(tx.orm()).await?;
    marks::mark_dirty(tx.orm(), customer, mark_from, write.now).await?;
    marks::bump(tx.orm()).await?;
    write.finish(store, &customer.to_string(), Some(&input.reason), &input, &input.association_id).await?;
    Ok(input.association_id)
}

/// Checks and inserts a period, and marks what it changes.
async fn begin_period(store: &Store, write: &Write, input: &NewAssociation) -> Result<AssociationId> {
    let tx = write.tx();
    customer::find(tx.orm(), "customerId", input.customer_id).await?;
    let partner = partners::find(tx.orm(), "partnerId", input.partner_id).await?;
    let from = input.valid_from.unwrap_or(write.now);
    let to = input.valid_to.unwrap_or(Timestamp::FOREVER);
    if from >= to {
        return Err(Refusal::at("validTo", Code::Invalid, "the end must lie after the beginning").into());
    }
    may_have_customers(tx.orm(), &partner, from).await?;
    refuse_overlap(tx.orm(), input.customer_id, from, to, None).await?;
    let id = AssociationId(store.ids.next(write.now));
    let row = association::ActiveModel {
        id: Set(id),
        customer_id: Set(input.customer_id),
        partner_id: Set(input.partner_id),
        mode: Set(input.mode),
        valid_from: Set(from),
        valid_to: Set(to),
        created_at: Set(write.now),
        version: Set(1),
    };
    row.insert(tx.orm()).await?;
    marks::mark_dirty(tx.orm(), input.customer_id, from, write.now).await?;
    Ok(id)
}

async fn may_have_customers<C: ConnectionTrait>(
    connection: &C,
    partner: &partner::Model,
    at: Timestamp,
) -> Result<()> {
    if partner.kind == PartnerKind::Distributor && !partner.may_own_customers {
        return Err(Refusal::at("partnerId", Code::DistributorMayNotAssociate, &partner.name).into());
    }
    if partner.kind == PartnerKind::Reseller {
        let sql =
            "SELECT 1 FROM distribution_link WHERE reseller_id = $1 AND valid_from <= $2 AND valid_to > $2";
        if query_one(connection, sql, [partner.id.0.into(), at.0.into()]).await?.is_none() {
            return Err(Refusal::at("partnerId", Code::ResellerWithoutDistributor, &partner.name).into());
        }
    }
    Ok(())
}

async fn refuse_overlap<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    from: Timestamp,
    to: Timestamp,
    except: Option<AssociationId>,
) -> Result<()> {
    let other = association::Entity::find()
        .filter(association::Column::CustomerId.eq(customer))
        .filter(association::Column::ValidFrom.lt(to))
        .filter(association::Column::ValidTo.gt(from))
        .filter(association::Column::Id.ne(except.map_or(0, |id| id.0)))
        .one(connection)
        .await?;
    match other {
        None => Ok(()),
        Some(other) => {
            Err(Refusal::at("validFrom", Code::AssociationOverlaps, other.valid_from.to_rfc3339()).into())
        }
    }
}

async fn find<C: ConnectionTrait>(
    connection: &C,
    id: AssociationId,
    expected_version: i32,
) -> Result<association::Model> {
    let period = association::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()))?;
    if period.version != expected_version {
        let version = period.version.to_string();
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, version).into());
    }
    Ok(period)
}

async fn set_end<C: ConnectionTrait>(
    connection: &C,
    period: &association::Model,
    at: Timestamp,
) -> Result<()> {
    let sql = "UPDATE association SET valid_to = $1, version = version + 1 WHERE id = $2";
    exec(connection, sql, [at.0.into(), period.id.0.into()]).await?;
    Ok(())
}
