//! A process of the product that tests may crash.
//!
//! `crash_child URL NOW [--arm POINT NTH] STEP…` works the steps in order at the instant NOW (RFC 3339) and
//! ends with 0. Every step can be repeated by another process: what is done is found done.
//!
//! | step | what it does |
//! |---|---|
//! | `import PATH` | takes a file in, going on where an earlier process stopped |
//! | `import-open PATH` | the same for a bill that is not paid |
//! | `confirm` | confirms every bill that waits for that |
//! | `issue` | issues every confirmed bill, under one idempotency key |
//! | `pay INVOICE` | marks an invoice of the provider "Cloud" paid, under one idempotency key |
//! | `upload PATH` | uploads a file under one idempotency key |
//! | `link ACCOUNT CUSTOMER` | links an account to a customer, under one idempotency key |
//! | `settle MONTH KIND` | starts or goes on with a settlement run |
//! | `stale MONTH` | marks the sums of a month: they are built anew before they are used |
//! | `files-beside PATH` | keeps files in a directory beside that file from here on |
//! | `send PATH` | announces a file under one idempotency key and uploads it |
//! | `export WHAT` | asks for an export as CSV, under one idempotency key |
//! | `write` | writes the exports that are due, until none is |
//! | `payouts URL SECRET` | sends payouts to a gateway from here on |
//! | `told` | takes the message that a payment succeeded, for every payment that was sent |
//! | `work` | ticks and does what is due, until nothing is |
//! | `tell NAME` | tells that something of this name was paid |
//! | `post DIRECTORY` | makes messages of events and files of messages, until none waits |
//! | `until INSTANT` | moves the clock on, never back, and says where it stands |
//!
//! It prints a line at each step of progress, so that a test can kill it there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::path::Path;

use domain::kernel::crash;
use domain::kernel::event::{NewEvent, emit};
use domain::kernel::many::BulkPolicy;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::payout::Gateway;
use domain::notify::Directory;
use domain::notify::deliver::deliver;
use domain::notify::fan_out::fan_out;
use domain::operate::work::{self, Due};
use domain::performance::import::create::{NewImport, create, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::performance::import::pay::{MarkPaid, mark_paid};
use domain::performance::import::upload::Upload;
use domain::performance::partner_sum::mark_stale;
use domain::programme::account::{LinkAccount, link};
use domain::reading::export::create::NewExport;
use domain::reading::export::{ExportFilter, claim};
use domain::reading::files::create::{FileRequest, request};
use domain::reading::files::upload::FileUpload;
use domain::settlement::run::{advance, load};
use domain::settlement::start::{StartRun, start};
use domain::{Clock, Context, Error, Files, Ids, StoppedClock, Store};
use entity::{
    CustomerId, EventTopic, ExportFormat, ExportWhat, FilePurpose, ImportState, RunKind, RunState, Timestamp,
    incentive_bill,
};
use sea_orm::{EntityTrait, QueryOrder};
use tests::world::{at, month};

/// Longest time the gateway may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut words = std::env::args().skip(1).peekable();
    let mut word = move || words.next();
    let url = word().expect("a database");
    let clock = StoppedClock::at(at(&word().expect("an instant")));
    let mut store = Store::connect(&url, 4, Clock::stopped(&clock), Ids::random()).await.expect("a store");
    let context = Context::system("child");
    let mut gateway = Gateway::None;
    while let Some(step) = word() {
        let mut next = || word().expect("a word that belongs to the step");
        match step.as_str() {
            "--arm" => crash::arm(&next(), next().parse().expect("a number")),
            "until" => {
                clock.set(at(&next()).max(store.clock.now()));
                say(&format!("now {}", store.clock.now().to_rfc3339()));
            }
            "import" => import(&store, &context, &next(), true).await,
            "import-open" => import(&store, &context, &next(), false).await,
            "confirm" => confirm_all(&store, &context).await,
            "issue" => issue_all(&store, &context).await,
            "pay" => pay(&store, &context, next()).await,
            "upload" => upload(&store, &context, &next()).await,
            "link" => link_account(&store, &context, next(), &next()).await,
            "settle" => settle(&store, &context, &next(), &next()).await,
            "stale" => mark_stale(store.db(), &[month(&next())]).await.expect("a mark"),
            "files-beside" => {
                store = store.with_files(Files::directory(Path::new(&next()).with_file_name("files")));
            }
            "send" => send(&store, &context, &next()).await,
            "export" => ask_for_export(&store, &context, &next()).await,
            "write" => write_exports(&store).await,
            "tell" => tell(&store, &next()).await,
            "post" => post(&store, &clock, &next()).await,
            "payouts" => {
                let (url, secret) = (next(), next());
                let opened = worker::payout_gateway(&url, secret.as_bytes(), PATIENCE, store.clock.clone());
                gateway = opened.expect("a gateway");
            }
            "told" => told(&store).await,
            "work" => work_until_nothing_is_due(&store, &gateway).await,
            other => panic!("no such step: {other}"),
        }
    }
}

