//! Stored files: what is taken in, what is refused, who sees it, and what is left of it at the end.

pub(crate) mod http;
mod s3;

use std::path::PathBuf;

use domain::kernel::store::query;
use domain::reading::file::Purposes;
use domain::reading::files;
use domain::reading::files::create::{FileRequest, UPLOAD_LIFETIME, request};
use domain::reading::files::tidy::tidy;
use domain::reading::files::upload::{FILE_LIMIT, FileUpload};
use domain::{Actor, Code, Context, Error, Files, Scope, Store};
use entity::{FileId, FilePurpose, FileState, PartnerKind, stored_file};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::partner::member_of;
use tests::world::World;

/// A world with a directory for its files.
pub(crate) async fn with_files(db: &TestDatabase, directory: &tempfile::TempDir) -> World {
    let mut world = World::open(db).await;
    world.store = world.store.with_files(Files::directory(directory.path()));
    world
}

/// Every object in the directory, those that are not complete included.
pub(crate) fn objects(directory: &tempfile::TempDir) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![directory.path().to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found
}

async fn announce(store: &Store, context: &Context, name: &str) -> (FileId, String) {
    let input = FileRequest { purpose: FilePurpose::PartnerInvoice, name: name.into() };
    let key = store.ids.next(store.clock.now()).to_string();
    let announced = request(store, context, &key, input).await.unwrap();
    (announced.id, announced.token)
}

async fn send(store: &Store, token: &str, bytes: &[u8]) -> domain::Result<FileId> {
    let mut upload = FileUpload::begin(store, token).await?;
    for piece in bytes.chunks(1 << 20) {
        upload.write(piece)?;
    }
    upload.finish().await
}

async fn found(store: &Store, id: FileId) -> stored_file::Model {
    files::find(store, Scope::All, &Purposes::all(), id).await.unwrap().unwrap()
}

/// The one code of a refusal.
fn refused<T: std::fmt::Debug>(outcome: domain::Result<T>) -> Code {
    match outcome.unwrap_err() {
        Error::Refused(refusals) => refusals[0].code,
        other => panic!("{other}"),
    }
}

on_both_databases!(a_file_is_kept_as_it_came_and_its_url_is_used_up, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let partner = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let (id, token) = announce(&world.store, &member_of(partner), "发票.pdf").await;
    let waiting = found(&world.store, id).await;
    assert_eq!((waiting.state, waiting.partner_id), (FileState::AwaitingUpload, Some(partner)));

    let bytes = b"%PDF-1.7 an invoice";
    assert_eq!(send(&world.store, &token, bytes).await.unwrap(), id);
    let file = found(&world.store, id).await;
    assert_eq!((file.state, file.bytes), (FileState::Stored, 19));
    assert_eq!(file.content_type.as_deref(), Some("application/pdf"));
    assert_eq!(
        file.sha256.as_deref(),
        Some("f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b")
    );
    let objects = objects(&directory);
    assert_eq!(std::fs::read(&objects[0]).unwrap(), bytes);
    assert_eq!(objects.len(), 1);

    assert_eq!(refused(send(&world.store, &token, bytes).await), Code::WrongState);
    assert_eq!(refused(FileUpload::begin(&world.store, "guessed").await), Code::NotFound);
    let seen = async |scope| files::find(&world.store, scope, &Purposes::all(), id).await.unwrap().is_some();
    assert!(seen(Scope::Partner(partner, world.store.clock.now())).await);
    assert!(!seen(Scope::Partner(other, world.store.clock.now())).await);
    assert!(!seen(Scope::Customer(entity::CustomerId(1))).await);
});

on_both_databases!(a_file_that_is_not_what_its_name_says_is_refused_and_can_be_sent_again, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let (id, token) = announce(&world.store, &world.context, "scan.png").await;
    for wrong in [&b"%PDF-1.7"[..], b"MZ", b""] {
        assert_eq!(refused(send(&world.store, &token, wrong).await), Code::FileKind);
    }
    assert!(objects(&directory).is_empty());
    send(&world.store, &token, b"\x89PNG\r\n\x1a\n...").await.unwrap();
    assert_eq!(found(&world.store, id).await.content_type.as_deref(), Some("image/png"));

    for name in ["", "a.exe", "a/b.pdf", "a\n.pdf", &format!("{}.pdf", "x".repeat(252))] {
        let input = FileRequest { purpose: FilePurpose::Feedback, name: (*name).to_owned() };
        let outcome = request(&world.store, &world.context, "name", input).await;
        assert!(matches!(outcome, Err(Error::Refused(_))), "{name}");
    }
    let input = FileRequest { purpose: FilePurpose::Export, name: "a.pdf".into() };
    assert_eq!(refused(request(&world.store, &world.context, "purpose", input).await), Code::Invalid);
});

