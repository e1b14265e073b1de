//! The list of approvers of countersigning.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::money::payment::countersign::{self, NewApprover};
use domain::reading::{self, Key};
use entity::{ApproverId, countersign_approver};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{StringFilter, Wanted, filter, order};
use super::money::Money;
use super::scalars::{CurrencyCode, DateTime, Decimal};
use super::user_error::{UserError, outcome, payload};

/// A line of the list of approvers.
#[derive(Clone)]
pub struct CountersignApprover(countersign_approver::Model);

impl From<countersign_approver::Model> for CountersignApprover {
    fn from(row: countersign_approver::Model) -> Self {
        Self(row)
    }
}

/// Somebody who has to agree to payment requests of a category from an amount on.
#[Object]
impl CountersignApprover {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Category of the bill; * for every one.
    async fn category(&self) -> &str {
        &self.0.category
    }

    /// From this amount on.
    async fn min_amount(&self) -> Money {
        Money::of(self.0.min_amount, self.0.currency)
    }

    /// The person, as tokens name it.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// Who put the person on the list.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of the list of approvers.
    CountersignApproverConnection,
    /// A line with its cursor.
    CountersignApproverEdge, CountersignApprover, countersign_approver::Model
}

filter! {
    /// Which lines of the list of approvers.
    CountersignApproverFilter {
        /// By category.
        category: StringFilter => |f| f.on("category"),
        /// By person.
        subject: StringFilter => |f| f.on("subject"),
    }
}

order! {
    /// The order of the list of approvers.
    CountersignApproverOrder,
    /// What the list of approvers is ordered by.
    CountersignApproverOrderField of "countersignApprovers" {
        /// When the line was made.
        CreatedAt "CREATED_AT" => [Key::int("id")],
    } default CreatedAt Asc
}

/// Queries about approvers.
#[derive(Default)]
pub struct ApproverQuery;

#[Object(guard = "root(\"Query\")")]
impl ApproverQuery {
    /// Who has to agree to which payment requests.
    async fn countersign_approvers(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<CountersignApproverFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<CountersignApproverOrder>,
    ) -> Option<Result<CountersignApproverConnection>> {
        let list = async {
            let list = reading::payment_request::approvers(scope(ctx)?);
            let paging = Paging { first, after, last, before };
            Found::list(ctx, list, Wanted::of(filter), CountersignApproverOrder::of(order_by), paging).await
        };
        Some(list.await.map(CountersignApproverConnection))
    }
}

/// A line to be made.
#[derive(InputObject)]
pub struct CountersignApproverAddInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Category of the bill; * for every one.
    category: String,
    /// The currency of the amount.
    currency_code: CurrencyCode,
    /// From this amount on.
    min_amount: Decimal,
    /// The person, as tokens name it.
    subject: String,
}

/// A line to be taken off.
#[derive(InputObject)]
pub struct CountersignApproverRemoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The line.
    approver_id: ID,
}

payload! {
    /// What came of it.
    CountersignApproverAddPayload {
        /// The line.
        approver: CountersignApprover
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub struct CountersignApproverRemovePayload {
    /// The id of the line that is gone.
    removed_id: Option<ID>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of the list of approvers.
#[derive(Default)]
pub struct ApproverMutation;

#[Object(guard = "root(\"Mutation\")")]
impl ApproverMutation {
    /// Puts a person on the list of approvers. Rounds that are open keep theirs.
    async fn countersign_approver_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line to be made.")] input: CountersignApproverAddInput,
    ) -> Result<CountersignApproverAddPayload> {
        let mut checks = Checks::default();
        let currency = input.currency_code.0;
        let digits = usize::try_from(currency.minor_digits()).unwrap_or(2);
        let min_amount = checks.amount(vec!["minAmount".into()], &input.min_amount, digits);
        let new = NewApprover { category: input.category, currency, min_amount, subject: input.subject };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                countersign::add_approver(store(ctx)?, &write_context(ctx)?, key, new).await
            }
        };
        CountersignApproverAddPayload::of(ctx, result, None).await
    }

    /// Takes a line off the list of approvers.
    async fn countersign_approver_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line to be taken off.")] input: CountersignApproverRemoveInput,
    ) -> Result<CountersignApproverRemovePayload> {
        let mut checks = Checks::default();
        let id: ApproverId = checks.id("approverId", &input.approver_id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                countersign::remove_approver(store(ctx)?, &write_context(ctx)?, key, id).await
            }
        };
        let (removed, user_errors) = outcome(ctx, result, None).await?;
        Ok(CountersignApproverRemovePayload {
            removed_id: removed.map(|id| id.to_string().into()),
            user_errors,
        })
    }
}
