//! Comments and attachments: who reads them, who hears of them, and what happens to them when a partner changes.

use crate::api::data_of;
use domain::kernel::store::query;
use domain::opportunity::discussion::attach::{Attachment, FILES_LIMIT, NewAttachment, attach, detach};
use domain::opportunity::discussion::comment::{COMMENT_LIMIT, Commented, NewComment, add};
use domain::reading::files::create::{FileRequest, request};
use domain::reading::files::upload::FileUpload;
use domain::{Code, Lang, Role};
use entity::{FileId, FilePurpose};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::refused::code;

use super::*;
use crate::api::TestApi;
use crate::files::with_files;

async fn say(
    world: &World,
    who: &Context,
    id: OpportunityId,
    text: &str,
    internal: bool,
) -> Result<Commented, Error> {
    add(&world.store, who, None, NewComment { opportunity_id: id, internal, text: text.into() }).await
}

/// A file that was uploaded for an opportunity.
async fn uploaded(world: &World, who: &Context, name: &str, purpose: FilePurpose) -> FileId {
    let key = world.store.ids.next(world.store.clock.now()).to_string();
    let input = FileRequest { purpose, name: name.into() };
    let announced = request(&world.store, who, &key, input).await.unwrap();
    let mut upload = FileUpload::begin(&world.store, &announced.token).await.unwrap();
    upload.write(b"%PDF-1.7\n").unwrap();
    upload.finish().await.unwrap()
}

async fn put(
    world: &World,
    who: &Context,
    id: OpportunityId,
    file: FileId,
    internal: bool,
) -> Result<OpportunityId, Error> {
    let attachment = Attachment { opportunity_id: id, file_id: file };
    attach(&world.store, who, None, NewAttachment { attachment, internal }).await
}

/// What somebody reads beside an opportunity: comments, then names of files.
async fn beside(api: &TestApi, who: &Context, id: OpportunityId) -> String {
    let asked = "query($id: ID!) { opportunity(id: $id) { comments { totalCount nodes { text side internal createdBy } }
        files { totalCount nodes { side internal attachedBy file { name downloadUrl } } } } }";
    let data = api.data(&who.actor, asked, json!({ "id": id.to_string() })).await;
    let list = |list: &str, text: fn(&Value) -> &Value| {
        let list = &data["opportunity"][list];
        let nodes = list["nodes"].as_array().unwrap();
        assert_eq!(list["totalCount"], nodes.len());
        nodes.iter().map(|node| text(node).as_str().unwrap_or("?").to_owned()).collect::<Vec<_>>().join(",")
    };
    format!("{} / {}", list("comments", |c| &c["text"]), list("files", |f| &f["file"]["name"]))
}

/// The kinds of the events about an opportunity that name the partner, and of those that name none.
async fn told(world: &World, id: OpportunityId) -> (Vec<String>, Vec<String>) {
    let sql = "SELECT kind, partner_id FROM event WHERE topic = 'OPPORTUNITY' AND entity = $1 ORDER BY id";
    let rows = query(world.store.db(), sql, [id.to_string().into()]).await.unwrap();
    let all = rows.iter().map(|row| {
        let partner: Option<i64> = row.try_get_by_index(1).unwrap();
        (partner.is_some(), row.try_get_by_index::<String>(0).unwrap())
    });
    let (with, without): (Vec<_>, Vec<_>) = all.partition(|(partner, _)| *partner);
    let kinds = |list: Vec<(bool, String)>| list.into_iter().map(|(_, kind)| kind).collect();
    (kinds(with), kinds(without))
}

