//! Where an opportunity went: the office and person that look after it, and to whom it can be offered.

use async_graphql::{Context, ID, Object, Result};
use domain::opportunity::duplicate::subject::Subject;
use domain::opportunity::state::labels;
use domain::reading;
use domain::reading::page::PAGE_LIMIT;
use entity::{PartnerId, opportunity};

use super::caller::{caller, lang, loaders, scope, store};
use super::errors::{OrFail, bad_input};
use super::loaders::DuplicatesOf;
use super::office::Office;
use super::opportunity_duplicate::OpportunityDuplicate;
use super::opportunity_offer::OpportunityRecipient;
use super::pce_enums::RouteKind;

/// The fields of an opportunity that say where it went.
pub struct OpportunityRoute<'a>(pub(crate) &'a opportunity::Model);

/// Where an opportunity went.
#[Object]
impl OpportunityRoute<'_> {
    /// The office that looks after it; null while a coordinator finds one, and for partners.
    async fn office(&self, ctx: &Context<'_>) -> Option<Result<Office>> {
        super::node::load(ctx, self.0.office_id?).await.transpose()
    }

    /// Why it is there, for the vendor's staff.
    async fn route(&self, ctx: &Context<'_>) -> Option<RouteKind> {
        caller(ctx).ok()?.actor.sees_all().then_some(self.0.route?.into())
    }

    /// What that rests on: the customer, or the area.
    async fn route_detail(&self, ctx: &Context<'_>) -> Option<&str> {
        caller(ctx).ok()?.actor.sees_all().then_some(self.0.route_detail.as_deref()?)
    }

    /// The reviewer who works on it, for the vendor's staff.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<&str> {
        caller(ctx).ok()?.actor.sees_all().then_some(self.0.claimed_by.as_deref()?)
    }

    /// Why it is there, in words, in the request's language; for the vendor's staff.
    async fn why_here(&self, ctx: &Context<'_>) -> Option<String> {
        let route = self.0.route.filter(|_| caller(ctx).is_ok_and(|caller| caller.actor.sees_all()))?;
        Some(labels::why_here(route, self.0.route_detail.as_deref().unwrap_or_default(), lang(ctx)))
    }

    /// What it seems to repeat, the most alike first, at most 100; for the vendor's staff.
    async fn duplicates(&self, ctx: &Context<'_>) -> Option<Result<Vec<OpportunityDuplicate>>> {
        caller(ctx).ok()?.actor.sees_all().then_some(())?;
        let found = async { loaders(ctx)?.load_one(DuplicatesOf(self.0.id)).await.or_fail(ctx) };
        let of = |pair| OpportunityDuplicate { of: Subject::from(self.0), pair };
        Some(found.await.map(|pairs| pairs.unwrap_or_default().into_iter().take(100).map(of).collect()))
    }

    /// To which partners it can be offered, best first, and why not to the others; only of the vendor's own, and only for
    /// the vendor's staff.
    async fn recipients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 0 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Only this partner.")] partner: Option<ID>,
    ) -> Option<Result<Vec<OpportunityRecipient>>> {
        if self.0.kind != entity::OpportunityKind::Ho {
            return None;
        }
        let found = async {
            let limit = usize::try_from(first).ok().filter(|n| *n as u64 <= PAGE_LIMIT);
            let limit = limit.ok_or_else(|| bad_input(ctx, "`first` is from 0 to 100."))?;
            let mut all = reading::opportunity_offer::recipients(store(ctx)?, scope(ctx)?, self.0)
                .await
                .or_fail(ctx)?;
            if let Some(id) = partner {
                let id: Option<PartnerId> = id.parse().ok();
                all.retain(|recipient| Some(recipient.candidate.partner_id) == id);
            }
            all.truncate(limit);
            Ok(all.into_iter().map(OpportunityRecipient::from).collect())
        };
        Some(found.await)
    }
}
