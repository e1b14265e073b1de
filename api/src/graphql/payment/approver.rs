//! The list of approvers of countersigning.

use async_graphql::{ID, InputObject};
use domain::money::payment::countersign::{self, NewApprover};
use domain::reading::{self, Key};
use entity::{ApproverId, countersign_approver};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::comparators::StringFilter;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::{CurrencyCode, Decimal};

impl Shown for countersign_approver::Model {
    const NAME: &'static str = "CountersignApprover";

    fn object() -> Object<Self> {
        Object::<Self>::new("Somebody who has to agree to payment requests of a category from an amount on.")
            .node(|line| line.id)
            .text("category", "Category of the bill; * for every one.", |row| &row.category)
            .object("minAmount", "From this amount on.", |row| Money::of(row.min_amount, row.currency))
            .text("subject", "The person, as tokens name it.", |row| &row.subject)
            .text("createdBy", "The person who put the approver on the list.", |row| &row.created_by)
            .field("createdAt", "The instant at which the line was made.", |row| row.created_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "countersignApprovers",
        "The people who have to agree to payment requests, and to which.",
        |env| reading::money::payment_request::approvers(env.scope),
    )
}

// STRUCT
impl Paged for countersign_approver::Model {
    const PAGE: &'static str = "A page of the list of approvers.";
    const EDGE: &'static str = "A line with its cursor.";
}

impl Listable for countersign_approver::Model {
    fn list() -> List {
        List {
            filter: Filter::new("CountersignApproverFilter", "Conditions on lines of the list of approvers.")
                .by("category", "By category.", |f: &StringFilter| f.on("category"))
                .by("subject", "By person.", |f: &StringFilter| f.on("subject")),
            order: OrderBy::new(
                "countersignApprovers",
                "CountersignApproverOrder",
                "The order of the list of approvers.",
            )
            .by("CREATED_AT", "When the line was made.", [Key::int("id")]),
        }
    }
}

/// A line to be made.
#[derive(InputObject)]
pub(crate) struct CountersignApproverAddInput {
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

impl Change for CountersignApproverAddInput {
    type Gives = ApproverId;
    const NAME: &'static str = "countersignApproverAdd";
    const DOC: &'static str = "Puts a person on the list of approvers. Rounds that are open keep theirs.";
    const INPUT: &'static str = "The line to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("approver", "The line.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let currency = self.currency_code.0;
        let digits = usize::try_from(currency.minor_digits()).unwrap_or(2);
        let min_amount = checks.amount(vec!["minAmount".into()], &self.min_amount, digits);
        let new = NewApprover { category: self.category, currency, min_amount, subject: self.subject };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        countersign::add_approver(&env.store, &env.context(), key, new).await
    }
}

/// A line to be taken off.
#[derive(InputObject)]
pub(crate) struct CountersignApproverRemoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The line.
    id: ID,
}

impl Change for CountersignApproverRemoveInput {
    type Gives = ApproverId;
    const NAME: &'static str = "countersignApproverRemove";
    const DOC: &'static str = "Takes a line off the list of approvers.";
    const INPUT: &'static str = "The line to be taken off.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.field("deletedId", "The id of the line that is gone; null if nothing changed.", |changed| {
            changed.done
        })
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let id: ApproverId = checks.id("id", &self.id);
        checks.done()?;
        countersign::remove_approver(&env.store, &env.context(), Some(&self.idempotency_key), id).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CountersignApproverAddInput>().change::<CountersignApproverRemoveInput>()
}
