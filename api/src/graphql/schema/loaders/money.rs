//! The ledger, many partners and postings in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::money::ledger::balance::Balance;
use domain::reading::money::standing_sql::{self, Standing};
use domain::{Error, reading};
use entity::{EntitlementId, PartnerId, PaymentRequestId, Timestamp, ledger_entry};

use super::{Loaded, Rows};

/// The sides of a posting.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOf(pub(crate) PartnerId, pub(crate) i64);

impl Loader<EntriesOf> for Rows {
    type Value = Vec<ledger_entry::Model>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[EntriesOf]) -> Loaded<EntriesOf, Vec<ledger_entry::Model>> {
        let of: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for row in reading::money::ledger::entries(&self.store, self.scope, &of).await? {
            found.entry(EntriesOf(row.partner_id, row.seq)).or_default().push(row);
        }
        Ok(found)
    }
}

/// What the accounts of a partner hold, now or at the end of an instant.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HeldBy(pub(crate) PartnerId, pub(crate) Option<Timestamp>);

impl Loader<HeldBy> for Rows {
    type Value = Vec<Balance>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HeldBy]) -> Loaded<HeldBy, Vec<Balance>> {
        // The balances are the ledger added up: whoever may not read it, does not read them below a partner either.
        if !self.allows("Query.ledgerPostings") {
            return Ok(HashMap::new());
        }
        let mut instants: HashMap<_, Vec<PartnerId>> = HashMap::new();
        for key in keys {
            instants.entry(key.1).or_default().push(key.0);
        }
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (at, partners) in instants {
            for balance in reading::money::ledger::held(&self.store, self.scope, &partners, at).await? {
                found.entry(HeldBy(balance.partner_id, at)).or_default().push(balance);
            }
        }
        Ok(found)
    }
}

/// The standing of a partner's money, one row a currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StandingOf(pub(crate) PartnerId);

impl Loader<StandingOf> for Rows {
    type Value = Vec<Standing>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[StandingOf]) -> Loaded<StandingOf, Vec<Standing>> {
        if !self.allows("Query.ledgerPostings") {
            return Ok(HashMap::new());
        }
        let partners: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for standing in standing_sql::of(&self.store, self.scope, &partners).await? {
            found.entry(StandingOf(standing.partner_id)).or_default().push(standing);
        }
        Ok(found)
    }
}

/// The live request that holds an entitlement.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HolderOf(pub(crate) EntitlementId);

impl Loader<HolderOf> for Rows {
    type Value = PaymentRequestId;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HolderOf]) -> Loaded<HolderOf, PaymentRequestId> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = reading::money::entitlement::holders(&self.store, &ids).await?;
        Ok(found.into_iter().map(|(entitlement, request)| (HolderOf(entitlement), request)).collect())
    }
}