on_both_databases!(what_is_internal_stays_with_the_vendor, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let (me, staff) = (as_partner(partner), as_operator("staff", &[Role::OpportunityReviewer]));
    let id = drafted(&world, partner, form("Acme", offering)).await;
    assert_eq!(code(say(&world, &staff, id, "hello", false).await), Code::NotFound, "it is a draft");
    say(&world, &me, id, "to myself", false).await.unwrap();
    moved(&world, &me, id, OpportunityOperation::Submit, (None, None)).await.unwrap();
    say(&world, &staff, id, " for all ", false).await.unwrap();
    say(&world, &staff, id, "for us", true).await.unwrap();
    let shared = uploaded(&world, &staff, "shared.pdf", FilePurpose::Opportunity).await;
    let ours = uploaded(&world, &staff, "ours.pdf", FilePurpose::Opportunity).await;
    let theirs = uploaded(&world, &me, "theirs.pdf", FilePurpose::Opportunity).await;
    put(&world, &staff, id, shared, false).await.unwrap();
    put(&world, &staff, id, ours, true).await.unwrap();
    put(&world, &me, id, theirs, false).await.unwrap();
    assert_eq!(beside(&api, &me, id).await, "to myself,for all / shared.pdf,theirs.pdf");
    assert_eq!(beside(&api, &staff, id).await, "to myself,for all,for us / shared.pdf,ours.pdf,theirs.pdf");
    for (file, seen) in [(shared, true), (ours, false), (theirs, true)] {
        let found = domain::reading::files::find(
            &world.store,
            domain::Scope::Partner(partner, world.store.clock.now()),
            &domain::reading::file::Purposes::all(),
            file,
        )
        .await
        .unwrap();
        assert_eq!(found.is_some(), seen, "its bytes are fetched by the same rule");
    }
    for internal in [
        say(&world, &me, id, "x", true).await.map(|_| ()),
        put(&world, &me, id, theirs, true).await.map(|_| ()),
    ] {
        assert_eq!(code(internal), Code::NotAllowed);
    }
    let (partners, vendors) = told(&world, id).await;
    let all =
        ["DRAFT_CREATED", "DRAFT_COMMENTED", "IN_REVIEW", "COMMENTED", "FILE_ATTACHED", "FILE_ATTACHED"];
    assert_eq!(partners, all);
    assert_eq!(vendors, ["COMMENTED", "FILE_ATTACHED"]);
    let events =
        "{ events(filter: { topic: { eq: OPPORTUNITY } }, orderBy: { field: AT }) { nodes { kind } } }";
    let data = api.data(&staff.actor, events, json!({})).await;
    let seen = data["events"]["nodes"].as_array().unwrap();
    assert!(!seen.iter().any(|event| event["kind"] == "DRAFT_COMMENTED"), "{seen:?}");
    for (text, good) in
        [(" ".to_owned(), false), ("长".repeat(COMMENT_LIMIT), true), ("长".repeat(COMMENT_LIMIT + 1), false)]
    {
        assert_eq!(say(&world, &me, id, &text, false).await.is_ok(), good);
    }
});

on_both_databases!(
    a_partner_reads_what_was_said_and_attached_while_it_had_the_opportunity,
    |db| async move {
        let directory = tempfile::tempdir().unwrap();
        let world = with_files(&db, &directory).await;
        let api = TestApi::over_store(world.store.clone());
        let (first, offering) = joined(&world, "First").await;
        let (second, _) = joined(&world, "Second").await;
        let staff = as_operator("staff", &[Role::Operations]);
        let id = drafted(&world, first, form("Acme", offering)).await;
        let held = async |partner: Option<PartnerId>| {
            let sql = "UPDATE opportunity SET kind = 'HO', shared_at = 0, state = 'TO_OFFER', partner_id = $1 WHERE id = $2";
            let values = [partner.map(|partner| partner.0).into(), id.0.into()];
            exec(world.store.db(), sql, values).await.unwrap();
        };
        held(None).await;
        let brief = uploaded(&world, &staff, "brief.pdf", FilePurpose::Opportunity).await;
        say(&world, &staff, id, "for whoever takes it", false).await.unwrap();
        put(&world, &staff, id, brief, false).await.unwrap();
        held(Some(first)).await;
        let offer = uploaded(&world, &as_partner(first), "offer.pdf", FilePurpose::Opportunity).await;
        say(&world, &as_partner(first), id, "our price", false).await.unwrap();
        put(&world, &as_partner(first), id, offer, false).await.unwrap();
        say(&world, &staff, id, "too high", false).await.unwrap();
        assert_eq!(
            beside(&api, &as_partner(first), id).await,
            "for whoever takes it,our price,too high / brief.pdf,offer.pdf"
        );
        held(Some(second)).await;
        assert_eq!(beside(&api, &as_partner(second), id).await, "for whoever takes it / brief.pdf");
        let find = async |partner, file| {
            domain::reading::files::find(
                &world.store,
                domain::Scope::Partner(partner, world.store.clock.now()),
                &domain::reading::file::Purposes::all(),
                file,
            )
            .await
            .unwrap()
            .is_some()
        };
        assert!(find(second, brief).await && !find(second, offer).await && !find(first, brief).await);
        assert!(find(first, offer).await, "it uploaded it itself");
        let (next, theirs) = (as_partner(second), Attachment { opportunity_id: id, file_id: offer });
        let taken_off = detach(&world.store, &next, None, theirs).await;
        assert_eq!(code(taken_off), Code::NotFound, "it does not know of it");
    }
);

