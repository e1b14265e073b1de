//! What an opportunity is linked to: the partner's offering, accounts and orders of its customer, the one it was copied from.

use async_graphql::{Context, ID, Object, Result};
use entity::opportunity;

use super::caller::loaders;
use super::errors::OrFail;
use super::loaders::{AccountsOf, ConsumptionOf, OpportunityOrdersOf};
use super::opportunity_link::{LinkedAccount, LinkedOrder, OpportunityMonth};
use super::partner_offering::PartnerOffering;

/// The fields of an opportunity that say what it is linked to.
pub struct OpportunityLinks<'a>(pub(crate) &'a opportunity::Model);

/// What an opportunity is linked to.
#[Object]
impl OpportunityLinks<'_> {
    /// The partner's own offering that goes with it.
    async fn offering(&self, ctx: &Context<'_>) -> Option<Result<PartnerOffering>> {
        super::node::load(ctx, self.0.offering_id?).await.transpose()
    }

    /// The id of the rejected or closed one it was copied from.
    async fn copied_from_id(&self) -> Option<ID> {
        self.0.copied_from.map(|id| id.to_string().into())
    }

    /// The accounts in which its customer buys, as far as it is linked to them.
    async fn accounts(&self, ctx: &Context<'_>) -> Option<Result<Vec<LinkedAccount>>> {
        let rows = async { loaders(ctx)?.load_one(AccountsOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(LinkedAccount).collect()))
    }

    /// The orders of its customer, as far as it is linked to them.
    async fn orders(&self, ctx: &Context<'_>) -> Option<Result<Vec<LinkedOrder>>> {
        let rows = async { loaders(ctx)?.load_one(OpportunityOrdersOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(Into::into).collect()))
    }

    /// What its customer consumed and paid in the linked accounts, by month, next to what was expected. The expected
    /// amount is spread evenly over twelve months from the month of expected delivery, else of signing.
    async fn consumption(&self, ctx: &Context<'_>) -> Option<Result<Vec<OpportunityMonth>>> {
        let rows = async { loaders(ctx)?.load_one(ConsumptionOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(Into::into).collect()))
    }
}
