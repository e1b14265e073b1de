//! The ledger: balances of partners, now and then, and the postings behind them.

use async_graphql::ID;
use domain::money::ledger::balance::Balance;
use domain::reading::money::standing_sql::Standing;
use domain::reading::{self, Key};
use entity::{PartnerId, ledger_entry, ledger_transaction};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::EntriesOf;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for Balance {
    const NAME: &'static str = "LedgerBalance";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "What an account of a partner holds. All accounts of a currency together are zero.",
        )
        .field("account", "The account.", |row| Choice(row.account))
        .object("amount", "The amount that the account holds or is given.", |row| {
            Money::of(row.amount, row.currency)
        })
    }
}

impl Shown for Standing {
    const NAME: &'static str = "PartnerMoney";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "How the money of a partner stands in a currency. Each amount is in one place only.",
        )
        .field("currencyCode", "The currency.", |row| row.currency)
        .object("owed", "Earned, and not yet requested.", |row| Money::of(row.owed, row.currency))
        .object("inPayment", "Requested, and on its way.", |row| Money::of(row.in_payment, row.currency))
        .object("stuck", "Requested, and refused or failed: somebody must act before it goes on.", |row| {
            Money::of(row.stuck, row.currency)
        })
        .object("paid", "Paid.", |row| Money::of(row.paid, row.currency))
    }
}

impl Shown for ledger_entry::Model {
    const NAME: &'static str = "LedgerEntry";

    fn object() -> Object<Self> {
        Object::<Self>::new("One side of a posting.")
            .field("account", "The account.", |row| Choice(row.account))
            .object("amount", "The amount that the account holds or is given.", |row| {
                Money::of(row.amount, row.currency)
            })
            .object("balance", "The balance of the account after the posting.", |row| {
                Money::of(row.balance, row.currency)
            })
    }
}

impl Shown for ledger_transaction::Model {
    const NAME: &'static str = "LedgerPosting";

    fn object() -> Object<Self> {
        Object::<Self>::new("A posting of a partner's ledger: sides that add up to zero, chained to the posting before it by its hash.")
            .one("partner", "The partner whose ledger it is.", |row| Some(row.partner_id))
            .field("seq", "Its number in the partner's ledger, from 1 without a gap.", |row| row.seq.to_string())
            .field("at", "The instant of the posting.", |row| row.at)
            .text("kind", "The name of what moved the money.", |row| &row.kind)
            .field("entityId", "The id of what moved it.", |row| ID::from(row.entity.as_str()))
            .any("entity", "What moved it; null for what is not the caller's to see.", |row| Some(&row.entity))
            .text("hash", "SHA-256 in hex over the hash before it and everything it says.", |row| &row.hash)
.many("entries", "Its sides.", |posting| EntriesOf(posting.partner_id, posting.seq))
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("ledgerPostings", "The postings the caller sees: a partner its own. Latest first.", |env| {
        reading::money::ledger::postings(env.scope)
    })
}

impl Paged for ledger_transaction::Model {
    const PAGE: &'static str = "A page of postings.";
    const EDGE: &'static str = "A posting with its cursor.";
}

impl Listable for ledger_transaction::Model {
    fn list() -> List {
        List {
            filter: Filter::new("LedgerPostingFilter", "Conditions on postings.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("kind", "By what moved the money.", |f: &StringFilter| f.on("kind"))
                .by("entity", "By the id of what moved it.", |f: &IdFilter| f.on_text("entity"))
                .by("at", "By when.", |f: &DateTimeFilter| f.on("at")),
            order: OrderBy::new("ledgerPostings", "LedgerPostingOrder", "The order of postings.")
                .by(
                    "AT",
                    "The instant of the posting.",
                    [Key::int("at"), Key::int("partner_id"), Key::int("seq")],
                )
                .by(
                    "CHAIN",
                    "Partner by partner, in the order of its chain.",
                    [Key::int("partner_id"), Key::int("seq")],
                )
                .descending(),
        }
    }
}
