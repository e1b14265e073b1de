//! Files and exports in a bucket.

use std::sync::Arc;

use entity::ExportState;
use futures_util::TryStreamExt as _;
use object_store::aws::AmazonS3Builder;
use object_store::{ObjectStore, ObjectStoreExt as _, RetryConfig};
use tests::db::Backend;
use tests::s3::{BUCKET, S3};

use super::*;
use crate::exporting::books;

fn bucket(service: &S3) -> Arc<dyn ObjectStore> {
    // Only the first of the process gets to install it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = AmazonS3Builder::new()
        .with_endpoint(service.endpoint())
        .with_allow_http(true)
        .with_bucket_name(BUCKET)
        .with_region("us-east-1")
        .with_access_key_id("key")
        .with_secret_access_key("secret");
    let retry = RetryConfig { max_retries: 0, ..RetryConfig::default() };
    Arc::new(builder.with_retry(retry).build().unwrap())
}

async fn names(bucket: &Arc<dyn ObjectStore>) -> Vec<String> {
    let mut found: Vec<_> =
        bucket.list(None).map_ok(|object| object.location.to_string()).try_collect().await.unwrap();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_keeps_files_and_exports_like_a_directory() {
    let Some(service) = S3::own().await else { return };
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let bucket = bucket(&service);
    let mut books = books(&db).await;
    books.world.store = books.world.store.with_files(Files::bucket(Arc::clone(&bucket), "some/prefix"));
    let store = &books.world.store;
    bucket.put(&"elsewhere".into(), "not ours".into()).await.unwrap();

    let (id, token) = announce(store, &books.world.context, "a.xml").await;
    let left = format!("some/prefix/{id}/of-a-crash");
    bucket.put(&left.as_str().into(), "half".into()).await.unwrap();
    send(store, &token, b"<in-a-bucket/>").await.unwrap();
    let file = found(store, id).await;
    let path = file.path.clone().unwrap();
    let bytes: Vec<_> = store.files.get(&path).await.unwrap().try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"<in-a-bucket/>");
    assert_eq!(names(&bucket).await, ["elsewhere".to_owned(), format!("some/prefix/{path}")]);

    let export = books.ask_for(&books.world.context, crate::exporting::all_payments()).await;
    domain::reading::export::export(store, export).await.unwrap();
    let (job, file) = (books.job(export).await, books.file(export).await);
    assert_eq!((job.state, job.rows_done), (ExportState::Completed, 12), "{:?}", job.error_detail);
    let path = file.path.unwrap();
    let bytes: Vec<_> = store.files.get(&path).await.unwrap().try_collect().await.unwrap();
    assert_eq!(bytes.concat().len() as i64, file.bytes);

    // The service goes away: the export waits, and nothing of it is lost.
    books.world.clock.advance(domain::reading::export::create::KEPT + 1);
    domain::reading::export::claim::tidy(store).await.unwrap();
    tidy(store).await.unwrap();
    assert_eq!(names(&bucket).await.len(), 2, "the file and what is not ours");
    let export = books.ask_for(&books.world.context, crate::exporting::all_payments()).await;
    drop(service);
    domain::reading::export::export(store, export).await.unwrap();
    let job = books.job(export).await;
    assert_eq!((job.state, job.error_code.as_deref()), (ExportState::Pending, Some("UNAVAILABLE")));
}
