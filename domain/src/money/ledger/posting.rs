//! PURE. What is posted, and what makes it wrong.

use std::collections::BTreeMap;

use entity::{Currency, LedgerAccount, PartnerId};

use crate::kernel::error::{Error, Result};

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

/// Refuses a balance on the wrong side of its account: a bug of whoever posts.
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
