//! Somebody's own bill in the demonstration: its accounts become customers, shared out among the partners.

use domain::kernel::store::query;
use domain::programme::account::{LinkAccount, link};
use domain::programme::association::{self, Transfer};
use domain::{Context, Store};
use entity::timestamp::DAY;
use entity::{AssociationMode, CustomerId, Month, PartnerId, Timestamp, cloud_account};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::plan::sellers;
use super::programme::{associate, make, other_mode};

/// Every so many customers one changes its mode in mid-month.
const CHANGES_EVERY: usize = 10;

/// The months that have payments, oldest first.
pub(crate) async fn months(store: &Store) -> anyhow::Result<Vec<Month>> {
    let rows = query(store.db(), "SELECT DISTINCT month FROM unmatched_total ORDER BY month", []).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Makes a customer for each account of nobody, gives it to the partners in turn, and links the account.
/// Some change their mode in the middle of the month that begins at `month_start`.
pub(crate) async fn share_out(
    store: &Store,
    context: &Context,
    partners: &[PartnerId],
    since: Timestamp,
    month_start: Timestamp,
) -> anyhow::Result<Vec<CustomerId>> {
    let accounts = cloud_account::Entity::find()
        .filter(cloud_account::Column::CustomerId.is_null())
        .order_by_asc(cloud_account::Column::Provider)
        .order_by_asc(cloud_account::Column::AccountNo)
        .all(store.db())
        .await?;
    let sellers = sellers();
    let mut customers = Vec::with_capacity(accounts.len());
    for (index, account) in accounts.into_iter().enumerate() {
        let name = format!("Customer of account {}", account.account_no);
        let customer_id = make(store, context, &name, false).await?;
        let partner_id = partners[sellers[index % sellers.len()]];
        let mode = if index % 2 == 0 { AssociationMode::Resale } else { AssociationMode::Consulting };
        associate(store, context, customer_id, partner_id, mode, since).await?;
        if index % CHANGES_EVERY == CHANGES_EVERY - 1 {
            let (at, mode) = (Some(month_start.plus(14 * DAY)), other_mode(mode));
            let transfer =
                Transfer { customer_id, partner_id, mode, at, reason: Some("demonstration".into()) };
            association::transfer(store, context, None, transfer).await?;
        }
        let input = LinkAccount { provider: account.provider, account_no: account.account_no, customer_id };
        link(store, context, None, input).await?;
        customers.push(customer_id);
    }
    Ok(customers)
}
