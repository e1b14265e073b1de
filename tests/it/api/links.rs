//! Links to files, as the API gives them out.

use api::http::FrontConfig;
use api::links::FileLinks;
use domain::reading::files::create::{FileRequest, request};
use domain::reading::files::upload::FileUpload;
use domain::{Actor, Context, Role};
use entity::FilePurpose;
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::partner::member_of;

use crate::api::served::Served;
use crate::api::{member_of as member, operator};
use crate::files::with_files;

const QUERY: &str = "query($id: ID!) { file(id: $id) { downloadUrl } }";

on_both_databases!(whoever_sees_a_file_gets_a_link_that_opens_it_and_others_get_none, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let partner = world.partner(entity::PartnerKind::SolutionProvider, "Provider").await;
    let other = world.partner(entity::PartnerKind::SolutionProvider, "Other").await;
    let context: Context = member_of(partner);
    let input = FileRequest { purpose: FilePurpose::PartnerInvoice, name: "invoice.xml".into() };
    let announced = request(&world.store, &context, "key", input).await.unwrap();
    let variables = json!({ "id": announced.id.to_string() });
    let links = FileLinks::of(b"0123456789abcdef0123456789abcdef");
    let served =
        Served::with(&world.store, FrontConfig { links: links.clone(), ..FrontConfig::production() }).await;
    let url = async |who: &Actor| {
        let (status, answer) = served.ask(who, QUERY, &variables).await;
        assert_eq!((status, answer.get("errors")), (200, None), "{answer}");
        answer["data"]["file"]["downloadUrl"].clone()
    };
    let mine = member(&partner.to_string());
    assert_eq!(url(&mine).await, Value::Null, "its bytes are not here yet");
    let mut upload = FileUpload::begin(&world.store, &announced.token).await.unwrap();
    upload.write(b"<invoice/>").unwrap();
    upload.finish().await.unwrap();

    for who in [mine.clone(), operator(&[Role::Finance])] {
        let link = url(&who).await.as_str().unwrap().to_owned();
        assert!(link.starts_with(&format!("{}/files/", served.address)), "{link}");
        let response = served.open(&link).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.text().await.unwrap(), "<invoice/>");
    }
    assert_eq!(url(&member(&other.to_string())).await, Value::Null, "not theirs");

    let config = FrontConfig {
        links,
        public_url: Some("https://api.example.com".into()),
        ..FrontConfig::production()
    };
    let elsewhere = Served::with(&world.store, config).await;
    let answer = elsewhere.ask(&mine, QUERY, &variables).await.1;
    let link = answer["data"]["file"]["downloadUrl"].as_str().unwrap().to_owned();
    let path = link.strip_prefix("https://api.example.com").unwrap();
    // Another process with the same secret opens it.
    assert_eq!(served.open(&format!("{}{path}", served.address)).await.status(), 200);
});
