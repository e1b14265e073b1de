//! What the accounts of a partner hold, now and at any instant before.

use entity::{Currency, LedgerAccount, PartnerId, Timestamp};
use sea_orm::ConnectionTrait;

use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;

/// What an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Whose.
    pub partner_id: PartnerId,
    /// The account.
    pub account: LedgerAccount,
    /// The currency.
    pub currency: Currency,
    /// In micros.
    pub amount: i64,
}

/// The accounts of `partners` as they are now, or as they were at the end of `at`; accounts never used are left out.
pub async fn balances<C: ConnectionTrait>(
    connection: &C,
    partners: &[PartnerId],
    at: Option<Timestamp>,
) -> Result<Vec<Balance>> {
    if partners.is_empty() {
        return Ok(Vec::new());
    }
    let list = crate::kernel::store::placeholders(1, partners.len());
    let n = partners.len() + 1;
    // The last entry of an account says what it held.
    let then = format!(
        "SELECT e.partner_id, e.account, e.currency, e.balance FROM ledger_entry e JOIN ( \
         SELECT x.partner_id, x.account, x.currency, MAX(x.seq) AS seq FROM ledger_entry x \
         JOIN ledger_transaction t ON t.partner_id = x.partner_id AND t.seq = x.seq \
         WHERE x.partner_id IN {list} AND t.at <= ${n} GROUP BY x.partner_id, x.account, x.currency) last \
         ON last.partner_id = e.partner_id AND last.account = e.account AND last.currency = e.currency AND last.seq = e.seq \
         ORDER BY 1, 3, 2"
    );
    let now = format!(
        "SELECT partner_id, account, currency, amount FROM ledger_balance WHERE partner_id IN {list} ORDER BY 1, 3, 2"
    );
    let mut values: Vec<sea_orm::Value> = partners.iter().map(|p| p.0.into()).collect();
    values.extend(at.map(|at| at.0.into()));
    let rows = query(connection, if at.is_some() { &then } else { &now }, values).await?;
    rows.iter()
        .map(|row| {
            let name: String = row.try_get_by_index(1)?;
            let account = LedgerAccount::from_name(&name)
                .ok_or_else(|| Error::Invariant(format!("the ledger has no account {name}")))?;
            Ok(Balance {
                partner_id: PartnerId(row.try_get_by_index(0)?),
                account,
                currency: row.try_get_by_index(2)?,
                amount: row.try_get_by_index(3)?,
            })
        })
        .collect()
}
