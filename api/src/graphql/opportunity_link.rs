//! What opportunities are linked to, and what their customers consumed.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::opportunity::content::draft::Seen;
use domain::opportunity::progress::link::{self, Links};
use domain::reading::opportunity_consumption::MonthOf;
use entity::{opportunity_account, opportunity_order};

use super::account::CloudAccount;
use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::money::Money;
use super::opportunity::Opportunity;
use super::scalars::{DateTime, Month};
use super::user_error::payload;

/// An account of the customer that an opportunity is linked to.
pub struct LinkedAccount(pub(crate) opportunity_account::Model);

/// An account in which the customer of an opportunity buys.
#[Object]
impl LinkedAccount {
    /// The account; null if the caller does not see it.
    async fn account(&self, ctx: &Context<'_>) -> Option<Result<CloudAccount>> {
        super::node::load(ctx, self.0.account_id).await.transpose()
    }

    /// Who linked it.
    async fn linked_by(&self) -> &str {
        &self.0.linked_by
    }

    /// When.
    async fn linked_at(&self) -> DateTime {
        DateTime(self.0.linked_at)
    }
}

/// An order of the customer; it belongs to one opportunity.
#[derive(SimpleObject)]
pub struct LinkedOrder {
    /// The order's number.
    number: String,
    /// Who linked it.
    linked_by: String,
    /// When.
    linked_at: DateTime,
}

impl From<opportunity_order::Model> for LinkedOrder {
    fn from(row: opportunity_order::Model) -> Self {
        Self { number: row.order_no, linked_by: row.linked_by, linked_at: DateTime(row.linked_at) }
    }
}

/// A month of an opportunity, in one currency.
#[derive(SimpleObject)]
pub struct OpportunityMonth {
    /// The month.
    month: Month,
    /// What was expected of it.
    expected: Money,
    /// What the customer consumed, list price less discounts.
    consumed: Money,
    /// What it paid of that in cash.
    paid: Money,
}

impl From<MonthOf> for OpportunityMonth {
    fn from(of: MonthOf) -> Self {
        let money = |amount| Money::of(amount, of.currency);
        Self {
            month: Month(of.month),
            expected: money(of.expected),
            consumed: money(of.consumed),
            paid: money(of.paid),
        }
    }
}

/// What is linked, or let go.
#[derive(InputObject)]
pub struct OpportunityLinksInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// Accounts of its customer, at most 50.
    #[graphql(default)]
    account_ids: Vec<ID>,
    /// Numbers of orders of its customer, at most 200.
    #[graphql(default)]
    order_numbers: Vec<String>,
}

impl OpportunityLinksInput {
    /// The links, with every malformed id noted.
    fn links(self, checks: &mut Checks) -> Links {
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        let account = |(i, id): (usize, &ID)| checks.id(&format!("accountIds.{i}"), id);
        let accounts = self.account_ids.iter().enumerate().map(account).collect();
        Links { seen, accounts, orders: self.order_numbers }
    }
}

payload! {
    /// What came of it.
    OpportunityLinkPayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}
payload! {
    /// What came of it.
    OpportunityUnlinkPayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}

/// Links of opportunities.
#[derive(Default)]
pub struct OpportunityLinkMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityLinkMutation {
    /// Links an opportunity that passed to accounts and orders of its customer; without a customer it gets that of the
    /// accounts. What is linked already stays.
    async fn opportunity_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to link.")] input: OpportunityLinksInput,
    ) -> Result<OpportunityLinkPayload> {
        let (id, key) = (input.id.clone(), input.idempotency_key.clone());
        let mut checks = Checks::default();
        let links = input.links(&mut checks);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => link::link(store(ctx)?, &write_context(ctx)?, Some(key.as_str()), links).await,
        };
        OpportunityLinkPayload::of(ctx, result, Some(&id)).await
    }

    /// Lets accounts and orders go; what is not linked is passed over. What a claim rests on stays.
    async fn opportunity_unlink(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to let go.")] input: OpportunityLinksInput,
    ) -> Result<OpportunityUnlinkPayload> {
        let (id, key) = (input.id.clone(), input.idempotency_key.clone());
        let mut checks = Checks::default();
        let links = input.links(&mut checks);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => link::unlink(store(ctx)?, &write_context(ctx)?, Some(key.as_str()), links).await,
        };
        OpportunityUnlinkPayload::of(ctx, result, Some(&id)).await
    }
}
