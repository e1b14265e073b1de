//! The ledger: balances of partners, now and then, and the postings behind them.

use async_graphql::{Context, Object, Result};
use domain::money::ledger::balance::Balance;
use domain::reading::{self, Key};
use entity::{PartnerId, ledger_entry, ledger_transaction};

use super::caller::{loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::errors::OrFail;
use super::filter::{DateTimeFilter, IdFilter, StringFilter, Wanted, filter, order};
use super::loaders::EntriesOf;
use super::money::Money;
use super::partner::Partner;
use super::payment_enums::LedgerAccount;
use super::scalars::DateTime;

/// What an account holds.
pub struct LedgerBalance(Balance);

impl From<Balance> for LedgerBalance {
    fn from(balance: Balance) -> Self {
        Self(balance)
    }
}

/// What an account of a partner holds. All accounts of a currency together are zero.
#[Object]
impl LedgerBalance {
    /// The account.
    async fn account(&self) -> LedgerAccount {
        self.0.account.into()
    }

    /// What it holds.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }
}

/// One side of a posting.
pub struct LedgerEntry(ledger_entry::Model);

/// One side of a posting.
#[Object]
impl LedgerEntry {
    /// The account.
    async fn account(&self) -> LedgerAccount {
        self.0.account.into()
    }

    /// What is added.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// What the account holds after it.
    async fn balance(&self) -> Money {
        Money::of(self.0.balance, self.0.currency)
    }
}

/// A posting.
#[derive(Clone)]
pub struct LedgerPosting(ledger_transaction::Model);

impl From<ledger_transaction::Model> for LedgerPosting {
    fn from(row: ledger_transaction::Model) -> Self {
        Self(row)
    }
}

/// A posting of a partner's ledger: sides that add up to zero, chained to the posting before it by its hash.
#[Object]
impl LedgerPosting {
    /// Whose ledger.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// Its number in the partner's ledger, from 1 without a gap.
    async fn seq(&self) -> String {
        self.0.seq.to_string()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Why: what moved the money.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The id of what moved it.
    async fn entity(&self) -> &str {
        &self.0.entity
    }

    /// SHA-256 in hex over the hash before it and everything it says.
    async fn hash(&self) -> &str {
        &self.0.hash
    }

    /// Its sides.
    async fn entries(&self, ctx: &Context<'_>) -> Option<Result<Vec<LedgerEntry>>> {
        let entries = async {
            let key = EntriesOf(self.0.partner_id, self.0.seq);
            let rows = loaders(ctx)?.load_one(key).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(LedgerEntry).collect())
        };
        Some(entries.await)
    }
}

connection! {
    /// A page of postings.
    LedgerPostingConnection,
    /// A posting with its cursor.
    LedgerPostingEdge, LedgerPosting, ledger_transaction::Model
}

filter! {
    /// Which postings.
    LedgerPostingFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By what moved the money.
        kind: StringFilter => |f| f.on("kind"),
        /// By the id of what moved it.
        entity: StringFilter => |f| f.on("entity"),
        /// By when.
        at: DateTimeFilter => |f| f.on("at"),
    }
}

order! {
    /// The order of postings.
    LedgerPostingOrder,
    /// What postings are ordered by.
    LedgerPostingOrderField of "ledgerPostings" {
        /// Partner by partner, in the order of its chain.
        Chain "CHAIN" => [Key::int("partner_id"), Key::int("seq")],
        /// When.
        At "AT" => [Key::int("at"), Key::int("partner_id"), Key::int("seq")],
    } default At Desc
}

/// Queries about the ledger.
#[derive(Default)]
pub struct LedgerQuery;

#[Object(guard = "root(\"Query\")")]
impl LedgerQuery {
    /// The postings the caller sees: a partner its own. Latest first.
    async fn ledger_postings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<LedgerPostingFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<LedgerPostingOrder>,
    ) -> Option<Result<LedgerPostingConnection>> {
        let list = async {
            let (list, paging) =
                (reading::ledger::postings(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), LedgerPostingOrder::of(order_by), paging).await
        };
        Some(list.await.map(LedgerPostingConnection))
    }
}
