//! Stored files over HTTP.

use std::sync::Arc;

use api::auth::{AuthConfig, KeySource, Verifier, mint_hs256};
use api::files::routes;
use api::links::{FileLinks, LINK_LIFE_S, LinkMaker};
use domain::Role;
use reqwest::{Client, Response, StatusCode};
use tests::db::Backend;

use super::*;
use crate::api::operator;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

/// The routes of files on a port of their own.
pub(crate) struct FileServer {
    address: String,
    client: Client,
    now: i64,
    links: FileLinks,
}

impl FileServer {
    pub(crate) async fn over(world: &World) -> FileServer {
        let now = world.store.clock.now().0 / entity::timestamp::SECOND;
        let config = AuthConfig::new(KeySource::Hs256(SECRET.to_vec()), "issuer", "audience", false);
        let verifier = Arc::new(Verifier::new(config, Arc::new(move || now)).unwrap());
        let uploaded = Arc::new(|_| ());
        let links = FileLinks::of(SECRET);
        let router = routes(api::files::Files {
            store: world.store.clone(),
            verifier,
            uploaded,
            links: links.clone(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        // Only the first of the process gets to install it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        FileServer { address, client: Client::builder().no_proxy().build().unwrap(), now, links }
    }

    /// Opens `url` as a browser does.
    async fn open(&self, url: &str) -> Response {
        self.client.get(url).send().await.unwrap()
    }

    async fn put(&self, token: &str, bytes: Vec<u8>) -> Response {
        self.client.put(format!("{}/files/{token}", self.address)).body(bytes).send().await.unwrap()
    }

    /// Fetches `url`, which the API gave, as `who`.
    pub(crate) async fn get(&self, url: &str, who: &Actor) -> Response {
        let token = mint_hs256(SECRET, "issuer", "audience", who, self.now + 60).unwrap();
        self.client.get(format!("{}{url}", self.address)).bearer_auth(token).send().await.unwrap()
    }
}

async fn code_of(response: Response) -> String {
    let body: serde_json::Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    body["code"].as_str().unwrap().to_owned()
}

on_both_databases!(a_file_comes_in_by_put_and_goes_out_harmless, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let partner = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let server = FileServer::over(&world).await;
    let (id, token) = announce(&world.store, &member_of(partner), "发票 1.xml").await;
    let url = format!("/files/{id}");
    let mine = member_of(partner).actor;
    assert_eq!(server.get(&url, &mine).await.status(), StatusCode::NOT_FOUND, "it is not here yet");

    let response = server.put(&token, b"%PDF-1.7".to_vec()).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(code_of(response).await, "FILE_KIND");
    assert_eq!(server.put(&token, b"<invoice/>".to_vec()).await.status(), StatusCode::CREATED);
    assert_eq!(server.put(&token, b"<invoice/>".to_vec()).await.status(), StatusCode::CONFLICT);
    assert_eq!(server.put("guessed", b"<invoice/>".to_vec()).await.status(), StatusCode::NOT_FOUND);

    for who in [mine, operator(&[Role::Finance])] {
        let response = server.get(&url, &who).await;
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers().clone();
        for (name, value) in [
            ("content-type", "application/xml"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cache-control", "private, no-store"),
            ("content-length", "10"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
        let disposition = headers["content-disposition"].to_str().unwrap();
        assert!(
            disposition.starts_with("attachment; ") && disposition.contains("%E5%8F%91"),
            "{disposition}"
        );
        assert_eq!(response.bytes().await.unwrap().as_ref(), b"<invoice/>");
    }
    assert_eq!(server.get(&url, &member_of(other).actor).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(server.get("/files/nothing", &member_of(other).actor).await.status(), StatusCode::NOT_FOUND);
    let user = crate::api::user_of(&entity::CustomerId(7).to_string());
    assert_eq!(server.get(&url, &user).await.status(), StatusCode::FORBIDDEN);
    let nobody = server.client.get(format!("{}{url}", server.address)).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_too_large_is_told_so() {
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let server = FileServer::over(&world).await;
    let (_, token) = announce(&world.store, &world.context, "large.pdf").await;
    let mut bytes = b"%PDF-1.7".to_vec();
    bytes.resize(FILE_LIMIT + 1, 0);
    let response = server.put(&token, bytes.clone()).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(code_of(response).await, "FILE_TOO_LARGE");
    // Also when nobody said how much would come.
    let pieces: Vec<_> = bytes.chunks(1 << 20).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(pieces));
    let url = format!("{}/files/{token}", server.address);
    let response = server.client.put(url).body(body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    bytes.truncate(FILE_LIMIT);
    assert_eq!(server.put(&token, bytes).await.status(), StatusCode::CREATED);
    assert_eq!(objects(&directory).len(), 1);
}

on_both_databases!(a_link_opens_its_file_in_a_browser_for_a_while_and_nothing_else, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let partner = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let server = FileServer::over(&world).await;
    let (id, token) = announce(&world.store, &member_of(partner), "invoice.xml").await;
    let (other, other_token) = announce(&world.store, &member_of(partner), "other.xml").await;
    for token in [&token, &other_token] {
        assert_eq!(server.put(token, b"<invoice/>".to_vec()).await.status(), StatusCode::CREATED);
    }
    let made_at = |at: i64| LinkMaker::new(server.links.clone(), &server.address, at).url(id);
    let link = made_at(server.now);
    assert!(link.starts_with("http://127.0.0.1:"), "{link}");
    let response = server.open(&link).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(response.bytes().await.unwrap(), "<invoice/>");
    assert_eq!(server.open(&link).await.status(), StatusCode::OK, "as often as the page wants");

    let elsewhere = link.replace(&id.to_string(), &other.to_string());
    let forged = format!("{}=AAAA", link.rsplit_once('=').unwrap().0);
    for bad in [made_at(server.now - LINK_LIFE_S), elsewhere, forged] {
        let response = server.open(&bad).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{bad}");
        assert_eq!(code_of(response).await, "LINK_EXPIRED");
    }
    let bare = link.split('?').next().unwrap();
    assert_eq!(server.open(bare).await.status(), StatusCode::UNAUTHORIZED);
    let put = server.client.put(&link).body("<other/>").send().await.unwrap();
    assert_eq!(put.status(), StatusCode::NOT_FOUND, "it only opens");
});
