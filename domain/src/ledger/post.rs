//! Posting: one transaction of the ledger, inside the database transaction of what moves the money.

use std::collections::BTreeMap;

use entity::{Currency, LedgerAccount, PartnerId, Timestamp};
use sea_orm::Value;

use super::chain::{Covered, hash};
use crate::error::{Error, Result};
use crate::store::{Tx, exec, insert_returning, insert_rows, query_one};

/// One side of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account.
    pub account: LedgerAccount,
    /// The currency.
    pub currency: Currency,
    /// What is added, in micros.
    pub amount: i64,
}

/// What is posted.
#[derive(Clone, Debug)]
pub struct Posting<'a> {
    /// Whose ledger.
    pub partner_id: PartnerId,
    /// Why, in capitals, e.g. `BILL_ISSUED`.
    pub kind: &'a str,
    /// The id of what moves the money.
    pub entity: String,
    /// The sides; together zero in each currency. Sides of one account are added up, zeros left out.
    pub entries: Vec<Entry>,
}

pub(super) type Sides = BTreeMap<(&'static str, Currency), (LedgerAccount, i64)>;

/// Posts inside `tx` and returns the posting's number; none if nothing moves. Holds the partner's chain until the
/// end of the transaction: whoever posts for several partners does so in the order of their keys.
pub async fn post(tx: &Tx, now: Timestamp, posting: Posting<'_>) -> Result<Option<i64>> {
    let sides = sides(&posting)?;
    if sides.is_empty() {
        return Ok(None);
    }
    let (last, last_at, previous) = head(tx, posting.partner_id).await?;
    let (seq, at) = (last + 1, now.max(last_at));
    let entries: Vec<_> =
        sides.iter().map(|((_, currency), (account, n))| (*account, *currency, *n)).collect();
    let covered = Covered {
        partner_id: posting.partner_id,
        seq,
        at,
        kind: posting.kind,
        entity: &posting.entity,
        entries: &entries,
    };
    let hash = hash(&previous, &covered);
    let partner = Value::from(posting.partner_id.0);
    let after = move_balances(tx, &posting, &sides).await?;
    let sql = "INSERT INTO ledger_transaction (partner_id, seq, at, kind, entity, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        partner.clone(),
        seq.into(),
        at.0.into(),
        posting.kind.into(),
        posting.entity.as_str().into(),
        hash.as_str().into(),
    ];
    exec(tx.orm(), sql, values).await?;
    let rows = sides.iter().flat_map(|((name, currency), (_, amount))| {
        let balance = after.get(&(*name, *currency)).copied().unwrap_or_default();
        [partner.clone(), seq.into(), (*name).into(), (*currency).into(), (*amount).into(), balance.into()]
    });
    let head = "INSERT INTO ledger_entry (partner_id, seq, account, currency, amount, balance)";
    insert_rows(tx.orm(), head, 6, rows.collect(), "").await?;
    let sql = "UPDATE ledger_chain SET seq = $1, at = $2, hash = $3 WHERE partner_id = $4";
    exec(tx.orm(), sql, [seq.into(), at.0.into(), hash.into(), partner]).await?;
    Ok(Some(seq))
}

/// The sides by account and currency, if they balance.
pub(super) fn sides(posting: &Posting<'_>) -> Result<Sides> {
    let overflow = || Error::Invariant(format!("a posting of {} overflows", posting.entity));
    let mut sides: Sides = BTreeMap::new();
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for entry in &posting.entries {
        let side = sides.entry((entry.account.name(), entry.currency)).or_insert((entry.account, 0));
        side.1 = side.1.checked_add(entry.amount).ok_or_else(overflow)?;
        *sums.entry(entry.currency).or_default() += i128::from(entry.amount);
    }
    sides.retain(|_, (_, amount)| *amount != 0);
    if let Some((currency, sum)) = sums.into_iter().find(|(_, sum)| *sum != 0) {
        let detail =
            format!("the posting {} of {} is off by {sum} micros {currency}", posting.kind, posting.entity);
        return Err(Error::Invariant(detail));
    }
    Ok(sides)
}

/// The last posting of a partner: number, instant, hash. Its row is held.
async fn head(tx: &Tx, partner: PartnerId) -> Result<(i64, Timestamp, String)> {
    let sql = tx.holding("SELECT seq, at, hash FROM ledger_chain WHERE partner_id = $1");
    for _ in 0..2 {
        if let Some(row) = query_one(tx.orm(), &sql, [partner.0.into()]).await? {
            return Ok((
                row.try_get_by_index(0)?,
                Timestamp(row.try_get_by_index(1)?),
                row.try_get_by_index(2)?,
            ));
        }
        let sql = "INSERT INTO ledger_chain (partner_id, seq, at, hash) VALUES ($1, 0, 0, '') ON CONFLICT DO NOTHING";
        exec(tx.orm(), sql, [partner.0.into()]).await?;
    }
    Err(Error::Invariant("a chain of the ledger vanished".into()))
}

/// Adds the sides to the balances and returns what they are now. An account on its wrong side is a bug of whoever
/// posts: nothing is written then.
async fn move_balances(
    tx: &Tx,
    posting: &Posting<'_>,
    sides: &Sides,
) -> Result<BTreeMap<(&'static str, Currency), i64>> {
    let rows = sides.iter().flat_map(|((name, currency), (_, amount))| -> [Value; 4] {
        [posting.partner_id.0.into(), (*name).into(), (*currency).into(), (*amount).into()]
    });
    let head = "INSERT INTO ledger_balance (partner_id, account, currency, amount)";
    let tail = "ON CONFLICT (partner_id, account, currency) DO UPDATE SET amount = ledger_balance.amount + excluded.amount \
                RETURNING account, currency, amount";
    let mut after = BTreeMap::new();
    for row in insert_returning(tx.orm(), head, 4, rows.collect(), tail).await? {
        let (name, currency): (String, Currency) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let amount: i64 = row.try_get_by_index(2)?;
        let account = LedgerAccount::from_name(&name)
            .ok_or_else(|| Error::Invariant(format!("the ledger has no account {name}")))?;
        check_side(posting, account, currency, amount)?;
        after.insert((account.name(), currency), amount);
    }
    Ok(after)
}

/// Refuses a balance on the wrong side of its account. PURE.
pub(super) fn check_side(
    posting: &Posting<'_>,
    account: LedgerAccount,
    currency: Currency,
    balance: i64,
) -> Result<()> {
    let right = match account {
        LedgerAccount::Earned => true,
        LedgerAccount::Carried => balance <= 0,
        _ => balance >= 0,
    };
    if right {
        return Ok(());
    }
    let name = account.name();
    let detail =
        format!("{} of {} would leave {name} at {balance} micros {currency}", posting.kind, posting.entity);
    Err(Error::Invariant(detail))
}
