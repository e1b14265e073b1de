//! Stored files: announced here, sent and fetched by their URLs.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::reading::files::create::{self, FileRequest};
use entity::{FileId, FileState as State, stored_file};

use super::caller::{root, store, write_context};
use super::enums::{FilePurpose, FileState};
use super::scalars::{BigInt, DateTime};
use super::user_error::{UserError, outcome};
use crate::links::LinkMaker;

/// A stored file.
#[derive(Clone)]
pub struct StoredFile(pub(crate) stored_file::Model);

impl From<stored_file::Model> for StoredFile {
    fn from(row: stored_file::Model) -> Self {
        Self(row)
    }
}

impl StoredFile {
    /// Where its bytes can be fetched, while they are there. Outside of HTTP there is no address to begin with.
    pub(crate) fn url(&self, ctx: &Context<'_>) -> Option<String> {
        let path = || format!("/files/{}", self.0.id);
        let url = || ctx.data_opt::<LinkMaker>().map_or_else(path, |links| links.url(self.0.id));
        (self.0.state == State::Stored).then(url)
    }
}

/// A file that was uploaded or written out.
#[Object]
impl StoredFile {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is for.
    async fn purpose(&self) -> FilePurpose {
        self.0.purpose.into()
    }

    /// Its name, for people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    async fn state(&self) -> FileState {
        self.0.state.into()
    }

    /// Its media type, as its bytes say; null until they are there.
    async fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// Its size in bytes; 0 until they are there.
    async fn bytes(&self) -> BigInt {
        BigInt(self.0.bytes)
    }

    /// SHA-256 of its bytes in hexadecimal; null until they are there.
    async fn sha256(&self) -> Option<&str> {
        self.0.sha256.as_deref()
    }

    /// Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new
    /// one. Null while the file is not there.
    async fn download_url(&self, ctx: &Context<'_>) -> Option<String> {
        self.url(ctx)
    }

    /// When it was announced.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it is deleted; null if it is kept.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }
}

/// A file to come.
#[derive(InputObject)]
pub struct FileCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it is for.
    purpose: FilePurpose,
    /// Its name, for people; 1 to 255 bytes, ending with pdf, ofd, xml, png or jpg, which its bytes must be.
    name: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct FileCreatePayload {
    /// The new file; it waits for its bytes.
    file: Option<StoredFile>,
    /// Where to PUT its bytes, at most 10 MiB, once, within a day; relative to the API's own address.
    upload_url: Option<String>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Queries about files.
#[derive(Default)]
pub struct FileQuery;

#[Object(guard = "root(\"Query\")")]
impl FileQuery {
    /// A file by id.
    async fn file(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file's id.")] id: ID,
    ) -> Option<Result<StoredFile>> {
        let id: FileId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }
}

/// Changes of files.
#[derive(Default)]
pub struct FileMutation;

#[Object(guard = "root(\"Mutation\")")]
impl FileMutation {
    /// Announces a file and says where to put its bytes.
    async fn file_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of the file.")] input: FileCreateInput,
    ) -> Result<FileCreatePayload> {
        let new = FileRequest { purpose: input.purpose.into(), name: input.name };
        let result = create::request(store(ctx)?, &write_context(ctx)?, &input.idempotency_key, new).await;
        let (announced, user_errors) = outcome(ctx, result, None).await?;
        let Some(announced) = announced else {
            return Ok(FileCreatePayload { file: None, upload_url: None, user_errors });
        };
        let file = super::node::load(ctx, announced.id).await?;
        Ok(FileCreatePayload { file, upload_url: Some(format!("/files/{}", announced.token)), user_errors })
    }
}
