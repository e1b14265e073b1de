//! The partners to which an opportunity of the vendor can be offered, and why not to others.

use async_graphql::ID;
use domain::opportunity::offer::recipients::Recipient;
use domain::reading;
use domain::reading::list::page::PAGE_LIMIT;
use entity::{OpportunityKind, PartnerId, opportunity};
use futures_util::future::try_join_all;

use crate::graphql::schema::args::Args;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::wrong::Wrong;

/// Parts per million in a percent.
const PPM_OF_PERCENT: i64 = 10_000;

impl Shown for Recipient {
    const NAME: &'static str = "OpportunityRecipient";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A partner, judged for an opportunity of the vendor: whether it can be offered to it, why or why not, by \
             what numbers.",
        )
        .one("partner", "The partner.", |recipient| Some(recipient.candidate.partner_id))
        .field("eligible", "Whether the opportunity can be offered to it.", |recipient| recipient.rank.is_some())
        .field(
            "rank",
            "Its place among the partners to which it can be offered, from 1; null if it cannot.",
            |recipient| recipient.rank,
        )
        .field("fails", "The grounds that do not hold; empty if it can be offered to it.", |recipient| {
            recipient.fails.iter().copied().map(Choice).collect::<Vec<_>>()
        })
        .field("stage", "Its stage on the development path.", |recipient| Choice(recipient.candidate.stage))
        .field(
            "delivered",
            "The number of its own opportunities that it won and delivered in the last twelve months: more come first.",
            |recipient| recipient.candidate.delivered,
        )
        .field(
            "winPercent",
            "How many of a hundred opportunities that ended it won; 0 if none ended: more come next.",
            |recipient| recipient.candidate.win_ppm() / PPM_OF_PERCENT,
        )
        .field(
            "load",
            "The number of opportunities it works on now or has to answer: fewer come next.",
            |recipient| recipient.candidate.load,
        )
        .field(
            "offered",
            "The state of the last offer of this opportunity to it; null if there was none.",
            |recipient| recipient.candidate.offered.map(Choice),
        )
    }
}

/// Adds the partners to which an opportunity can be offered.
pub(in crate::graphql::opportunity) fn recipients(
    object: Object<opportunity::Model>,
) -> Object<opportunity::Model> {
    object
        .maybe_lists(
            "recipients",
            "The partners to which it can be offered, best first, and then the others with why not; null for an \
             opportunity that is not the vendor's own, and empty for partners.",
            |env, opportunities, args| Box::pin(judged(env, opportunities, args)),
        )
        .arg_or("first", "How many, from 0 to 100.", &20)
        .arg::<Option<ID>>("partner", "Only this partner.")
}

async fn judged(
    env: &Env,
    opportunities: &[opportunity::Model],
    args: &Args,
) -> Outcome<Vec<Option<Vec<Recipient>>>> {
    let first: i32 = args.get("first")?;
    let limit = usize::try_from(first).ok().filter(|n| *n as u64 <= PAGE_LIMIT);
    let limit =
        limit.ok_or_else(|| Wrong::new("`first` is from 0 to 100.", "`first` 的取值范围为 0 到 100。"))?;
    let only: Option<ID> = args.get("partner")?;
    let only: Option<Option<PartnerId>> = only.map(|id| id.parse().ok());
    let of = async |opportunity: &opportunity::Model| -> Outcome<Option<Vec<Recipient>>> {
        if opportunity.kind != OpportunityKind::Ho {
            return Ok(None);
        }
        // A few statements a row: every opportunity weighs all partners by a region and a product family of its own.
        let mut all = reading::opportunity::offer::recipients(&env.store, env.scope, opportunity).await?;
        if let Some(only) = only {
            all.retain(|recipient| Some(recipient.candidate.partner_id) == only);
        }
        all.truncate(limit);
        Ok(Some(all))
    };
    try_join_all(opportunities.iter().map(of)).await
}