async fn tell(store: &Store, name: &str) {
    let sql = "SELECT 1 FROM event WHERE entity = $1";
    if !domain::kernel::store::query(store.db(), sql, [name.into()]).await.expect("a look").is_empty() {
        return;
    }
    let tx = store.begin().await.expect("a transaction");
    let event = NewEvent {
        topic: EventTopic::PaymentRequest,
        kind: "PAYMENT_FAILED",
        entity: name.to_owned(),
        partner_id: None,
        detail: serde_json::json!({ "payout_no": name }),
    };
    emit(&tx, store, store.clock.now(), event).await.expect("an event");
    tx.commit().await.expect("a commit");
}

/// What an attempt put off is waited for: the clock stands at its time.
async fn post(store: &Store, clock: &StoppedClock, directory: &str) {
    let mailer =
        worker::Mailer::open(&format!("file://{directory}"), "partners@example.com").expect("a mailer");
    let people = Directory {
        operations: vec!["operations@example.com".into()],
        finance: vec!["finance@example.com".into()],
        sends: true,
        ..Directory::default()
    };
    loop {
        fan_out(store, &people).await.expect("messages");
        deliver(store, &mailer).await.expect("a delivery");
        let sql = "SELECT MIN(retry_at) FROM message WHERE state = 'PENDING'";
        let row =
            domain::kernel::store::query_one(store.db(), sql, []).await.expect("a look").expect("a row");
        let Some(due) = row.try_get_by_index::<Option<i64>>(0).expect("an instant") else { return };
        clock.set(Timestamp(due).max(store.clock.now()));
    }
}

/// One line, at once: a pipe is not a terminal.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn new_import(path: &str) -> NewImport {
    let size = std::fs::metadata(path).expect("the file").len();
    NewImport {
        file_name: Path::new(path).file_name().expect("a name").to_string_lossy().into_owned(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: i64::try_from(size).expect("a small file"),
        ..Default::default()
    }
}

async fn confirm_all(store: &Store, context: &Context) {
    for bill in bills(store, "PENDING_CONFIRM").await {
        let input = Confirm { bill_id: bill.id, expected_version: bill.version };
        confirm(store, context, None, input).await.expect("a confirmed bill");
    }
}

async fn issue_all(store: &Store, context: &Context) {
    let bills = bills(store, "ISSUING").await;
    let bills: Vec<_> =
        bills.iter().map(|bill| SeenBill { id: bill.id, expected_version: bill.version }).collect();
    if !bills.is_empty() {
        let input = Issue { bills, policy: BulkPolicy::AllOrNothing };
        issue(store, context, Some("issue"), input).await.expect("issued bills");
    }
}

async fn bills(store: &Store, state: &str) -> Vec<incentive_bill::Model> {
    let all = incentive_bill::Entity::find().order_by_asc(incentive_bill::Column::Id).all(store.db()).await;
    all.expect("bills").into_iter().filter(|bill| bill.state.name() == state).collect()
}

async fn pay(store: &Store, context: &Context, invoice_no: String) {
    let input = MarkPaid { provider: "Cloud".into(), invoice_no, paid_at: None };
    mark_paid(store, context, Some("pay"), input).await.expect("a paid invoice");
}

async fn import(store: &Store, context: &Context, path: &str, settled: bool) {
    let input = NewImport { settled, ..new_import(path) };
    let sql = "SELECT 1 FROM bill_import WHERE file_name = $1 AND state = 'COMPLETED'";
    let done = domain::kernel::store::query(store.db(), sql, [input.file_name.as_str().into()])
        .await
        .expect("a look");
    if !done.is_empty() {
        return;
    }
    let id = create_local(store, context, input).await.expect("an import");
    let progress =
        |p: domain::performance::import::ingest::Progress| say(&format!("batch {}", p.counts.read));
    let done = ingest(store, id, Source::File(path.into()), progress).await.expect("an import that ends");
    assert_eq!(done.state, ImportState::Completed, "{:?}", done.error_detail);
}

