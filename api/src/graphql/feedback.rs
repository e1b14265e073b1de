//! What partners find wrong with their bills, and what came of it.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::bill::Line;
use domain::reading::{self, Key};
use entity::{BillFeedbackId, PartnerId, bill_feedback};

use super::bill::IncentiveBill;
use super::bill_line::{IncentiveBillLine, IncentiveBillLineConnection};
use super::caller::{loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::{AssociationMode, BillLineKind, BillState, FeedbackState};
use super::errors::OrFail;
use super::feedback_loaders::{BillOf, LineOf};
use super::filter::{FeedbackStateFilter, IdFilter, MonthFilter, Wanted, filter, order};
use super::money::Money;
use super::node::{Node, find};
use super::partner::Partner;
use super::scalars::{CurrencyCode, DateTime, Month};

/// What a partner finds wrong with a bill.
#[derive(Clone)]
pub struct BillFeedback(bill_feedback::Model);

impl From<bill_feedback::Model> for BillFeedback {
    fn from(row: bill_feedback::Model) -> Self {
        Self(row)
    }
}

/// What a partner finds wrong with a bill or one of its lines. It stays with the bill of its partner, month and
/// currency, and with the performance of its line, while runs write the bill anew.
#[Object]
impl BillFeedback {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose bill it is.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The bill's month.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The bill's currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// The bill as it is now; null if its performance is gone.
    async fn bill(&self, ctx: &Context<'_>) -> Option<Result<IncentiveBill>> {
        let found = async { loaders(ctx)?.load_one(BillOf(self.0.id)).await.or_fail(ctx) };
        found.await.map(|bill| bill.map(IncentiveBill::from)).transpose()
    }

    /// The line as it is now; null where the whole bill is meant, or the line is gone.
    async fn line(&self, ctx: &Context<'_>) -> Option<Result<IncentiveBillLine>> {
        self.0.line_no?;
        let found = async { loaders(ctx)?.load_one(LineOf(self.0.id)).await.or_fail(ctx) };
        found.await.map(|line| line.map(IncentiveBillLine::from)).transpose()
    }

    /// Where the bill stood when this was said.
    async fn bill_state(&self) -> BillState {
        self.0.bill_state.into()
    }

    /// The number of the line when this was said; null for the whole bill.
    async fn line_no(&self) -> Option<i32> {
        self.0.line_no
    }

    /// What the line is; null for the whole bill.
    async fn line_kind(&self) -> Option<BillLineKind> {
        self.0.line_kind.map(Into::into)
    }

    /// The month the line's performance belongs to; null for the whole bill.
    async fn origin_month(&self) -> Option<Month> {
        self.0.origin_month.map(Month)
    }

    /// Whose performance the line prices; null for the whole bill.
    async fn line_partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::line::find_partner(ctx, self.0.line_partner_id?).await
    }

    /// The line's association mode.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.mode.map(Into::into)
    }

    /// The line's product class.
    async fn product_class(&self) -> Option<&str> {
        self.0.product_class.as_deref()
    }

    /// The performance of bill or line when this was said.
    async fn basis(&self) -> Money {
        Money::of(self.0.basis, self.0.currency)
    }

    /// The incentive of bill or line when this was said.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// What is wrong, in the partner's words.
    async fn text(&self) -> &str {
        &self.0.note
    }

    /// Where it stands.
    async fn state(&self) -> FeedbackState {
        self.0.state.into()
    }

    /// The vendor's answer.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// Who answered.
    async fn answered_by(&self) -> Option<&str> {
        self.0.answered_by.as_deref()
    }

    /// When it was answered.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime)
    }

    /// What mended it: an association, import, invoice or product; null also for whoever does not see that.
    async fn correction_entity(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let id = ID::from(self.0.correction_entity.as_deref()?);
        find(ctx, &id).await.transpose()
    }

    /// The lines by which later bills corrected its month for the same partner and currency, oldest first; none
    /// unless it was accepted.
    async fn corrections(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<IncentiveBillLineConnection>> {
        let below = async {
            let (list, at) = (reading::feedback::corrections(scope(ctx)?), ("bill_feedback.id", self.0.id.0));
            let keys = ["incentive_bill.month", "incentive_bill_line.bill_id", "incentive_bill_line.line_no"];
            let order = reading::Order {
                name: "feedbackCorrections".into(),
                keys: keys.map(Key::int).into(),
                descending: false,
            };
            let all = Ok(reading::Predicate::always());
            Found::<Line>::below(ctx, at, list, all, order, Paging { first, after, last, before }).await
        };
        Some(below.await.map(IncentiveBillLineConnection))
    }

    /// Who said it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was said.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was answered or taken back.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

connection! {
    /// A page of feedback.
    BillFeedbackConnection,
    /// Feedback with its cursor.
    BillFeedbackEdge, BillFeedback, bill_feedback::Model
}

filter! {
    /// Which feedback.
    BillFeedbackFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By the bill's month.
        month: MonthFilter => |f| f.on("month"),
        /// By state.
        state: FeedbackStateFilter => |f| f.on("state"),
    }
}

order! {
    /// The order of feedback.
    BillFeedbackOrder,
    /// What feedback is ordered by.
    BillFeedbackOrderField of "billFeedbacks" {
        /// When it was said.
        CreatedAt "CREATED_AT" => [Key::int("bill_feedback.created_at"), Key::int("bill_feedback.id")],
    } default CreatedAt Desc
}

/// Queries about feedback.
#[derive(Default)]
pub struct FeedbackQuery;

#[Object(guard = "root(\"Query\")")]
impl FeedbackQuery {
    /// Feedback on a bill by id; null if the caller sees none.
    async fn bill_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The feedback's id.")] id: ID,
    ) -> Option<Result<BillFeedback>> {
        let id: BillFeedbackId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The feedback on bills the caller sees: a partner its own. Latest first.
    async fn bill_feedbacks(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<BillFeedbackFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<BillFeedbackOrder>,
    ) -> Option<Result<BillFeedbackConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::feedback::list(scope(ctx)?),
                Wanted::of(filter),
                BillFeedbackOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(BillFeedbackConnection))
    }
}
