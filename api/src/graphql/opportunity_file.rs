//! Files attached to opportunities.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::opportunity::discussion::attach::{Attachment, NewAttachment, attach, detach};
use entity::opportunity_file;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::connection::connection;
use super::file::StoredFile;
use super::opportunity::Opportunity;
use super::opportunity_enums::OpportunitySide;
use super::scalars::DateTime;
use super::user_error::payload;

/// A file attached to an opportunity.
pub struct OpportunityFile(opportunity_file::Model);

impl From<opportunity_file::Model> for OpportunityFile {
    fn from(row: opportunity_file::Model) -> Self {
        Self(row)
    }
}

/// A file attached to an opportunity.
#[Object]
impl OpportunityFile {
    /// The file; null if it is gone.
    async fn file(&self, ctx: &Context<'_>) -> Option<Result<StoredFile>> {
        super::node::load(ctx, self.0.file_id).await.transpose()
    }

    /// Who attached it: the side.
    async fn side(&self) -> OpportunitySide {
        self.0.side.into()
    }

    /// Whether only the vendor's staff sees it.
    async fn internal(&self) -> bool {
        self.0.internal
    }

    /// Who attached it.
    async fn attached_by(&self) -> &str {
        &self.0.attached_by
    }

    /// When.
    async fn attached_at(&self) -> DateTime {
        DateTime(self.0.attached_at)
    }
}

connection! {
    /// A page of attached files.
    OpportunityFileConnection,
    /// An attached file with its cursor.
    OpportunityFileEdge, OpportunityFile, opportunity_file::Model
}

/// Which file to attach to what.
#[derive(InputObject)]
pub struct OpportunityFileAttachInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    opportunity_id: ID,
    /// The file: uploaded by your side (fileCreate) for the purpose OPPORTUNITY.
    file_id: ID,
    /// For the vendor's staff only.
    #[graphql(default)]
    internal: bool,
}

/// Which file to take off what.
#[derive(InputObject)]
pub struct OpportunityFileDetachInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    opportunity_id: ID,
    /// The file.
    file_id: ID,
}

payload! {
    /// What came of it.
    OpportunityFileAttachPayload {
        /// The opportunity.
        opportunity: Opportunity
    }
}
payload! {
    /// What came of it.
    OpportunityFileDetachPayload {
        /// The opportunity.
        opportunity: Opportunity
    }
}

/// Attachments of opportunities.
#[derive(Default)]
pub struct OpportunityFileMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityFileMutation {
    /// Attaches an uploaded file to an opportunity, at most 50 to one. Both sides see what is not internal.
    async fn opportunity_file_attach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file, to what.")] input: OpportunityFileAttachInput,
    ) -> Result<OpportunityFileAttachPayload> {
        let mut checks = Checks::default();
        let attachment = read(&mut checks, &input.opportunity_id, &input.file_id);
        let new = NewAttachment { attachment, internal: input.internal };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => attach(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await,
        };
        OpportunityFileAttachPayload::of(ctx, result, None).await
    }

    /// Takes a file off that one's own side attached.
    async fn opportunity_file_detach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file, off what.")] input: OpportunityFileDetachInput,
    ) -> Result<OpportunityFileDetachPayload> {
        let mut checks = Checks::default();
        let attachment = read(&mut checks, &input.opportunity_id, &input.file_id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                detach(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), attachment).await
            }
        };
        OpportunityFileDetachPayload::of(ctx, result, None).await
    }
}

fn read(checks: &mut Checks, opportunity: &ID, file: &ID) -> Attachment {
    Attachment { opportunity_id: checks.id("opportunityId", opportunity), file_id: checks.id("fileId", file) }
}
