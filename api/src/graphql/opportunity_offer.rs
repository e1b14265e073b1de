//! To whom the vendor's opportunities can be offered, were offered, and offering them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::opportunity::offer::make::{self, Offer};
use domain::opportunity::offer::recipients::{Ground, Recipient};
use domain::reading::opportunity_offer::OfferRow;
use domain::reading::{self, Key};
use entity::{OpportunityId, PartnerId};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{DateTimeFilter, IdFilter, OfferStateFilter, Wanted, filter, order};
use super::opportunity::Opportunity;
use super::opportunity_enums::OpportunityReason;
use super::partner::Partner;
use super::pce_enums::{OfferState, PathStage};
use super::scalars::DateTime;
use super::user_error::payload;

/// Something that is looked at before an opportunity is offered to a partner.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Ground")]
pub enum RecipientGround {
    /// It joined the frame of shared opportunities.
    Joined,
    /// Its stage on the development path suffices, or what it delivered makes up for it.
    Developed,
    /// It works in the region of the office that looks after the opportunity.
    Region,
    /// It offers something of the product family.
    Offering,
    /// It did not refuse this opportunity before, nor leave it unanswered.
    NotRefusedBefore,
}

/// A partner, judged for an opportunity of the vendor.
pub struct OpportunityRecipient(Recipient);

impl From<Recipient> for OpportunityRecipient {
    fn from(recipient: Recipient) -> Self {
        Self(recipient)
    }
}

/// A partner, judged for an opportunity of the vendor: whether it can be offered to it, why or why not, by what numbers.
#[Object]
impl OpportunityRecipient {
    /// The partner.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.candidate.partner_id).await.transpose()
    }

    /// Whether the opportunity can be offered to it.
    async fn eligible(&self) -> bool {
        self.0.rank.is_some()
    }

    /// Its place among those it can be offered to, from 1; null if it cannot.
    async fn rank(&self) -> Option<i32> {
        self.0.rank
    }

    /// What does not hold; empty if it can be offered to it.
    async fn fails(&self) -> Vec<RecipientGround> {
        self.0.fails.iter().copied().map(Into::into).collect()
    }

    /// Its stage on the development path.
    async fn stage(&self) -> PathStage {
        self.0.candidate.stage.into()
    }

    /// Opportunities of its own that it won and delivered in the last twelve months: more come first.
    async fn delivered(&self) -> i32 {
        self.0.candidate.delivered
    }

    /// Of a hundred opportunities that were won or lost, how many it won; 0 if none ended: more come next.
    async fn win_percent(&self) -> i64 {
        self.0.candidate.win_ppm() / 10_000
    }

    /// Opportunities it works on now or has to answer: fewer come next.
    async fn load(&self) -> i32 {
        self.0.candidate.load
    }

    /// What became of the last offer of this opportunity to it; null if there was none.
    async fn offered(&self) -> Option<OfferState> {
        self.0.candidate.offered.map(Into::into)
    }
}

/// An offer to one partner.
pub struct OpportunityOffer(OfferRow);

impl From<OfferRow> for OpportunityOffer {
    fn from(row: OfferRow) -> Self {
        Self(row)
    }
}

impl OpportunityOffer {
    fn tells_why(&self, ctx: &Context<'_>) -> bool {
        let recalled = self.0.offer.state == entity::OfferState::Recalled;
        !recalled || super::caller::caller(ctx).is_ok_and(|caller| caller.actor.sees_all())
    }
}

/// An offer of the vendor's opportunity to one partner. A partner keeps seeing its own when the opportunity is no longer
/// its to see.
#[Object]
impl OpportunityOffer {
    /// The opportunity; null if the caller does not see it, or not any more.
    async fn opportunity(&self, ctx: &Context<'_>) -> Option<Result<Opportunity>> {
        super::node::load(ctx, self.0.offer.opportunity_id).await.transpose()
    }

    /// The id of the opportunity.
    async fn opportunity_id(&self) -> ID {
        self.0.offer.opportunity_id.to_string().into()
    }

    /// What the opportunity is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its place among the offers of the opportunity, from 1; null for partners.
    async fn offer_no(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(super::caller::caller(ctx)?.actor.sees_all().then_some(self.0.offer.offer_no))
    }