on_both_databases!(a_file_of_ten_megabytes_is_taken_and_one_byte_more_is_not, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let (id, token) = announce(&world.store, &world.context, "large.pdf").await;
    let mut bytes = b"%PDF-1.7".to_vec();
    bytes.resize(FILE_LIMIT + 1, b' ');
    assert_eq!(refused(send(&world.store, &token, &bytes).await), Code::FileTooLarge);
    let mut upload = FileUpload::begin(&world.store, &token).await.unwrap();
    assert_eq!(refused(upload.expect(FILE_LIMIT as u64 + 1)), Code::FileTooLarge);
    send(&world.store, &token, &bytes[..FILE_LIMIT]).await.unwrap();
    assert_eq!(found(&world.store, id).await.bytes, FILE_LIMIT as i64);
});

on_both_databases!(of_two_uploads_with_one_token_one_is_stored, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let (id, token) = announce(&world.store, &world.context, "a.xml").await;
    let mut first = FileUpload::begin(&world.store, &token).await.unwrap();
    let mut second = FileUpload::begin(&world.store, &token).await.unwrap();
    first.write(b"<first/>").unwrap();
    second.write(b"<second/>").unwrap();
    second.finish().await.unwrap();
    assert_eq!(refused(first.finish().await), Code::WrongState);
    let stored: Vec<_> =
        objects(&directory).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert_eq!(stored, ["<second/>"]);
    assert_eq!(found(&world.store, id).await.bytes, 9);
});

on_both_databases!(a_url_nobody_used_expires_and_nothing_of_it_is_left, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let (kept, token) = announce(&world.store, &world.context, "kept.xml").await;
    send(&world.store, &token, b"<kept/>").await.unwrap();
    let (id, token) = announce(&world.store, &world.context, "never.xml").await;
    // What an upload leaves that ended between the object and its row.
    let left = directory.path().join(id.to_string());
    std::fs::create_dir_all(&left).unwrap();
    for name in ["whole", "part#1"] {
        std::fs::write(left.join(name), "bytes").unwrap();
    }
    world.clock.advance(UPLOAD_LIFETIME);
    tidy(&world.store).await.unwrap();
    assert_eq!(found(&world.store, id).await.state, FileState::AwaitingUpload, "at the end of its time");
    assert_eq!(objects(&directory).len(), 3);
    world.clock.advance(1);
    assert_eq!(refused(FileUpload::begin(&world.store, &token).await), Code::NotFound);
    tidy(&world.store).await.unwrap();
    let file = found(&world.store, id).await;
    assert_eq!((file.state, file.path), (FileState::Deleted, None));
    assert!(!left.exists());
    assert_eq!(found(&world.store, kept).await.state, FileState::Stored);
    assert_eq!(objects(&directory).len(), 1);
});

on_both_databases!(without_a_place_for_files_they_are_refused, |db| async move {
    let world = World::open(&db).await;
    let nowhere = world.store.clone().with_files(Files::default());
    let input = FileRequest { purpose: FilePurpose::Feedback, name: "a.pdf".into() };
    assert_eq!(refused(request(&nowhere, &world.context, "k", input).await), Code::NoFileStore);
    assert_eq!(refused(FileUpload::begin(&nowhere, "any").await), Code::NoFileStore);
    tidy(&nowhere).await.unwrap();
    // Beside a SQLite file there is one by itself.
    let here = db.backend == tests::db::Backend::Sqlite;
    assert_eq!(world.store.files.require().is_ok(), here);
});

on_both_databases!(the_database_keeps_no_stored_file_without_its_bytes, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let (id, _) = announce(&world.store, &world.context, "a.xml").await;
    let sql = "UPDATE stored_file SET state = 'STORED' WHERE id = $1 RETURNING id";
    assert!(query(world.store.db(), sql, [id.0.into()]).await.is_err());
});
