//! Posting: transactions of the ledger, inside the database transaction of what moves the money, in a few statements
//! however many there are.

use std::collections::BTreeMap;

use entity::{Currency, LedgerAccount, PartnerId, Timestamp};
use sea_orm::Value;

use super::chain::{Covered, hash};
use super::posting::{Posting, Sides, check_side, sides};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Tx, insert_returning, insert_rows, many_placeholders, query};

/// Partners whose chains are read in one statement.
const HEADS: usize = 500;

/// The end of a partner's chain.
#[derive(Clone, Debug)]
struct Head {
    seq: i64,
    at: Timestamp,
    hash: String,
}

type Account = (PartnerId, &'static str, Currency);

/// Posts one, as [`post_many`] does: whoever posts for several partners one by one does so in the order of their keys.
pub async fn post(tx: &Tx, now: Timestamp, posting: Posting<'_>) -> Result<()> {
    post_many(tx, now, &[posting]).await
}

/// Posts inside `tx`, the postings of a partner in the order given. Holds the chains of all partners until the end
/// of the transaction, taken in the order of their keys. Postings that move nothing are left out.
pub async fn post_many(tx: &Tx, now: Timestamp, postings: &[Posting<'_>]) -> Result<()> {
    let mut moving = Vec::with_capacity(postings.len());
    for posting in postings {
        let sides = sides(posting)?;
        if !sides.is_empty() {
            moving.push((posting, sides));
        }
    }
    if moving.is_empty() {
        return Ok(());
    }
    let mut heads = heads(tx, &moving).await?;
    let mut balances = balances_before(tx, &moving).await?;
    let (mut transactions, mut entries) = (Vec::new(), Vec::new());
    for (posting, sides) in &moving {
        let partner = posting.partner_id;
        let Some(head) = heads.get_mut(&partner) else {
            return Err(Error::Invariant("a chain of the ledger vanished".into()));
        };
        (head.seq, head.at) = (head.seq + 1, now.max(head.at));
        let covered: Vec<_> =
            sides.iter().map(|((_, currency), (account, n))| (*account, *currency, *n)).collect();
        let (seq, at) = (head.seq, head.at);
        head.hash = hash(
            &head.hash,
            &Covered {
                partner_id: partner,
                seq,
                at,
                kind: posting.kind,
                entity: &posting.entity,
                entries: &covered,
            },
        );
        transactions.extend::<[Value; 6]>([
            partner.0.into(),
            seq.into(),
            at.0.into(),
            posting.kind.into(),
            posting.entity.as_str().into(),
            head.hash.as_str().into(),
        ]);
        for ((name, currency), (account, amount)) in sides {
            let balance = balances.entry((partner, *name, *currency)).or_default();
            *balance = balance.checked_add(*amount).ok_or_else(|| overflow(posting))?;
            check_side(posting, *account, *currency, *balance)?;
            entries.extend::<[Value; 6]>([
                partner.0.into(),
                seq.into(),
                (*name).into(),
                (*currency).into(),
                (*amount).into(),
                (*balance).into(),
            ]);
        }
    }
    let insert = "INSERT INTO ledger_transaction (partner_id, seq, at, kind, entity, hash)";
    insert_rows(tx.orm(), insert, 6, transactions, "").await?;
    let insert = "INSERT INTO ledger_entry (partner_id, seq, account, currency, amount, balance)";
    insert_rows(tx.orm(), insert, 6, entries, "").await?;
    write_heads(tx, heads).await
}

fn overflow(posting: &Posting<'_>) -> Error {
    Error::Invariant(format!("a posting of {} overflows", posting.entity))
}

/// The ends of the chains of everybody who is posted for, held; a chain is begun where there is none.
async fn heads(tx: &Tx, moving: &[(&Posting<'_>, Sides)]) -> Result<BTreeMap<PartnerId, Head>> {
    let mut partners: Vec<i64> = moving.iter().map(|(posting, _)| posting.partner_id.0).collect();
    partners.sort_unstable();
    partners.dedup();
    if let [_] = partners[..] {
        // Nearly always there is a chain, and one is never held in a wrong order.
        let heads = read_heads(tx, &partners).await?;
        if !heads.is_empty() {
            return Ok(heads);
        }
    }
    let rows = partners
        .iter()
        .flat_map(|id| -> [Value; 4] { [(*id).into(), 0_i64.into(), 0_i64.into(), "".into()] });
    let insert = "INSERT INTO ledger_chain (partner_id, seq, at, hash)";
    insert_rows(tx.orm(), insert, 4, rows.collect(), "ON CONFLICT DO NOTHING").await?;
    read_heads(tx, &partners).await
}

async fn read_heads(tx: &Tx, partners: &[i64]) -> Result<BTreeMap<PartnerId, Head>> {
    let mut heads = BTreeMap::new();
    for chunk in partners.chunks(HEADS) {
        let list = many_placeholders(tx.orm(), 1, chunk.len());
        let sql = format!(
            "SELECT partner_id, seq, at, hash FROM ledger_chain WHERE partner_id IN {list} ORDER BY partner_id"
        );
        for row in query(tx.orm(), &tx.holding(&sql), chunk.iter().map(|id| Value::from(*id))).await? {
            let head = Head {
                seq: row.try_get_by_index(1)?,
                at: Timestamp(row.try_get_by_index(2)?),
                hash: row.try_get_by_index(3)?,
            };
            heads.insert(PartnerId(row.try_get_by_index(0)?), head);
        }
    }
    Ok(heads)
}

/// Moves the kept balances by everything that is posted, and returns what they were before.
async fn balances_before(tx: &Tx, moving: &[(&Posting<'_>, Sides)]) -> Result<BTreeMap<Account, i64>> {
    let mut moved: BTreeMap<Account, i64> = BTreeMap::new();
    for (posting, sides) in moving {
        for ((name, currency), (_, amount)) in sides {
            let sum = moved.entry((posting.partner_id, *name, *currency)).or_default();
            *sum = sum.checked_add(*amount).ok_or_else(|| overflow(posting))?;
        }
    }
    let rows = moved.iter().flat_map(|((partner, name, currency), amount)| -> [Value; 4] {
        [partner.0.into(), (*name).into(), (*currency).into(), (*amount).into()]
    });
    let insert = "INSERT INTO ledger_balance (partner_id, account, currency, amount)";
    let tail = "ON CONFLICT (partner_id, account, currency) DO UPDATE SET amount = ledger_balance.amount + excluded.amount \
                RETURNING partner_id, account, currency, amount";
    let mut before = BTreeMap::new();
    for row in insert_returning(tx.orm(), insert, 4, rows.collect(), tail).await? {
        let name: String = row.try_get_by_index(1)?;
        let account = LedgerAccount::from_name(&name)
            .ok_or_else(|| Error::Invariant(format!("the ledger has no account {name}")))?;
        let key = (PartnerId(row.try_get_by_index(0)?), account.name(), row.try_get_by_index(2)?);
        let after: i64 = row.try_get_by_index(3)?;
        let change = moved.get(&key).copied().unwrap_or_default();
        let was = after.checked_sub(change);
        before.insert(key, was.ok_or_else(|| Error::Invariant("a balance overflows".into()))?);
    }
    Ok(before)
}

async fn write_heads(tx: &Tx, heads: BTreeMap<PartnerId, Head>) -> Result<()> {
    let rows = heads.into_iter().flat_map(|(partner, head)| -> [Value; 4] {
        [partner.0.into(), head.seq.into(), head.at.0.into(), head.hash.into()]
    });
    let insert = "INSERT INTO ledger_chain (partner_id, seq, at, hash)";
    let tail =
        "ON CONFLICT (partner_id) DO UPDATE SET seq = excluded.seq, at = excluded.at, hash = excluded.hash";
    insert_rows(tx.orm(), insert, 4, rows.collect(), tail).await?;
    Ok(())
}
