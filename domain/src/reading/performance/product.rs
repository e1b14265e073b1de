//! Products, and what is said about them from which month on.

use entity::{ProductId, product, product_policy};

use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The catalogue: the same for everybody.
#[must_use]
pub fn list() -> Listing<product::Model> {
    Listing::of("product", Predicate::always())
}

/// The policies of `products`, oldest month first. The policy of a month is the last one not after it.
pub async fn policies(store: &Store, products: &[ProductId]) -> Result<Vec<product_policy::Model>> {
    let of = Predicate::key_in("product_id", products.iter().map(|id| id.0.into()).collect());
    Listing::of("product_policy", Predicate::always()).all(store, of, "product_id, month").await
}
