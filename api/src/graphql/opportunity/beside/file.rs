//! Files attached to opportunities.

use async_graphql::{ID, InputObject};
use domain::opportunity::discussion::attach::{Attachment, NewAttachment, attach, detach};
use domain::reading::{self, Key, Order};
use entity::{OpportunityId, opportunity, opportunity_file};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for opportunity_file::Model {
    const NAME: &'static str = "OpportunityFile";

    fn object() -> Object<Self> {
        Object::<Self>::new("A file attached to an opportunity.")
            .one("file", "The file; null if it is gone.", |attached| Some(attached.file_id))
            .field("side", "The side that attached it.", |attached| Choice(attached.side))
            .field("internal", "Whether only the vendor's staff sees it.", |attached| attached.internal)
            .text("attachedBy", "The person who attached it.", |attached| &attached.attached_by)
            .field("attachedAt", "The instant at which it was attached.", |attached| attached.attached_at)
    }
}

impl Paged for opportunity_file::Model {
    const PAGE: &'static str = "A page of attached files.";
    const EDGE: &'static str = "An attached file with its cursor.";
}

/// Adds the files attached to an opportunity.
pub(super) fn attached(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object.below_in_order(
        "files",
        "The files attached to it, oldest first. A partner sees those that are not internal, from the time it has the \
         opportunity.",
        ("opportunity_file.opportunity_id", |opportunity| opportunity.id.0),
        |env| reading::opportunity::rows::files(env.scope),
        || Order {
            name: "opportunityFiles".into(),
            keys: ["opportunity_file.attached_at", "opportunity_file.file_id"].map(Key::int).into(),
            descending: false,
        },
    )
}

/// The opportunity and the file of an input, or every malformed id.
fn read(opportunity: &ID, file: &ID) -> domain::Result<Attachment> {
    let mut checks = Checks::default();
    let opportunity_id = checks.id("id", opportunity);
    let file_id = checks.id("fileId", file);
    checks.done()?;
    Ok(Attachment { opportunity_id, file_id })
}

/// A file to be attached.
#[derive(InputObject)]
pub(crate) struct OpportunityFileAttachInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The file: uploaded by your side (fileCreate) for the purpose OPPORTUNITY.
    file_id: ID,
    /// Whether it is for the vendor's staff only.
    #[graphql(default)]
    internal: bool,
}

impl Change for OpportunityFileAttachInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityFileAttach";
    const DOC: &'static str = "Attaches an uploaded file to an opportunity, at most 50 to one. Both sides see files that are not internal.";
    const INPUT: &'static str = "The file, and the opportunity it is attached to.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let attachment = read(&self.id, &self.file_id)?;
        let new = NewAttachment { attachment, internal: self.internal };
        attach(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// A file to be detached.
#[derive(InputObject)]
pub(crate) struct OpportunityFileDetachInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The file.
    file_id: ID,
}

impl Change for OpportunityFileDetachInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityFileDetach";
    const DOC: &'static str = "Detaches a file that one's own side attached.";
    const INPUT: &'static str = "The file, and the opportunity it is detached from.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let attachment = read(&self.id, &self.file_id)?;
        detach(&env.store, &env.context(), Some(&self.idempotency_key), attachment).await
    }
}

/// Adds the changes of attached files.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityFileAttachInput>().change::<OpportunityFileDetachInput>()
}
