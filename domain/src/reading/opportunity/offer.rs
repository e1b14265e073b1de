//! Offers of the vendor's opportunities, and the partners they can be offered to.

use entity::{Columns, opportunity, opportunity_offer};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::opportunity::offer::candidates::{Among, judged};
use crate::opportunity::offer::recipients::Recipient;
use crate::reading::list::listing::Listing;

/// An offer, with what its opportunity is called.
#[derive(Clone, Debug, PartialEq, Eq, Columns)]
pub struct OfferRow {
    /// The offer.
    #[columns(row)]
    pub offer: opportunity_offer::Model,
    /// What the opportunity is called.
    #[columns(sql = "opportunity.name")]
    pub name: String,
}

/// The offers a caller sees: a partner its own, also of opportunities it does not see any more.
#[must_use]
pub fn list(scope: Scope) -> Listing<OfferRow> {
    Listing::of(
        "opportunity_offer JOIN opportunity ON opportunity.id = opportunity_offer.opportunity_id",
        scope.bills("opportunity_offer.partner_id", 1),
    )
}

/// Partners judged for an opportunity of the vendor, best first; nobody but the vendor's staff sees any.
pub async fn recipients(store: &Store, scope: Scope, of: &opportunity::Model) -> Result<Vec<Recipient>> {
    if scope != Scope::All {
        return Ok(vec![]);
    }
    judged(store.db(), store.clock.now(), of, Among::All).await
}
