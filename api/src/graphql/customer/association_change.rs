//! Making, ending, moving and correcting associations.

use async_graphql::{ID, InputObject};
use domain::programme::association::{self, Correct, End, NewAssociation, Transfer};
use entity::AssociationId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::AssociationMode;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::DateTime;

/// Longest reason, in characters: what fits a page of an audit trail.
const REASON_LIMIT: usize = 1000;

/// An association to be made.
#[derive(InputObject)]
pub(crate) struct AssociationCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer that the partner has.
    customer_id: ID,
    /// The partner that has the customer.
    partner_id: ID,
    /// The way in which the partner sells to the customer: consulting or resale.
    mode: AssociationMode,
    /// The instant at which it begins; now if not given.
    valid_from: Option<DateTime>,
    /// The instant at which it ends, the first after it; open if not given.
    valid_to: Option<DateTime>,
}

impl Change for AssociationCreateInput {
    type Gives = AssociationId;
    const NAME: &'static str = "associationCreate";
    const DOC: &'static str = "Associates a customer with a partner.";
    const INPUT: &'static str = "The customer, the partner, the mode and the period.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("association", "The new association.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<AssociationId> {
        let mut checks = Checks::default();
        let new = NewAssociation {
            customer_id: checks.id("customerId", &self.customer_id),
            partner_id: checks.id("partnerId", &self.partner_id),
            mode: self.mode.0,
            valid_from: self.valid_from.map(|at| at.0),
            valid_to: self.valid_to.map(|at| at.0),
        };
        checks.done()?;
        association::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// The end of an association.
#[derive(InputObject)]
pub(crate) struct AssociationEndInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The association that ends.
    id: ID,
    /// The instant from which the customer is nobody's; now if not given.
    at: Option<DateTime>,
    /// The version you saw.
    expected_version: i32,
    /// The reason for the end, kept in the audit trail; at most 1000 characters.
    reason: Option<String>,
}

impl Change for AssociationEndInput {
    type Gives = AssociationId;
    const NAME: &'static str = "associationEnd";
    const DOC: &'static str = "Ends an association at an instant.";
    const INPUT: &'static str = "The association, and the instant.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("association", "The association as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<AssociationId> {
        let mut checks = Checks::default();
        checks.text("reason", self.reason.as_deref().unwrap_or_default(), REASON_LIMIT);
        let end = End {
            association_id: checks.id("id", &self.id),
            at: self.at.map(|at| at.0),
            expected_version: self.expected_version,
            reason: self.reason,
        };
        checks.done()?;
        association::end(&env.store, &env.context(), Some(&self.idempotency_key), end).await
    }
}

/// A change of partner or mode.
#[derive(InputObject)]
pub(crate) struct AssociationTransferInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The customer that moves.
    customer_id: ID,
    /// The new partner, or the same one for a change of mode.
    partner_id: ID,
    /// The new mode.
    mode: AssociationMode,
    /// The instant at which it moves; now if not given.
    at: Option<DateTime>,
    /// The reason for the move, kept in the audit trail; at most 1000 characters.
    reason: Option<String>,
}

impl Change for AssociationTransferInput {
    type Gives = AssociationId;
    const NAME: &'static str = "associationTransfer";
    const DOC: &'static str = "Moves a customer to another partner or mode at an instant, in one step.";
    const INPUT: &'static str = "The customer, its new partner and mode, and the instant.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("association", "The association that begins.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<AssociationId> {
        let mut checks = Checks::default();
        checks.text("reason", self.reason.as_deref().unwrap_or_default(), REASON_LIMIT);
        let transfer = Transfer {
            customer_id: checks.id("customerId", &self.customer_id),
            partner_id: checks.id("partnerId", &self.partner_id),
            mode: self.mode.0,
            at: self.at.map(|at| at.0),
            reason: self.reason,
        };
        checks.done()?;
        association::transfer(&env.store, &env.context(), Some(&self.idempotency_key), transfer).await
    }
}

/// What an association should have been.
#[derive(InputObject)]
pub(crate) struct AssociationCorrectInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The association that is wrong.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// The right partner, if that was wrong.
    partner_id: Option<ID>,
    /// The right mode, if that was wrong.
    mode: Option<AssociationMode>,
    /// The right instant of its beginning, if that was wrong.
    valid_from: Option<DateTime>,
    /// The reason why it was wrong, kept in the audit trail; at most 1000 characters.
    reason: String,
}

impl Change for AssociationCorrectInput {
    type Gives = AssociationId;
    const NAME: &'static str = "associationCorrect";
    const DOC: &'static str = "Corrects an association in the past. Closed months keep what they say; the difference \
        becomes correction lines in the open month.";
    const INPUT: &'static str = "What it should have been.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("association", "The association as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<AssociationId> {
        let mut checks = Checks::default();
        checks.text("reason", &self.reason, REASON_LIMIT);
        let correct = Correct {
            association_id: checks.id("id", &self.id),
            expected_version: self.expected_version,
            partner_id: checks.optional_id("partnerId", self.partner_id.as_ref()),
            mode: self.mode.map(|mode| mode.0),
            valid_from: self.valid_from.map(|at| at.0),
            reason: self.reason,
        };
        checks.done()?;
        association::correct(&env.store, &env.context(), Some(&self.idempotency_key), correct).await
    }
}

/// Adds the changes of associations.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<AssociationCreateInput>()
        .change::<AssociationEndInput>()
        .change::<AssociationTransferInput>()
        .change::<AssociationCorrectInput>()
}
