//! Partners, and the distributors that resellers belong to (docs/domain.md, "Partners").

use entity::{DistributionLinkId, PartnerId, PartnerKind, Timestamp, distribution_link, partner};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use super::check_name;
use super::{marks, seller};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec, query};
use crate::kernel::text::cleaned;
use crate::kernel::write::{Begun, Context, Write};

/// A partner to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPartner {
    /// Kind of the partner; it never changes.
    pub kind: PartnerKind,
    /// Name that people see.
    pub name: String,
    /// Tier name, may be empty.
    pub tier: String,
    /// Business region, as text; a reseller's is that of its distributor.
    pub region: String,
    /// Whether a distributor may have customers of its own.
    pub may_own_customers: bool,
    /// The name under which it sells on the marketplace.
    pub marketplace_name: Option<String>,
}

/// Makes a partner.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    mut input: NewPartner,
) -> Result<PartnerId> {
    // As bills are read.
    input.marketplace_name = input.marketplace_name.map(cleaned);
    check_name("name", &input.name)?;
    check_name("region", &input.region)?;
    let write = match Write::begin(store, context, "partnerCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    if let Some(name) = &input.marketplace_name {
        let taken =
            partner::Entity::find().filter(partner::Column::MarketplaceName.eq(name)).one(tx.orm()).await?;
        if taken.is_some() {
            return Err(Refusal::at("marketplaceName", Code::AlreadyExists, name).into());
        }
    }
    let id = PartnerId(store.ids.next(write.now));
    let row = partner::ActiveModel {
        id: Set(id),
        kind: Set(input.kind),
        name: Set(input.name.clone()),
        tier: Set(input.tier.clone()),
        region: Set(input.region.clone()),
        may_own_customers: Set(input.may_own_customers || input.kind != PartnerKind::Distributor),
        marketplace_name: Set(input.marketplace_name.clone()),
        created_at: Set(write.now),
        version: Set(1),
    };
    row.insert(tx.orm()).await?;
    if let Some(name) = &input.marketplace_name {
        seller::named(tx.orm(), name, write.now).await?;
    }
    marks::bump(tx.orm()).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// A reseller joins a distributor, from an instant on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewLink {
    /// Reseller, a partner of tier 2.
    pub reseller_id: PartnerId,
    /// Distributor that it belongs to from then on.
    pub distributor_id: PartnerId,
    /// From when on; now if not given.
    pub valid_from: Option<Timestamp>,
}

/// Links a reseller to a distributor. A link that is open ends where the new one begins.
pub async fn link_reseller(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewLink,
) -> Result<DistributionLinkId> {
    let write = match Write::begin(store, context, "resellerLink", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let reseller = of_kind(tx.orm(), "resellerId", input.reseller_id, PartnerKind::Reseller).await?;
    let distributor =
        of_kind(tx.orm(), "distributorId", input.distributor_id, PartnerKind::Distributor).await?;
    if reseller.region != distributor.region {
        let detail = format!("{} / {}", reseller.region, distributor.region);
        return Err(Refusal::at("distributorId", Code::RegionMismatch, detail).into());
    }
    let from = input.valid_from.unwrap_or(write.now);
    end_open_link(tx.orm(), input.reseller_id, from).await?;
    let id = DistributionLinkId(store.ids.next(write.now));
    let row = distribution_link::ActiveModel {
        id: Set(id),
        reseller_id: Set(input.reseller_id),
        distributor_id: Set(input.distributor_id),
        valid_from: Set(from),
        valid_to: Set(Timestamp::FOREVER),
    };
    row.insert(tx.orm()).await?;
    // From then on its customers' performance is on another distributor's bills: their lines are computed anew.
    let sql = "SELECT DISTINCT customer_id FROM association WHERE partner_id = $1 AND valid_to > $2";
    for row in query(tx.orm(), sql, [input.reseller_id.0.into(), from.0.into()]).await? {
        let customer = entity::CustomerId(row.try_get_by_index(0)?);
        marks::mark_dirty(tx.orm(), customer, from, write.now).await?;
    }
    marks::bump(tx.orm()).await?;
    write.finish(store, &input.reseller_id.to_string(), None, &input, &id).await?;
    Ok(id)
}

async fn end_open_link<C: ConnectionTrait>(connection: &C, reseller: PartnerId, at: Timestamp) -> Result<()> {
    let later = distribution_link::Entity::find()
        .filter(distribution_link::Column::ResellerId.eq(reseller))
        .filter(distribution_link::Column::ValidTo.gt(at))
        .all(connection)
        .await?;
    if let Some(link) = later.iter().find(|link| link.valid_from >= at || !link.valid_to.is_forever()) {
        return Err(Refusal::at("validFrom", Code::LinkOverlaps, link.distributor_id.to_string()).into());
    }
    let sql = "UPDATE distribution_link SET valid_to = $1 WHERE reseller_id = $2 AND valid_from < $1 AND valid_to > $1";
    exec(connection, sql, [at.0.into(), reseller.0.into()]).await?;
    Ok(())
}

/// Reads a partner or refuses, naming the input field.
pub async fn find<C: ConnectionTrait>(connection: &C, field: &str, id: PartnerId) -> Result<partner::Model> {
    let row = partner::Entity::find_by_id(id).one(connection).await?;
    row.ok_or_else(|| Refusal::at(field, Code::NotFound, id.to_string()).into())
}

async fn of_kind<C: ConnectionTrait>(
    connection: &C,
    field: &str,
    id: PartnerId,
    kind: PartnerKind,
) -> Result<partner::Model> {
    let partner = find(connection, field, id).await?;
    if partner.kind != kind {
        return Err(Error::from(Refusal::at(field, Code::WrongPartnerKind, partner.kind.name())));
    }
    Ok(partner)
}
