//! PURE. The hash of a posting: over the hash before it and everything it says.

use entity::{Currency, LedgerAccount, PartnerId, Timestamp};
use sha2::{Digest, Sha256};

use crate::kernel::hex::hex;

/// What the hash of a posting covers, besides the hash before it.
#[derive(Clone, Copy, Debug)]
pub struct Covered<'a> {
    /// Whose ledger.
    pub partner_id: PartnerId,
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub kind: &'a str,
    /// What moved the money.
    pub entity: &'a str,
    /// Account, currency, amount in micros; in the order of accounts' names and currencies.
    pub entries: &'a [(LedgerAccount, Currency, i64)],
}

/// SHA-256 in hex. Every part is written with its length, so that no two postings read alike.
#[must_use]
pub fn hash(previous: &str, covered: &Covered<'_>) -> String {
    let mut hasher = Sha256::new();
    let mut part = |text: &str| {
        hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(text.as_bytes());
    };
    part(previous);
    part(&covered.partner_id.to_string());
    part(&covered.seq.to_string());
    part(&covered.at.0.to_string());
    part(covered.kind);
    part(covered.entity);
    for (account, currency, amount) in covered.entries {
        part(account.name());
        part(currency.as_str());
        part(&amount.to_string());
    }
    hex(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting<'a>(kind: &'a str, entries: &'a [(LedgerAccount, Currency, i64)]) -> Covered<'a> {
        Covered { partner_id: PartnerId(7), seq: 1, at: Timestamp(9), kind, entity: "bill_x", entries }
    }

    #[test]
    fn every_part_of_a_posting_and_all_before_it_show_in_its_hash() {
        let cny: Currency = "CNY".parse().unwrap();
        let entries = [(LedgerAccount::Payable, cny, 5), (LedgerAccount::Earned, cny, -5)];
        let base = posting("BILL_ISSUED", &entries);
        let mut seen = vec![hash("", &base), hash("x", &base)];
        seen.push(hash("", &Covered { partner_id: PartnerId(8), ..base }));
        seen.push(hash("", &Covered { seq: 2, ..base }));
        seen.push(hash("", &Covered { at: Timestamp(10), ..base }));
        seen.push(hash("", &Covered { kind: "BILL_ISSUE", entity: "Dbill_x", ..base }));
        seen.push(hash("", &Covered { entity: "bill_y", ..base }));
        seen.push(hash("", &posting("BILL_ISSUED", &entries[..1])));
        seen.push(hash("", &posting("BILL_ISSUED", &[(LedgerAccount::Payable, cny, 6), entries[1]])));
        seen.push(hash("", &posting("BILL_ISSUED", &[(LedgerAccount::Frozen, cny, 5), entries[1]])));
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
        assert_eq!(hash("", &base), hash("", &base.clone()));
    }
}