async fn upload(store: &Store, context: &Context, path: &str) {
    let created = create(store, context, "upload", new_import(path)).await.expect("an import");
    let mut upload = match Upload::begin(store, &created.token).await {
        Ok(upload) => upload,
        // It is here already.
        Err(Error::Refused(_)) => return,
        Err(error) => panic!("{error}"),
    };
    upload.write(&std::fs::read(path).expect("the file")).await.expect("bytes taken");
    upload.finish().await.expect("the end of the upload");
}

async fn send(store: &Store, context: &Context, path: &str) {
    let name = Path::new(path).file_name().expect("a name").to_string_lossy().into_owned();
    let input = FileRequest { purpose: FilePurpose::Feedback, name };
    let announced = request(store, context, "send", input).await.expect("a file");
    let mut upload = match FileUpload::begin(store, &announced.token).await {
        Ok(upload) => upload,
        // It is here already.
        Err(Error::Refused(_)) => return,
        Err(error) => panic!("{error}"),
    };
    upload.write(&std::fs::read(path).expect("the file")).expect("bytes taken");
    upload.finish().await.expect("the end of the upload");
}

async fn ask_for_export(store: &Store, context: &Context, what: &str) {
    let what = ExportWhat::from_name(what).expect("something to write");
    let new = NewExport { what, format: ExportFormat::Csv, filter: ExportFilter::default() };
    domain::reading::export::create::create(store, context, "export", new).await.expect("an export");
}

async fn write_exports(store: &Store) {
    for id in claim::due(store).await.expect("a look") {
        work::export(store, id).await.expect("an export that ends");
    }
}

async fn link_account(store: &Store, context: &Context, account_no: String, customer: &str) {
    let customer_id = CustomerId(customer.parse().expect("a key"));
    let input = LinkAccount { provider: "Cloud".into(), account_no, customer_id };
    link(store, context, Some("link"), input).await.expect("a linked account");
}

/// What the gateway would say of payments that it has, and says until it is heard.
async fn told(store: &Store) {
    let sql =
        "SELECT idempotency_key FROM payout_order WHERE step = 'PAY' AND sent_at IS NOT NULL ORDER BY id";
    for row in domain::kernel::store::query(store.db(), sql, []).await.expect("orders") {
        let key: String = row.try_get_by_index(0).expect("a key");
        let body = format!(r#"{{"eventId":"event-{key}","idempotencyKey":"{key}","state":"PAID"}}"#);
        domain::money::payout::callback::receive(store, &body).await.expect("a message taken");
    }
}

async fn settle(store: &Store, context: &Context, text: &str, kind: &str) {
    let kind = RunKind::from_name(kind).expect("a kind");
    let key = format!("settle-{text}-{}", kind.name());
    let id = start(
        store,
        context,
        Some(&key),
        StartRun {
            month: month(text),
            kind,
            acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
        },
    )
    .await
    .expect("a run");
    let run = advance(store, id, "child", |run| say(&format!("step {}", run.steps_done))).await;
    let run = run.expect("a run that goes on");
    assert_eq!(run.state, RunState::Succeeded, "{:?}", run.error_detail);
}

async fn work_until_nothing_is_due(store: &Store, gateway: &Gateway) {
    /// More than any test needs: a loop that does not end is a bug.
    const ROUNDS: usize = 50;
    for _ in 0..ROUNDS {
        let due = domain::operate::task::tick(store, gateway).await.expect("a tick");
        if due.is_empty() {
            return;
        }
        for what in due {
            match what {
                Due::Import(id) => work::import(store, id).await.expect("an import"),
                Due::Export(id) => work::export(store, id).await.expect("an export"),
                Due::Settle(id) => {
                    work::settle(store, id, "child").await.expect("a run");
                    let run = load(store.db(), id).await.expect("the run");
                    say(&format!("run {} {}", run.kind.name(), run.state.name()));
                }
            }
        }
    }
    panic!("still work after {ROUNDS} rounds");
}
