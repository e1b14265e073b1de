//! Cloud accounts and their customers. Payments of an account that nobody has wait as unmatched; linking the
//! account takes them in.

use entity::{CloudAccountId, CustomerId, Timestamp, cloud_account};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::marks;
use super::{check_name, customer};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::text::cleaned;
use crate::kernel::write::{Begun, Context, Write};

/// A link of a cloud account to its customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkAccount {
    /// The provider as it stands in bills.
    pub provider: String,
    /// The account number as it stands in bills.
    pub account_no: String,
    /// Customer that the account belongs to.
    pub customer_id: CustomerId,
}

/// Links an account to a customer, once; makes the account if no bill has named it yet.
pub async fn link(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    mut input: LinkAccount,
) -> Result<CloudAccountId> {
    // As bills are read.
    input.provider = cleaned(input.provider);
    input.account_no = cleaned(input.account_no);
    check_name("provider", &input.provider)?;
    check_name("accountNo", &input.account_no)?;
    let write = match Write::begin(store, context, "cloudAccountLink", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    customer::find(tx.orm(), "customerId", input.customer_id).await?;
    let sql = "INSERT INTO cloud_account (id, provider, account_no, created_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let values = [
        store.ids.next(write.now).into(),
        input.provider.as_str().into(),
        input.account_no.as_str().into(),
        write.now.0.into(),
    ];
    exec(tx.orm(), sql, values).await?;
    let account = cloud_account::Entity::find()
        .filter(cloud_account::Column::Provider.eq(&input.provider))
        .filter(cloud_account::Column::AccountNo.eq(&input.account_no))
        .one(tx.orm())
        .await?
        .ok_or_else(|| Refusal::at("accountNo", Code::NotFound, &input.account_no))?;
    if account.customer_id.is_some() {
        return Err(Refusal::at("accountNo", Code::AccountLinked, &input.account_no).into());
    }
    let sql = "UPDATE cloud_account SET customer_id = $1, linked_at = $2 WHERE id = $3";
    exec(tx.orm(), sql, [input.customer_id.0.into(), write.now.0.into(), account.id.0.into()]).await?;
    exec(tx.orm(), "DELETE FROM unmatched_total WHERE account_id = $1", [account.id.0.into()]).await?;
    marks::mark_dirty(tx.orm(), input.customer_id, Timestamp(0), write.now).await?;
    marks::bump(tx.orm()).await?;
    write.finish(store, &account.id.to_string(), None, &input, &account.id).await?;
    Ok(account.id)
}
