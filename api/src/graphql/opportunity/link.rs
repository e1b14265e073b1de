//! What an opportunity is linked to: the partner's offering, accounts and orders of its customer, the one it was copied
//! from; and what the customer consumed.

use async_graphql::{ID, InputObject};
use domain::opportunity::content::draft::Seen;
use domain::opportunity::progress::link::{self, Links};
use domain::reading::opportunity::consumption::MonthOf;
use entity::{OpportunityId, opportunity, opportunity_account, opportunity_order};

use crate::graphql::schema::change::{Change, Changed, Changes, Second};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::loaders::{AccountsOf, ConsumptionOf, OpportunityOrdersOf};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for opportunity_account::Model {
    const NAME: &'static str = "LinkedAccount";

    fn object() -> Object<Self> {
        Object::<Self>::new("An account in which the customer of an opportunity buys.")
            .one("account", "The account; null if the caller does not see it.", |link| Some(link.account_id))
            .text("linkedBy", "The person who linked it.", |link| &link.linked_by)
            .field("linkedAt", "The instant at which it was linked.", |link| link.linked_at)
    }
}

impl Shown for opportunity_order::Model {
    const NAME: &'static str = "LinkedOrder";

    fn object() -> Object<Self> {
        Object::<Self>::new("An order of the customer; it belongs to one opportunity.")
            .text("number", "The order's number.", |link| &link.order_no)
            .text("linkedBy", "The person who linked it.", |link| &link.linked_by)
            .field("linkedAt", "The instant at which it was linked.", |link| link.linked_at)
    }
}

impl Shown for MonthOf {
    const NAME: &'static str = "OpportunityMonth";

    fn object() -> Object<Self> {
        Object::<Self>::new("A month of an opportunity, in one currency.")
            .field("month", "The month.", |of| of.month)
            .object("expected", "The revenue that was expected of the month.", |of| {
                Money::of(of.expected, of.currency)
            })
            .object("consumed", "What the customer consumed, list price less discounts.", |of| {
                Money::of(of.consumed, of.currency)
            })
            .object("paid", "What the customer paid of that in cash.", |of| Money::of(of.paid, of.currency))
    }
}

/// Adds what an opportunity is linked to.
pub(super) fn linked(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .one(
            "offering",
            "The partner's own offering that goes with it; null for none, or if the caller does not see it.",
            |opportunity| opportunity.offering_id,
        )
        .field(
            "copiedFromId",
            "The id of the rejected or closed opportunity that it was copied from; null for an original.",
            |opportunity| opportunity.copied_from,
        )
        .many("accounts", "The accounts of its customer that it is linked to.", |opportunity| {
            AccountsOf(opportunity.id)
        })
        .many("orders", "The orders of its customer that it is linked to.", |opportunity| {
            OpportunityOrdersOf(opportunity.id)
        })
        .many(
            "consumption",
            "What its customer consumed and paid in the linked accounts, by month, next to what was expected. The \
             expected amount is spread evenly over twelve months from the month of expected delivery, else of signing.",
            |opportunity| ConsumptionOf(opportunity.id),
        )
}

/// Accounts and orders to be linked to an opportunity, or to be unlinked.
#[derive(InputObject)]
pub(crate) struct OpportunityLinksInput {
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
    /// The links, or every malformed id.
    fn read(self) -> domain::Result<Links> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        let account = |(i, id): (usize, &ID)| checks.id(&format!("accountIds.{i}"), id);
        let accounts = self.account_ids.iter().enumerate().map(account).collect();
        checks.done()?;
        Ok(Links { seen, accounts, orders: self.order_numbers })
    }
}

impl Change for OpportunityLinksInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityLink";
    const DOC: &'static str = "Links an opportunity that passed to accounts and orders of its customer; without a customer it gets that of the \
         accounts. What is linked already stays.";
    const INPUT: &'static str = "The accounts and orders to be linked.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let key = self.idempotency_key.clone();
        link::link(&env.store, &env.context(), Some(&key), self.read()?).await
    }
}

impl Change for Second<OpportunityLinksInput> {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityUnlink";
    const DOC: &'static str = "Unlinks accounts and orders; those that are not linked are passed over. What a claim rests on stays.";
    const INPUT: &'static str = "The accounts and orders to be unlinked.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let key = self.0.idempotency_key.clone();
        link::unlink(&env.store, &env.context(), Some(&key), self.0.read()?).await
    }
}

/// Adds the changes of links.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityLinksInput>().change::<Second<OpportunityLinksInput>>()
}
