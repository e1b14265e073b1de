//! Whom to talk to at the customer, as the reader may see it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::opportunity::content::contact::{self, Contact, Shown};
use domain::opportunity::content::contact_hide::{HideContact, hide};
use domain::opportunity::content::draft::Seen;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::opportunity::Opportunity;
use super::user_error::payload;

/// Whom to talk to at the customer. Shown to the side that entered the person, to the reviewer who claimed the
/// opportunity and is at work on it, and to both sides while they sell together; masked for everybody else.
#[derive(SimpleObject)]
pub struct OpportunityContact {
    /// The person; null if not known, or hidden.
    name: Option<String>,
    /// As what it works.
    title: Option<String>,
    /// Its phone.
    phone: Option<String>,
    /// Its e-mail address.
    email: Option<String>,
    /// Whether the side that entered the person hides it from the reader.
    hidden: bool,
    /// Whether the reader sees only enough to recognise the person by.
    masked: bool,
}

impl From<Contact> for OpportunityContact {
    fn from(contact: Contact) -> Self {
        let Contact { shown, name, title, phone, email } = contact;
        let (hidden, masked) = (shown == Shown::Hidden, shown == Shown::Masked);
        Self { name, title, phone, email, hidden, masked }
    }
}

/// The contact of an opportunity for the caller.
pub(crate) fn of(row: &entity::opportunity::Model, actor: &domain::Actor) -> OpportunityContact {
    contact::contact(row, contact::Reader::of(actor)).into()
}

/// Whose person to hide or show.
#[derive(InputObject)]
pub struct OpportunityContactHideInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True to hide the person from the other side, false to show it again.
    hidden: bool,
}

payload! {
    /// What came of it.
    OpportunityContactHidePayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}

/// Changes of who sees a contact.
#[derive(Default)]
pub struct OpportunityContactMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityContactMutation {
    /// Hides the person of an opportunity that one's own side shares from the other side, or shows it again. Who hides
    /// it sees it as before.
    async fn opportunity_contact_hide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose person.")] input: OpportunityContactHideInput,
    ) -> Result<OpportunityContactHidePayload> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &input.id), expected_version: input.expected_version };
        let wish = HideContact { seen, hidden: input.hidden };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => hide(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), wish).await,
        };
        OpportunityContactHidePayload::of(ctx, result, Some(&input.id)).await
    }
}
