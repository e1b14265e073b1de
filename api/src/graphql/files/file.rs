//! Stored files: announced here, sent and fetched by their URLs.

use async_graphql::{ID, InputObject};
use domain::reading::files::create::{self, FileRequest};
use entity::{FileId, stored_file};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::FilePurpose;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::BigInt;

impl Shown for stored_file::Model {
    const NAME: &'static str = "StoredFile";

    fn object() -> Object<Self> {
        Object::<Self>::new("A file that was uploaded or written out.")
            .node(|row| row.id)
            .field("purpose", "The purpose of the file.", |row| Choice(row.purpose))
            .text("name", "Its name, for people.", |row| &row.name)
            .field("state", "The state of the file.", |row| Choice(row.state))
            .maybe_text("contentType", "Its media type, as its bytes say; null until they are there.", |row| row.content_type.as_deref())
            .field("bytes", "Its size in bytes; 0 until they are there.", |row| BigInt(row.bytes))
            .maybe_text("sha256", "SHA-256 of its bytes in hexadecimal; null until they are there.", |row| row.sha256.as_deref())
            .said("downloadUrl", "Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new one. Null while the file is not there.", url)
            .field("createdAt", "The instant at which it was announced.", |row| row.created_at)
            .field("expiresAt", "The instant at which it is deleted; null if it is kept.", |row| row.expires_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<FileId, _>("file", "A file by id.", "The file's id.")
}

/// A file to come.
#[derive(InputObject)]
pub(crate) struct FileCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it is for.
    purpose: FilePurpose,
    /// Its name, for people; 1 to 255 bytes, ending with pdf, ofd, xml, png or jpg, which its bytes must be.
    name: String,
}

impl Change for FileCreateInput {
    type Gives = create::Announced;
    const NAME: &'static str = "fileCreate";
    const DOC: &'static str = "Announces a file and says where to put its bytes.";
    const INPUT: &'static str = "What is known of the file.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields
            .one("file", "The new file; it waits for its bytes.", |changed| Some(changed.done.as_ref()?.id))
            .field(
                "uploadUrl",
                "Where to PUT its bytes, at most 10 MiB, once, within a day; relative to the API's own address.",
                |changed| changed.done.as_ref().map(|announced| format!("/files/{}", announced.token)),
            )
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let new = FileRequest { purpose: self.purpose.0, name: self.name };
        create::request(&env.store, &env.context(), &self.idempotency_key, new).await
    }
}

/// Where the bytes of a file can be fetched, while they are there.
pub(super) fn url(file: &stored_file::Model, env: &Env) -> Option<String> {
    let path = || format!("/files/{}", file.id);
    let url = || env.links.as_ref().map_or_else(path, |links| links.url(file.id));
    (file.state == entity::FileState::Stored).then(url)
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<FileCreateInput>()
}
