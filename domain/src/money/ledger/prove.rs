//! The proof that the ledger holds: postings add up to zero, chains are whole, balances are what their entries come to.

use std::collections::BTreeMap;

use entity::{Currency, LedgerAccount, PartnerId, Timestamp};
use sea_orm::{ConnectionTrait, QueryResult};

use super::chain::{Covered, hash};
use crate::kernel::check::Check;
use crate::kernel::error::Result;
use crate::kernel::store::query;

/// Postings read at once: bounds memory, not the proof.
const PAGE: u64 = 2_000;

/// Reads every posting in the order of the chains and names the first entry that breaks one.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    let mut walk = Walk::default();
    let mut after = (i64::MIN, 0_i64);
    loop {
        let page = page(connection, after).await?;
        let Some(last) = page.last() else { break };
        after = (last.partner_id.0, last.seq);
        for posting in &page {
            walk.take(posting);
        }
    }
    walk.ends(connection).await?;
    let balances = balances_are_sums(connection, std::mem::take(&mut walk.sums)).await?;
    let chain =
        Check::equal("ledger postings = chain, each zero", walk.postings.to_string(), walk.right.to_string());
    Ok(vec![chain.example(walk.example), balances])
}

struct Read {
    partner_id: PartnerId,
    seq: i64,
    at: Timestamp,
    kind: String,
    entity: String,
    hash: String,
    /// Account as written, currency, amount, balance after.
    entries: Vec<(String, Currency, i64, i64)>,
}

async fn page<C: ConnectionTrait>(connection: &C, after: (i64, i64)) -> Result<Vec<Read>> {
    let sql = format!(
        "SELECT t.partner_id, t.seq, t.at, t.kind, t.entity, t.hash, e.account, e.currency, e.amount, e.balance FROM \
         (SELECT * FROM ledger_transaction WHERE (partner_id, seq) > ($1, $2) ORDER BY partner_id, seq LIMIT {PAGE}) t \
         LEFT JOIN ledger_entry e ON e.partner_id = t.partner_id AND e.seq = t.seq \
         ORDER BY t.partner_id, t.seq, e.account, e.currency"
    );
    let mut page: Vec<Read> = Vec::new();
    for row in query(connection, &sql, [after.0.into(), after.1.into()]).await? {
        let (partner_id, seq) = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        if page.last().is_none_or(|last| (last.partner_id, last.seq) != (partner_id, seq)) {
            page.push(head(&row, partner_id, seq)?);
        }
        if let (Some(account), Some(posting)) = (row.try_get_by_index::<Option<String>>(6)?, page.last_mut())
        {
            let entry =
                (account, row.try_get_by_index(7)?, row.try_get_by_index(8)?, row.try_get_by_index(9)?);
            posting.entries.push(entry);
        }
    }
    Ok(page)
}

fn head(row: &QueryResult, partner_id: PartnerId, seq: i64) -> Result<Read> {
    Ok(Read {
        partner_id,
        seq,
        at: Timestamp(row.try_get_by_index(2)?),
        kind: row.try_get_by_index(3)?,
        entity: row.try_get_by_index(4)?,
        hash: row.try_get_by_index(5)?,
        entries: vec![],
    })
}

/// What is known behind the postings read so far.
#[derive(Default)]
struct Walk {
    postings: usize,
    right: usize,
    example: Option<String>,
    chain: Option<(PartnerId, i64, Timestamp, String)>,
    heads: BTreeMap<PartnerId, (i64, String)>,
    sums: BTreeMap<(PartnerId, String, Currency), i128>,
}

impl Walk {
    fn take(&mut self, posting: &Read) {
        self.postings += 1;
        let fault = self.fault(posting);
        match fault {
            None => self.right += 1,
            Some(fault) => {
                let named =
                    format!("{} posting {} ({}): {fault}", posting.partner_id, posting.seq, posting.entity);
                self.example.get_or_insert(named);
            }
        }
        self.chain = Some((posting.partner_id, posting.seq, posting.at, posting.hash.clone()));
        self.heads.insert(posting.partner_id, (posting.seq, posting.hash.clone()));
    }

