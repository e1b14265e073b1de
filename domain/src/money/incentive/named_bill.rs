//! The bill that a change names.

use entity::{IncentiveBillId, incentive_bill};
use sea_orm::{EntityTrait, QuerySelect};

use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::write::Write;

/// Reads bill `id`, which stands in `field` of the input, as it stays until the end of the change: on PostgreSQL its row is locked. A bill of somebody
/// else does not exist for a partner.
pub async fn named_bill(write: &Write, field: &str, id: IncentiveBillId) -> Result<incentive_bill::Model> {
    let missing = || Refusal::at(field, Code::NotFound, id.to_string());
    let found = incentive_bill::Entity::find_by_id(id).lock_exclusive().one(write.tx().orm()).await?;
    let bill = found.ok_or_else(missing)?;
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != bill.partner_id
    {
        return Err(missing().into());
    }
    Ok(bill)
}

/// The same in the version the caller saw.
pub async fn named_version(
    write: &Write,
    id: IncentiveBillId,
    version: i32,
) -> Result<incentive_bill::Model> {
    let bill = named_bill(write, "id", id).await?;
    if bill.version == version {
        return Ok(bill);
    }
    Err(Refusal::at("expectedVersion", Code::VersionConflict, bill.version.to_string()).into())
}
