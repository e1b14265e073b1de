//! Names of sellers that rows bear: each is put down when a bill first names it, so that somebody can decide whose it is.

use entity::{SellerKind, Timestamp};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::kernel::error::Result;
use crate::kernel::store::{Store, query};
use crate::programme::{marks, seller};
use crate::source::SourceRow;

/// Names put down, or found.
#[derive(Debug, Default)]
pub(super) struct Sellers {
    /// Names met, and whether a column of its own named them.
    met: FxHashSet<(Box<str>, bool)>,
    /// Spelling by the partner of a name under which it sells, where a bill writes it in another way.
    as_partners: FxHashMap<Box<str>, String>,
}

impl Sellers {
    /// The name as the partner that sells under it writes it.
    pub(super) fn as_partner(&self, name: &str) -> Option<&String> {
        if self.as_partners.is_empty() { None } else { self.as_partners.get(name) }
    }

    /// Makes sure that the names of `rows` are put down. A row that names its seller in a column of its own decides;
    /// a publisher that is written like the provider is the vendor itself.
    pub(super) async fn learn(
        &mut self,
        store: &Store,
        rows: &[Box<SourceRow>],
        now: Timestamp,
    ) -> Result<()> {
        let mut new: Vec<(&str, SellerKind)> = Vec::new();
        for row in rows {
            let Some(name) = row.marketplace.as_deref() else { continue };
            if self.met.insert((name.into(), row.names_seller)) {
                let own = seller::normal(name) == seller::normal(&row.provider);
                let kind = match (row.names_seller, own) {
                    (true, _) => SellerKind::Seller,
                    (false, true) => SellerKind::Vendor,
                    (false, false) => SellerKind::Undecided,
                };
                new.push((name, kind));
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let sql = "SELECT marketplace_name FROM partner WHERE marketplace_name IS NOT NULL";
        let mut partners: FxHashMap<String, Option<String>> = FxHashMap::default();
        for row in query(store.db(), sql, []).await? {
            let name: String = row.try_get_by_index(0)?;
            // Two that are written alike are told apart by their spelling only.
            partners.entry(seller::normal(&name)).and_modify(|one| *one = None).or_insert(Some(name));
        }
        let mut unknown = Vec::new();
        for (name, kind) in new {
            if let Some(Some(partner)) = partners.get(&seller::normal(name)) {
                if partner != name {
                    self.as_partners.insert(name.into(), partner.clone());
                }
                continue;
            }
            let sql = "SELECT kind FROM seller_name WHERE name = $1";
            let known = query(store.db(), sql, [name.into()]).await?.pop();
            let known = known.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
            if known.is_none() || (kind == SellerKind::Seller && known.as_deref() == Some("UNDECIDED")) {
                unknown.push((name, kind));
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let tx = store.begin().await?;
        tx.lock_history(true).await?;
        seller::insert(store, tx.orm(), &unknown, now).await?;
        for (name, _) in unknown.iter().filter(|(_, kind)| *kind == SellerKind::Seller) {
            seller::named(tx.orm(), name, now).await?;
        }
        marks::bump(tx.orm()).await?;
        tx.commit().await
    }
}
