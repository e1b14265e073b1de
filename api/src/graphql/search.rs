//! Anything by its name or number.

use async_graphql::ID;
use domain::reading::{self, Key, Listing, Order, PageArgs, Predicate};
use futures_util::future::{BoxFuture, try_join_all};

use crate::graphql::schema::args::Args;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::wrong::Wrong;

/// Longest text to look for, in characters: more than a name has.
const TEXT_LIMIT: usize = 200;
/// Most things of one kind, and in all.
const FOUND_LIMIT: usize = 50;

/// A kind of things that are looked for.
struct Kind<T: 'static> {
    /// The root field that whoever asks must be allowed to use.
    guard: &'static str,
    listing: Listing<T>,
    /// Columns of what people call it: found by any piece.
    names: &'static [&'static str],
    /// Columns of its numbers: found as a whole, because there are millions.
    numbers: &'static [&'static str],
    key: &'static str,
    id: fn(&T) -> String,
}

impl<T: Send + Sync + 'static> Kind<T> {
    /// The ids of those that `text` names, latest first; none for who may not ask.
    fn find<'a>(self, env: &'a Env, text: &'a str, most: u64) -> BoxFuture<'a, Outcome<Vec<String>>> {
        Box::pin(async move {
            if !env.allows(self.guard) {
                return Ok(vec![]);
            }
            let named = self.names.iter().map(|column| Predicate::contains(column, text));
            let numbered = self.numbers.iter().map(|column| Predicate::compare(column, "=", text));
            let filter = Predicate::any(named.chain(numbered));
            let order = Order { name: String::new(), keys: vec![Key::int(self.key)], descending: true };
            let page = PageArgs { limit: most, backward: false, after: None, before: None };
            let found = self.listing.page(&env.store, &filter, &order, &page).await?;
            Ok(found.rows.iter().map(|(_, row)| (self.id)(row)).collect())
        })
    }
}

/// Declares what is looked for: guard, list, names, numbers, key.
macro_rules! kinds {
    ($env:ident, $text:ident, $most:ident; $($guard:literal: $listing:expr, $names:expr, $numbers:expr, $key:literal;)+) => {
        vec![$(
            Kind {
                guard: $guard,
                listing: $listing,
                names: &$names,
                numbers: &$numbers,
                key: $key,
                id: |row| row.id.to_string(),
            }
            .find($env, $text, $most),
        )+]
    };
}

/// The ids of whatever `text` is, names or numbers.
async fn hits(env: &Env, args: &Args) -> Outcome<Vec<Vec<ID>>> {
    let text: String = args.get("text")?;
    let text = text.trim();
    let first: i32 = args.get("first")?;
    let most = usize::try_from(first).ok().filter(|most| *most <= FOUND_LIMIT).ok_or_else(|| {
        Wrong::new(
            format!("`first` is from 0 to {FOUND_LIMIT}."),
            format!("`first` 的取值范围为 0 到 {FOUND_LIMIT}。"),
        )
    })?;
    if text.is_empty() || text.chars().count() > TEXT_LIMIT || text.contains('\0') {
        return Err(Wrong::new(
            format!("`text` has 1 to {TEXT_LIMIT} visible characters."),
            format!("`text` 须为 1 到 {TEXT_LIMIT} 个可见字符。"),
        )
        .into());
    }
    let (scope, limit) = (env.scope, most as u64);
    let finding = kinds!(env, text, limit;
        "Query.partners": reading::programme::partner::list(scope), ["partner.name", "partner.marketplace_name"], [], "partner.id";
        "Query.customers": reading::programme::customer::list(scope), ["customer.name"], [], "customer.id";
        "Query.opportunities": reading::opportunity::rows::list(scope), ["opportunity.name", "opportunity.customer_name"], ["opportunity.crm_no"], "opportunity.id";
        "Query.products": reading::performance::product::list(), ["name"], ["code"], "id";
        "Query.cloudAccounts": reading::programme::account::list(scope), [], ["account_no"], "id";
        "Query.invoices": reading::performance::invoice::list(scope), [], ["invoice_no"], "id";
        "Query.partnerInvoices": reading::money::partner_invoice::list(scope), [], ["invoice_no"], "id";
        "Query.paymentRequests": reading::money::payment_request::list(scope), [], ["payout_no"], "id";
        "Query.imports": reading::performance::import::list(scope), ["file_name"], [], "id";
        "Query.partnerOfferings": reading::opportunity::membership::offerings(scope), ["partner_offering.name"], [], "partner_offering.id";
        "Query.incentivePolicies": reading::programme::policy::list(), ["name"], [], "id";
    );
    // An id names what it is the id of.
    let mut ids = vec![text.to_owned()];
    ids.extend(try_join_all(finding).await?.into_iter().flatten());
    Ok(vec![ids.into_iter().map(ID::from).collect()])
}

/// Adds the search.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.things(
        "search",
        "Whatever the caller sees that bears this text: by a piece of a name (partners, customers, opportunities, \
         products, offerings, imports, policies), by a whole number (accounts, invoices, payouts, CRM), or by its id.",
        |env, _, args| Box::pin(hits(env, args)),
    )
    .arg::<String>("text", "A name or a number, 1 to 200 characters.")
    .arg_or("first", "Things of one kind at most, up to 50.", &10)
}
