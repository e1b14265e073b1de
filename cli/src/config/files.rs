//! Settings of the file store, which keeps the bytes of files.

use std::sync::Arc;
use std::time::Duration;

use api::links::LINK_SECRET_MIN;
use clap::Args;
use domain::{Files, Store};
use object_store::RetryConfig;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};

use super::problems::{Problems, set};
use super::secret::Secret;

/// Longest time a request to the bucket is repeated: a person waits for an upload, an export tries again by itself.
const RETRY_WITHIN: Duration = Duration::from_secs(20);
/// Number of times that a request to the store is repeated.
const RETRIES: usize = 3;

/// The file store.
#[derive(Args, Clone, Debug)]
pub struct FilesArgs {
    /// Place of uploaded and exported files: `file:///directory`, shared by all processes, or
    /// `s3://bucket/prefix` with the usual variables (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_REGION`, `AWS_ENDPOINT_URL`, …). Not set, it is the directory `files` beside a SQLite database;
    /// with PostgreSQL there is none
    #[arg(long, env = "PARTNER_CENTER_FILES_URL", value_name = "URL", help_heading = "Files")]
    pub files_url: Option<String>,
    /// Secret that signs download links, at least 32 bytes, the same for all processes. Not set, one is made once and kept
    /// beside the files
    #[arg(long, env = "PARTNER_CENTER_FILES_SECRET", hide_env_values = true, value_name = "SECRET")]
    #[arg(help_heading = "Files")]
    pub files_secret: Option<String>,
}

/// Settings of the file store, checked.
#[derive(Clone, Debug, Default)]
pub struct FilePlace(Option<Files>);

impl FilePlace {
    /// `store` with its files there.
    #[must_use]
    pub fn of(self, store: Store) -> Store {
        match self.0 {
            Some(files) => store.with_files(files),
            None => store,
        }
    }
}

impl FilesArgs {
    /// Checks the secret of download links.
    pub fn secret(&self, problems: &mut Problems) -> Option<Secret> {
        let secret = set(self.files_secret.as_ref())?;
        if secret.len() < LINK_SECRET_MIN {
            problems.add("FILES_SECRET", format!("it must have at least {LINK_SECRET_MIN} bytes"));
        }
        Some(Secret::new(secret))
    }

    /// Checks where the files are.
    pub fn check(&self, problems: &mut Problems) -> FilePlace {
        let Some(url) = set(self.files_url.as_ref()) else { return FilePlace::default() };
        match open(url, variables()) {
            Ok(files) => FilePlace(Some(files)),
            Err(cure) => {
                problems.add("FILES_URL", cure);
                FilePlace::default()
            }
        }
    }
}

/// The environment, as far as it is text.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// The files at `url`. Of the variables those of S3 count.
fn open<T: Into<String>>(url: &str, variables: impl IntoIterator<Item = (T, T)>) -> Result<Files, String> {
    if let Some(path) = url.strip_prefix("file://").filter(|path| path.starts_with('/')) {
        return Ok(Files::directory(path));
    }
    let wanted = || format!("\"{url}\" is neither file:///directory nor s3://bucket/prefix");
    let rest = url.strip_prefix("s3://").ok_or_else(wanted)?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(wanted());
    }
    // The HTTP client needs to be told which cryptography to use; fails only when one was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = variables.into_iter().filter_map(|(name, value)| {
        let key: AmazonS3ConfigKey = name.into().to_ascii_lowercase().parse().ok()?;
        Some((key, value.into()))
    });
    let builder =
        options.fold(AmazonS3Builder::new(), |builder, (key, value)| builder.with_config(key, value));
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_WITHIN, ..RetryConfig::default() };
    let store = builder.with_bucket_name(bucket).with_retry(retry).build().map_err(|e| e.to_string())?;
    Ok(Files::bucket(Arc::new(store), prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_directory_with_its_whole_path_or_a_bucket() {
        let variables = [
            ("AWS_REGION", "cn-north-4"),
            ("AWS_ACCESS_KEY_ID", "k"),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("HOME", "/x"),
        ];
        let open = |url| open(url, variables).map(|files| format!("{files:?}"));
        assert_eq!(open("file:///var/files"), Ok("/var/files".to_owned()));
        assert_eq!(open("s3://bucket/a/b"), Ok("AmazonS3(bucket)/a/b".to_owned()));
        for bad in ["files", "file://files", "file:files", "http://x/y", "s3://", "s3:///x"] {
            assert!(open(bad).is_err(), "{bad}");
        }
    }
}
