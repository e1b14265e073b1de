//! Payment requests added up by state, for a dashboard; and the machine itself, for frontends that draw it.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::money::payment::{labels, machine};
use domain::reading;
use domain::reading::payment_request::StateSum;

use super::caller::{lang, root, scope, store};
use super::errors::{OrFail, bad_input};
use super::filter::Wanted;
use super::money::Money;
use super::payment_enums::{PaymentActor, PaymentKind, PaymentOperation, PaymentState, PayoutWay};
use super::payment_request::PaymentRequestFilter;
use super::payment_trail::PaymentStage;
use super::scalars::DateTime;

/// Payment requests of one kind, state and currency.
pub struct PaymentRequestSum(StateSum);

/// Payment requests of one kind, state and currency, added up.
#[Object]
impl PaymentRequestSum {
    /// What is paid.
    async fn kind(&self) -> PaymentKind {
        self.0.kind.into()
    }

    /// The state.
    async fn state(&self) -> PaymentState {
        self.0.state.into()
    }

    /// The stage of that state.
    async fn stage(&self) -> PaymentStage {
        machine::stage(self.0.state).into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::label(self.0.kind, self.0.state, lang(ctx))
    }

    /// How many.
    async fn count(&self) -> i32 {
        i32::try_from(self.0.count).unwrap_or(i32::MAX)
    }

    /// Their amounts.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// Since when the oldest of them stands there.
    async fn oldest_since(&self) -> DateTime {
        DateTime(self.0.oldest_since)
    }
}

/// A step that payment requests can make.
#[derive(SimpleObject)]
pub struct PaymentStep {
    /// What moves the request.
    operation: PaymentOperation,
    /// From where.
    from: PaymentState,
    /// To where.
    to: PaymentState,
    /// Who.
    by: Vec<PaymentActor>,
    /// Whether it needs a reason.
    needs_reason: bool,
}

/// Queries over all payment requests.
#[derive(Default)]
pub struct PaymentSumQuery;

#[Object(guard = "root(\"Query\")")]
impl PaymentSumQuery {
    /// The payment requests the caller sees, added up by kind, state and currency, with the age of the oldest.
    async fn payment_request_sums(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only requests for which this holds.")] filter: Option<PaymentRequestFilter>,
    ) -> Option<Result<Vec<PaymentRequestSum>>> {
        let sums = async {
            let filter = Wanted::of(filter).map_err(|message| bad_input(ctx, &message))?;
            let sums = reading::payment_request::sums(store(ctx)?, scope(ctx)?, filter).await.or_fail(ctx)?;
            Ok(sums.into_iter().map(PaymentRequestSum).collect())
        };
        Some(sums.await)
    }

    /// Every step that requests of a kind and way of payment can make.
    async fn payment_steps(
        &self,
        #[graphql(desc = "What is paid.")] kind: PaymentKind,
        #[graphql(desc = "How it is paid.")] way: PayoutWay,
    ) -> Vec<PaymentStep> {
        let of = |t: &&machine::Transition| t.of.includes(kind.into(), way.into());
        let step = |t: &machine::Transition| PaymentStep {
            operation: t.operation.into(),
            from: t.from.into(),
            to: t.to.into(),
            by: t.by.iter().copied().map(Into::into).collect(),
            needs_reason: t.reason,
        };
        machine::TABLE.iter().filter(of).map(step).collect()
    }
}
