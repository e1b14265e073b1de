//! The person to talk to at the customer, as the reader may see it.

use async_graphql::{ID, InputObject};
use domain::opportunity::content::contact::{self, Contact, Reader, Shown as Extent};
use domain::opportunity::content::contact_hide::{HideContact, hide};
use domain::opportunity::content::draft::Seen;
use entity::{OpportunityId, opportunity};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for Contact {
    const NAME: &'static str = "OpportunityContact";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "The person to talk to at the customer. Shown to the side that entered it, to the reviewer who took the \
             opportunity and is at work on it, and to both sides while they sell together; masked for everybody else.",
        )
        .maybe_text("name", "The name; null if not known, or hidden.", |contact| contact.name.as_deref())
        .maybe_text("title", "The job title; null if not known, or hidden.", |contact| contact.title.as_deref())
        .maybe_text("phone", "The telephone number; null if not known, or hidden.", |contact| {
            contact.phone.as_deref()
        })
        .maybe_text("email", "The e-mail address; null if not known, or hidden.", |contact| {
            contact.email.as_deref()
        })
        .field("hidden", "Whether the side that entered the person hides it from the reader.", |contact| {
            contact.shown == Extent::Hidden
        })
        .field("masked", "Whether the reader sees only enough to recognise the person by.", |contact| {
            contact.shown == Extent::Masked
        })
    }
}

/// Adds the person to talk to.
pub(super) fn shown(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object.said_object(
        "contact",
        "The person to talk to at the customer, as much of it as the caller may see.",
        |opportunity, env| contact::contact(opportunity, Reader::of(&env.caller.actor)),
    )
}

/// An opportunity whose person is to be hidden or shown.
#[derive(InputObject)]
pub(crate) struct OpportunityContactHideInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True to hide the person from the other side, false to show it again.
    hidden: bool,
}

impl Change for OpportunityContactHideInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityContactHide";
    const DOC: &'static str = "Hides the person of an opportunity that one's own side shares from the other side, or shows it again. The side \
         that hides it sees it as before.";
    const INPUT: &'static str = "The opportunity whose person is to be hidden or shown.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        checks.done()?;
        let wish = HideContact { seen, hidden: self.hidden };
        hide(&env.store, &env.context(), Some(&self.idempotency_key), wish).await
    }
}

/// Adds the change of who sees the person.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityContactHideInput>()
}
