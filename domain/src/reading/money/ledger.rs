//! The ledger, and what is known of partners' businesses.

use entity::{PartnerId, Timestamp, business_information, ledger_entry, ledger_transaction};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders};
use crate::money::ledger::balance::{Balance, balances};
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The postings a caller sees: a partner its own.
#[must_use]
pub fn postings(scope: Scope) -> Listing<ledger_transaction::Model> {
    Listing::of("ledger_transaction", scope.bills("partner_id", 1))
}

/// The sides of postings.
pub async fn entries(
    store: &Store,
    scope: Scope,
    of: &[(PartnerId, i64)],
) -> Result<Vec<ledger_entry::Model>> {
    let one = |(partner, seq): &(PartnerId, i64)| {
        Predicate::new(
            format!("(partner_id, seq) = {}", placeholders(1, 2)),
            vec![partner.0.into(), (*seq).into()],
        )
    };
    let list = Listing::of("ledger_entry", scope.bills("partner_id", 1));
    list.all(store, Predicate::any(of.iter().map(one)), "partner_id, seq, account, currency").await
}

/// What the accounts of `partners` hold, of those whose money the caller sees.
pub async fn held(
    store: &Store,
    scope: Scope,
    partners: &[PartnerId],
    at: Option<Timestamp>,
) -> Result<Vec<Balance>> {
    let seen: Vec<_> = partners
        .iter()
        .copied()
        .filter(|p| crate::reading::money::payment_request::sees_money(scope, *p))
        .collect();
    balances(store.db(), &seen, at).await
}

/// Business information of `partners`, of those whose money the caller sees.
pub async fn businesses(
    store: &Store,
    scope: Scope,
    partners: &[PartnerId],
) -> Result<Vec<business_information::Model>> {
    let of = Predicate::key_in("partner_id", partners.iter().map(|id| id.0.into()).collect());
    Listing::of("business_information", scope.bills("partner_id", 1)).all(store, of, "partner_id").await
}