    /// What is wrong with a posting, if anything; its entries are added up on the way.
    fn fault(&mut self, posting: &Read) -> Option<String> {
        let (last, at, previous) = match &self.chain {
            Some((partner, seq, at, hash)) if *partner == posting.partner_id => (*seq, *at, hash.as_str()),
            _ => (0, Timestamp(i64::MIN), ""),
        };
        let mut zero: BTreeMap<Currency, i128> = BTreeMap::new();
        let mut wrong_balance = None;
        for (account, currency, amount, balance) in &posting.entries {
            *zero.entry(*currency).or_default() += i128::from(*amount);
            let sum = self.sums.entry((posting.partner_id, account.clone(), *currency)).or_default();
            *sum += i128::from(*amount);
            if *sum != i128::from(*balance) && wrong_balance.is_none() {
                wrong_balance =
                    Some(format!("{account} {currency} says {balance}, its entries come to {sum}"));
            }
        }
        if posting.seq != last + 1 {
            return Some(format!("follows posting {last}"));
        }
        if posting.at < at {
            return Some("is before the one before it".into());
        }
        if let Some((currency, sum)) = zero.iter().find(|(_, sum)| **sum != 0) {
            return Some(format!("its entries come to {sum} micros {currency}"));
        }
        if computed(previous, posting).as_deref() != Some(&posting.hash) {
            return Some("its hash is not that of what it says".into());
        }
        wrong_balance
    }

    /// The chains end where they say.
    async fn ends<C: ConnectionTrait>(&mut self, connection: &C) -> Result<()> {
        for row in query(connection, "SELECT partner_id, seq, hash FROM ledger_chain ORDER BY partner_id", [])
            .await?
        {
            let (partner, seq): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let hash: String = row.try_get_by_index(2)?;
            let found = self.heads.remove(&PartnerId(partner)).unwrap_or_default();
            if found != (seq, hash) {
                self.right = self.right.saturating_sub(1);
                let named =
                    format!("{}: its chain ends at {seq}, its postings at {}", PartnerId(partner), found.0);
                self.example.get_or_insert(named);
            }
        }
        if let Some((partner, _)) = self.heads.pop_first() {
            self.right = self.right.saturating_sub(1);
            self.example.get_or_insert(format!("{partner} has postings and no chain"));
        }
        Ok(())
    }
}

fn computed(previous: &str, posting: &Read) -> Option<String> {
    let mut entries = Vec::with_capacity(posting.entries.len());
    for (account, currency, amount, _) in &posting.entries {
        entries.push((LedgerAccount::from_name(account)?, *currency, *amount));
    }
    entries.sort_by(|a, b| (a.0.name(), a.1).cmp(&(b.0.name(), b.1)));
    let covered = Covered {
        partner_id: posting.partner_id,
        seq: posting.seq,
        at: posting.at,
        kind: &posting.kind,
        entity: &posting.entity,
        entries: &entries,
    };
    Some(hash(previous, &covered))
}

/// What is kept is what was posted: `sums`, by partner, account and currency.
async fn balances_are_sums<C: ConnectionTrait>(
    connection: &C,
    mut sums: BTreeMap<(PartnerId, String, Currency), i128>,
) -> Result<Check> {
    let (mut kept, mut right, mut example) = (0_usize, 0_usize, None);
    let sql = "SELECT partner_id, account, currency, amount FROM ledger_balance ORDER BY partner_id, account, currency";
    for row in query(connection, sql, []).await? {
        let key = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let amount: i64 = row.try_get_by_index(3)?;
        let sum = sums.remove(&key).unwrap_or_default();
        kept += 1;
        if sum == i128::from(amount) {
            right += 1;
        } else if example.is_none() {
            example = Some(format!("{} {} {}: {amount} kept, {sum} posted", key.0, key.1, key.2));
        }
    }
    sums.retain(|_, sum| *sum != 0);
    if let Some(((partner, account, currency), sum)) = sums.pop_first() {
        kept += 1;
        example.get_or_insert(format!("{partner} {account} {currency}: nothing kept, {sum} posted"));
    }
    Ok(Check::equal("ledger balances = entries", kept.to_string(), right.to_string()).example(example))
}