    /// To whom.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.offer.partner_id).await.transpose()
    }

    /// What became of it.
    async fn state(&self) -> OfferState {
        self.0.offer.state.into()
    }

    /// The partner's place among those it could be offered to, from 1; null for partners.
    async fn rank(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(super::caller::caller(ctx)?.actor.sees_all().then_some(self.0.offer.rank))
    }

    /// When it was offered.
    async fn offered_at(&self) -> DateTime {
        DateTime(self.0.offer.offered_at)
    }

    /// First instant at which it is too late to accept.
    async fn due_at(&self) -> DateTime {
        DateTime(self.0.offer.due_at)
    }

    /// When it was answered or taken back.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.offer.answered_at.map(DateTime)
    }

    /// Why it was refused; why it was taken back is for the vendor's staff.
    async fn reason_code(&self, ctx: &Context<'_>) -> Result<Option<OpportunityReason>> {
        Ok(self.0.offer.reason_code.filter(|_| self.tells_why(ctx)).map(Into::into))
    }

    /// The same in words.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.0.offer.reason.as_deref().filter(|_| self.tells_why(ctx)))
    }
}

connection! {
    /// A page of offers.
    OpportunityOfferConnection,
    /// An offer with its cursor.
    OpportunityOfferEdge, OpportunityOffer, OfferRow
}

filter! {
    /// Which offers.
    OpportunityOfferFilter {
        /// By opportunity.
        opportunity: IdFilter => |f| f.on::<OpportunityId>("opportunity_offer.opportunity_id"),
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("opportunity_offer.partner_id"),
        /// By what became of it.
        state: OfferStateFilter => |f| f.on("opportunity_offer.state"),
        /// By when it was offered.
        offered_at: DateTimeFilter => |f| f.on("opportunity_offer.offered_at"),
    }
}

order! {
    /// The order of offers.
    OpportunityOfferOrder,
    /// What offers are ordered by.
    OpportunityOfferOrderField of "opportunityOffers" {
        /// When it was offered.
        OfferedAt "OFFERED_AT" => [
            Key::int("opportunity_offer.offered_at"),
            Key::int("opportunity_offer.opportunity_id"),
            Key::int("opportunity_offer.offer_no")
        ],
    } default OfferedAt Desc
}

/// Queries about offers.
#[derive(Default)]
pub struct OpportunityOfferQuery;

#[Object(guard = "root(\"Query\")")]
impl OpportunityOfferQuery {
    /// The offers the caller sees: a partner those to itself, the vendor's staff all. Latest first.
    async fn opportunity_offers(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<OpportunityOfferFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<OpportunityOfferOrder>,
    ) -> Option<Result<OpportunityOfferConnection>> {
        let list = async {
            let paging = Paging { first, after, last, before };
            let list = reading::opportunity_offer::list(scope(ctx)?);
            Found::list(ctx, list, Wanted::of(filter), OpportunityOfferOrder::of(order_by), paging).await
        };
        Some(list.await.map(OpportunityOfferConnection))
    }
}

/// What is offered to whom.
#[derive(InputObject)]
pub struct OpportunityOfferInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// To whom; the best recipient if not given.
    partner_id: Option<ID>,
}

payload! {
    /// What came of it.
    OpportunityOfferPayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}

/// Offering opportunities.
#[derive(Default)]
pub struct OpportunityOfferMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityOfferMutation {
    /// Offers an opportunity of the vendor to a partner, who has three working days to accept or refuse it. Whoever
    /// refuses or does not answer is followed by the next recipient by itself.
    async fn opportunity_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is offered to whom.")] input: OpportunityOfferInput,
    ) -> Result<OpportunityOfferPayload> {
        let mut checks = Checks::default();
        let id: OpportunityId = checks.id("id", &input.id);
        let partner_id = checks.optional_id("partnerId", input.partner_id.as_ref());
        let new = Offer { id, expected_version: input.expected_version, partner_id };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => make::offer(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await,
        };
        OpportunityOfferPayload::of(ctx, result, Some(&input.id)).await
    }
}
