//! Settings of the documents that the API runs.

use std::fmt;

use clap::Args;
use object_store::signer::Url;

use super::problems::{Problems, set};

/// Documents and their manifests.
#[derive(Args, Clone, Debug)]
pub struct DocumentsArgs {
    /// Documents that run: `any`; `automatic`, any, and by their hash once sent (APQ); `trusted`, only those
    /// of the manifests. Not set: `trusted` where there are manifests, else `automatic` in development and
    /// `any` in production
    #[arg(long, env = "PARTNER_CENTER_DOCUMENTS", value_name = "WHICH", help_heading = "API")]
    pub documents: Option<String>,
    /// Manifests of clients' documents by SHA-256, as Relay, graphql-codegen and Apollo write them, separated by commas:
    /// `file:///manifest.json`, `s3://bucket/manifest.json`, or with `/` at the end all `.json` below it. They are read
    /// again when they change
    #[arg(long, env = "PARTNER_CENTER_DOCUMENT_MANIFESTS", value_name = "URLS", help_heading = "API")]
    pub document_manifests: Option<String>,
}

/// The documents that run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichDocuments {
    /// Whatever is sent.
    Any,
    /// Whatever is sent, and what was sent before by its hash.
    Automatic,
    /// Those of the manifests.
    Trusted,
}

/// Settings of documents, checked.
#[derive(Clone, Debug)]
pub struct Documents {
    /// The documents that run.
    pub which: WhichDocuments,
    /// URLs of the manifests of trusted documents.
    pub manifests: Vec<ManifestUrl>,
}

/// The address of one manifest, or of a folder of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestUrl(pub Url);

impl ManifestUrl {
    /// Whether it names all manifests below it.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.0.path().ends_with('/')
    }
}

impl fmt::Display for ManifestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl DocumentsArgs {
    /// Checks the texts.
    pub fn check(&self, development: bool, problems: &mut Problems) -> Documents {
        let urls = set(self.document_manifests.as_ref()).unwrap_or_default().split(',').map(str::trim);
        let mut manifests = Vec::new();
        for url in urls.filter(|url| !url.is_empty()) {
            match Url::parse(url) {
                Ok(parsed) if is_manifest(&parsed) => manifests.push(ManifestUrl(parsed)),
                _ => {
                    let cure =
                        format!("\"{url}\" is neither file:///manifest.json nor s3://bucket/manifest.json");
                    problems.add("DOCUMENT_MANIFESTS", cure);
                }
            }
        }
        let which = match set(self.documents.as_ref()) {
            None if !manifests.is_empty() => WhichDocuments::Trusted,
            None if development => WhichDocuments::Automatic,
            None | Some("any") => WhichDocuments::Any,
            Some("automatic") => WhichDocuments::Automatic,
            Some("trusted") => WhichDocuments::Trusted,
            Some(other) => {
                problems.add("DOCUMENTS", format!("\"{other}\" is neither any, automatic nor trusted"));
                WhichDocuments::Any
            }
        };
        if which == WhichDocuments::Trusted && manifests.is_empty() {
            problems.add("DOCUMENT_MANIFESTS", "name the manifests of the documents that are trusted");
        }
        if which == WhichDocuments::Any && !manifests.is_empty() {
            problems.add("DOCUMENTS", "with manifests it is trusted, or automatic");
        }
        Documents { which, manifests }
    }
}

fn is_manifest(url: &Url) -> bool {
    let whole_path = url.path().starts_with('/') && url.path().len() > 1;
    match url.scheme() {
        "file" => whole_path && url.host_str().is_none_or(str::is_empty),
        "s3" => whole_path && url.host_str().is_some_and(|bucket| !bucket.is_empty()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(
        documents: Option<&str>,
        manifests: Option<&str>,
        development: bool,
    ) -> Result<Documents, String> {
        let (documents, document_manifests) = (documents.map(Into::into), manifests.map(Into::into));
        let mut problems = Problems::default();
        let checked = DocumentsArgs { documents, document_manifests }.check(development, &mut problems);
        problems.finish(Some(checked)).map_err(|problems| problems.to_string())
    }

    #[test]
    fn which_documents_run_follows_the_manifests_and_the_mode() {
        let which =
            |documents, manifests, development| checked(documents, manifests, development).unwrap().which;
        let two = "file:///etc/web.json, s3://bucket/apps/";
        assert_eq!(which(None, None, true), WhichDocuments::Automatic);
        assert_eq!(which(None, None, false), WhichDocuments::Any);
        assert_eq!(which(Some("automatic"), None, false), WhichDocuments::Automatic);
        assert_eq!(which(None, Some(two), true), WhichDocuments::Trusted);
        assert_eq!(which(Some("automatic"), Some(two), false), WhichDocuments::Automatic);
        let manifests = checked(None, Some(two), false).unwrap().manifests;
        let folders: Vec<bool> = manifests.iter().map(ManifestUrl::is_folder).collect();
        assert_eq!(folders, [false, true]);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert!(checked(Some("trusted"), None, false).unwrap_err().contains("DOCUMENT_MANIFESTS"));
        assert!(checked(Some("any"), Some("file:///a.json"), false).unwrap_err().contains("DOCUMENTS"));
        assert!(checked(Some("some"), None, false).unwrap_err().contains("neither any"));
        for url in
            ["a.json", "/etc/a.json", "file://a.json", "s3://bucket", "s3:///a.json", "http://x/a.json"]
        {
            assert!(checked(None, Some(url), false).unwrap_err().contains(url), "{url}");
        }
    }
}