on_both_databases!(
    a_file_is_attached_once_by_the_side_that_uploaded_it_and_taken_off_by_it,
    |db| async move {
        let directory = tempfile::tempdir().unwrap();
        let world = with_files(&db, &directory).await;
        let (partner, offering) = joined(&world, "Partner").await;
        let (me, staff) = (as_partner(partner), as_operator("staff", &[Role::OpportunityReviewer]));
        let other = as_partner(joined(&world, "Other").await.0);
        let id = drafted(&world, partner, form("Acme", offering)).await;
        moved(&world, &me, id, OpportunityOperation::Submit, (None, None)).await.unwrap();
        let file = uploaded(&world, &me, "plan.pdf", FilePurpose::Opportunity).await;
        let invoice = uploaded(&world, &me, "invoice.pdf", FilePurpose::PartnerInvoice).await;
        let key = "announced";
        let input = FileRequest { purpose: FilePurpose::Opportunity, name: "later.pdf".into() };
        let waiting = request(&world.store, &me, key, input).await.unwrap().id;
        assert_eq!(code(put(&world, &staff, id, file, false).await), Code::NotFound, "it is the partner's");
        assert_eq!(
            code(put(&world, &me, id, invoice, false).await),
            Code::NotFound,
            "it is for something else"
        );
        assert_eq!(
            code(put(&world, &me, id, waiting, false).await),
            Code::WrongState,
            "its bytes did not come"
        );
        assert_eq!(code(put(&world, &other, id, file, false).await), Code::NotFound);
        put(&world, &me, id, file, false).await.unwrap();
        assert_eq!(code(put(&world, &me, id, file, false).await), Code::AlreadyExists);
        let off = async |who: &Context| {
            let attachment = Attachment { opportunity_id: id, file_id: file };
            detach(&world.store, who, None, attachment).await
        };
        assert_eq!(code(off(&staff).await), Code::NotAllowed, "the partner attached it");
        assert_eq!(code(off(&other).await), Code::NotFound);
        off(&me).await.unwrap();
        assert_eq!(code(off(&me).await), Code::NotFound);
        put(&world, &me, id, file, false).await.unwrap();
        let now = world.store.clock.now().0;
        for n in 1..FILES_LIMIT {
            let sql = "INSERT INTO stored_file (id, purpose, name, bytes, partner_id, state, upload_expires_at, created_by, created_at, content_type, sha256, path) \
                   VALUES ($1, 'OPPORTUNITY', 'x.pdf', 1, $2, 'STORED', $3, 'x', $3, 'application/pdf', 'x', 'x')";
            exec(world.store.db(), sql, [n.into(), partner.0.into(), now.into()]).await.unwrap();
            put(&world, &me, id, FileId(n), false).await.unwrap();
        }
        let last = uploaded(&world, &me, "last.pdf", FilePurpose::Opportunity).await;
        assert_eq!(code(put(&world, &me, id, last, false).await), Code::LimitReached);
    }
);

on_both_databases!(comments_and_files_are_written_over_the_api_and_what_is_wrong_is_named, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(&db, &directory).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let id = drafted(&world, partner, form("Acme", offering)).await.to_string();
    let comment = "mutation($input: OpportunityCommentAddInput!) { opportunityCommentAdd(input: $input) {
        opportunity { comments { nodes { id text } } } commentId userErrors { code path message } } }";
    let input = json!({ "input": { "idempotencyKey": "c", "id": id, "text": "你好" } });
    let said = api.data(&me.actor, comment, input.clone()).await["opportunityCommentAdd"].clone();
    assert_eq!(
        said["opportunity"]["comments"]["nodes"],
        json!([{ "id": said["commentId"], "text": "你好" }])
    );
    assert_eq!(
        api.data(&me.actor, comment, input).await["opportunityCommentAdd"],
        said,
        "the same key says it once"
    );
    let silent = json!({ "input": { "idempotencyKey": "d", "id": id, "text": "" } });
    let answers = [Lang::En, Lang::ZhCn].map(|lang| api.ask_in(lang, &me.actor, comment, silent.clone()));
    for answer in futures_util::future::join_all(answers).await {
        let error = &data_of(&answer)["opportunityCommentAdd"]["userErrors"][0];
        assert_eq!((&error["code"], &error["path"]), (&json!("INVALID"), &json!(["text"])));
    }
    let file = uploaded(&world, &me, "plan.pdf", FilePurpose::Opportunity).await.to_string();
    let attach = "mutation($input: OpportunityFileAttachInput!) { opportunityFileAttach(input: $input) {
        opportunity { files { nodes { file { id } side internal } } } userErrors { code path } } }";
    let input = json!({ "input": { "idempotencyKey": "f", "id": id, "fileId": file } });
    let data = api.data(&me.actor, attach, input).await["opportunityFileAttach"].clone();
    let node = json!({ "file": { "id": file }, "side": "PARTNER", "internal": false });
    assert_eq!(data["opportunity"]["files"]["nodes"], json!([node]));
    let wrong = json!({ "input": { "idempotencyKey": "g", "id": "x", "fileId": "y" } });
    let errors = api.data(&me.actor, attach, wrong).await["opportunityFileAttach"]["userErrors"].clone();
    assert_eq!((&errors[0]["path"], &errors[1]["path"]), (&json!(["id"]), &json!(["fileId"])));
    let detach = "mutation($input: OpportunityFileDetachInput!) { opportunityFileDetach(input: $input) {
        opportunity { files { totalCount } } userErrors { code } } }";
    let input = json!({ "input": { "idempotencyKey": "h", "id": id, "fileId": file } });
    let data = api.data(&me.actor, detach, input).await;
    assert_eq!(data["opportunityFileDetach"]["opportunity"]["files"]["totalCount"], 0);
});
