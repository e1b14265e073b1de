//! Pages of lists below many parents, in one statement.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::Error;
use domain::reading::{Listing, Order, Page, PageArgs, Predicate, Total};

use super::{Loaded, Rows};

/// One page below one parent. Keys that differ in the parent only are read in one statement.
pub(crate) struct PageKey<T> {
    parent: i64,
    spec: Arc<Spec<T>>,
}

struct Spec<T> {
    column: &'static str,
    listing: Listing<T>,
    filter: Predicate,
    order: Order,
    args: PageArgs,
    fingerprint: String,
}

impl<T> PageKey<T> {
    pub(crate) fn new(
        column: &'static str,
        parent: i64,
        listing: Listing<T>,
        filter: Predicate,
        order: Order,
        args: PageArgs,
    ) -> Self {
        let fingerprint = format!("{column} {} {filter:?} {order:?} {args:?}", listing.identity());
        Self { parent, spec: Arc::new(Spec { column, listing, filter, order, args, fingerprint }) }
    }

    /// The count of the whole list instead of a page.
    pub(crate) fn counted(self) -> CountKey<T> {
        CountKey(self)
    }
}

impl<T> Clone for PageKey<T> {
    fn clone(&self) -> Self {
        Self { parent: self.parent, spec: Arc::clone(&self.spec) }
    }
}

impl<T> PartialEq for PageKey<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.spec.fingerprint == other.spec.fingerprint
    }
}

impl<T> Eq for PageKey<T> {}

impl<T> Hash for PageKey<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parent.hash(state);
        self.spec.fingerprint.hash(state);
    }
}

/// The count of a list below one parent.
pub(crate) struct CountKey<T>(PageKey<T>);

impl<T> Clone for CountKey<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for CountKey<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for CountKey<T> {}

impl<T> Hash for CountKey<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Keys of the same list, by their fingerprint.
fn alike<'k, T: 'k>(keys: impl Iterator<Item = &'k PageKey<T>>) -> Vec<(Arc<Spec<T>>, Vec<i64>)> {
    let mut groups: HashMap<&str, (Arc<Spec<T>>, Vec<i64>)> = HashMap::new();
    for key in keys {
        let group = groups.entry(&key.spec.fingerprint).or_insert_with(|| (Arc::clone(&key.spec), vec![]));
        group.1.push(key.parent);
    }
    groups.into_values().collect()
}

impl<T: Clone + Send + Sync + 'static> Loader<PageKey<T>> for Rows {
    type Value = Page<T>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PageKey<T>]) -> Loaded<PageKey<T>, Page<T>> {
        let mut found = HashMap::new();
        for (spec, parents) in alike(keys.iter()) {
            let at = (spec.column, parents.as_slice());
            let pages = spec.listing.pages(&self.store, at, &spec.filter, &spec.order, &spec.args).await?;
            let key = |parent| PageKey { parent, spec: Arc::clone(&spec) };
            found.extend(pages.into_iter().map(|(parent, page)| (key(parent), page)));
        }
        Ok(found)
    }
}

impl<T: Clone + Send + Sync + 'static> Loader<CountKey<T>> for Rows {
    type Value = Total;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CountKey<T>]) -> Loaded<CountKey<T>, Total> {
        let mut found = HashMap::new();
        for (spec, parents) in alike(keys.iter().map(|key| &key.0)) {
            let counts =
                spec.listing.counts(&self.store, (spec.column, parents.as_slice()), &spec.filter).await?;
            let key = |parent| CountKey(PageKey { parent, spec: Arc::clone(&spec) });
            found.extend(counts.into_iter().map(|(parent, total)| (key(parent), total)));
        }
        Ok(found)
    }
}
