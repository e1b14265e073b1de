//! Exports: what is written, for whom, once and whole, whatever happens meanwhile.

mod asking;
mod opportunities;
mod trouble;

use std::io::Read as _;

use domain::Context;
use domain::reading::export::claim::due;
use domain::reading::export::create::{KEPT, NewExport, create};
use domain::reading::export::{ExportFilter, export};
use entity::{
    ExportFormat, ExportId, ExportState, ExportWhat, FileState, PartnerId, PartnerKind, RunKind, export_job,
    stored_file,
};
use sea_orm::EntityTrait;
use tempfile::TempDir;
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::partner::member_of;
use tests::world::{World, bill, month, row};

use crate::files::{objects, with_files};

/// A settled month of a provider, and of a reseller below a distributor.
pub(crate) struct Books {
    pub(crate) world: World,
    pub(crate) directory: TempDir,
    provider: PartnerId,
    distributor: PartnerId,
    reseller: PartnerId,
}

pub(crate) async fn books(db: &TestDatabase) -> Books {
    let directory = tempfile::tempdir().unwrap();
    let world = with_files(db, &directory).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "=Provider, \"1\"").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    for (name, partner) in [("A", provider), ("B", reseller)] {
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    world.customer("Nobody's").await;
    world.policy("2026-01", 100_000).await;
    let rows: Vec<String> = ["A", "B", "Nobody's", "Stranger"]
        .iter()
        .flat_map(|account| {
            (1..=3).map(move |n| row(account, &format!("{n}.25"), "2026-09-10T00:00:00Z", &n.to_string()))
        })
        .collect();
    world.import(&bill(&rows)).await;
    world.settle("2026-09", RunKind::Final).await;
    Books { world, directory, provider, distributor, reseller }
}

/// Every payment, as CSV.
pub(crate) fn all_payments() -> NewExport {
    NewExport { what: ExportWhat::Payments, format: ExportFormat::Csv, filter: ExportFilter::default() }
}

impl Books {
    async fn ask(&self, context: &Context, what: ExportWhat, format: ExportFormat) -> ExportId {
        let filter = ExportFilter { month: Some(month("2026-09")), ..ExportFilter::default() };
        self.ask_for(context, NewExport { what, format, filter }).await
    }

    pub(crate) async fn ask_for(&self, context: &Context, new: NewExport) -> ExportId {
        let store = &self.world.store;
        let key = store.ids.next(store.clock.now()).to_string();
        create(store, context, &key, new).await.unwrap()
    }

    pub(crate) async fn job(&self, id: ExportId) -> export_job::Model {
        export_job::Entity::find_by_id(id).one(self.world.store.db()).await.unwrap().unwrap()
    }

    pub(crate) async fn file(&self, id: ExportId) -> stored_file::Model {
        let file = self.job(id).await.file_id;
        stored_file::Entity::find_by_id(file).one(self.world.store.db()).await.unwrap().unwrap()
    }

    /// The kinds of the events about an export.
    pub(crate) async fn told(&self, id: ExportId) -> Vec<String> {
        let sql = "SELECT kind FROM event WHERE topic = 'EXPORT' AND entity = $1 ORDER BY id";
        let rows =
            domain::kernel::store::query(self.world.store.db(), sql, [id.to_string().into()]).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// The bytes of a completed export, after its row was compared with them.
    pub(crate) async fn bytes(&self, id: ExportId) -> Vec<u8> {
        let (job, file) = (self.job(id).await, self.file(id).await);
        assert_eq!(
            (job.state, file.state),
            (ExportState::Completed, FileState::Stored),
            "{:?}",
            job.error_detail
        );
        let bytes = std::fs::read(self.directory.path().join(file.path.unwrap())).unwrap();
        assert_eq!((job.bytes, file.bytes), (bytes.len() as i64, bytes.len() as i64));
        assert_eq!(file.sha256.unwrap(), sha256(&bytes));
        bytes
    }

    /// Writes and reads back: the head, and the records by column.
    async fn csv(&self, context: &Context, what: ExportWhat) -> (Vec<String>, Vec<csv::StringRecord>) {
        let id = self.ask(context, what, ExportFormat::Csv).await;
        export(&self.world.store, id).await.unwrap();
        let bytes = self.bytes(id).await;
        assert!(bytes.starts_with("\u{feff}".as_bytes()) && bytes.ends_with(b"\r\n"));
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(self.job(id).await.rows_done, records.len() as i64);
        (head, records)
    }
}

fn sha256(bytes: &[u8]) -> String {
    use std::process::{Command, Stdio};
    // Another implementation than the product's.
    let mut sum = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut sum.stdin.take().unwrap(), bytes).unwrap();
    let output = sum.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

/// Some columns of records, sorted.
fn columns(head: &[String], records: &[csv::StringRecord], names: &[&str]) -> Vec<String> {
    let places: Vec<_> = names.iter().map(|name| head.iter().position(|h| h == name).unwrap()).collect();
    let mut lines: Vec<_> =
        records.iter().map(|r| places.iter().map(|p| &r[*p]).collect::<Vec<_>>().join("|")).collect();
    lines.sort();
    lines
}

on_both_databases!(lines_are_written_as_they_are_kept, |db| async move {
    let books = books(&db).await;
    let (head, records) = books.csv(&books.world.context, ExportWhat::PerformanceLines).await;
    let shown = [
        "month",
        "partner_name",
        "bill_to_name",
        "customer_name",
        "association_mode",
        "reason",
        "amount",
        "currency",
        "payments",
    ];
    assert_eq!(
        columns(&head, &records, &shown),
        [
            "2026-09|'=Provider, \"1\"|'=Provider, \"1\"|A|RESALE|COUNTED|6.75|USD|3",
            "2026-09|Reseller|Distributor|B|RESALE|COUNTED|6.75|USD|3",
            "2026-09|||Nobody's||NO_PARTNER|6.75|USD|3",
        ]
    );
    assert_eq!(columns(&head, &records, &["product_code"]), ["Compute Engine"; 3]);
    let ids = columns(&head, &records, &["partner_id"]);
    assert_eq!(ids[0], "");
    assert!(ids.contains(&books.provider.to_string()) && ids.contains(&books.reseller.to_string()));
});

on_both_databases!(payments_and_bills_are_written_with_everything_that_makes_them_up, |db| async move {
    let books = books(&db).await;
    let context = &books.world.context;
    let (head, records) = books.csv(context, ExportWhat::Payments).await;
    assert_eq!(records.len(), 12, "a stranger's too");
    let shown = ["account", "customer_name", "consumed_at", "payable", "cash", "settled", "invoice"];
    let lines = columns(&head, &records, &shown);
    assert_eq!(lines[0], "A|A|2026-09-10T00:00:00.000Z|1.25|1.25|true|");
    assert!(lines.contains(&"Stranger||2026-09-10T00:00:00.000Z|3.25|3.25|true|".to_owned()), "{lines:?}");

    let (head, records) = books.csv(context, ExportWhat::IncentiveBills).await;
    let shown = ["partner_name", "month", "state", "basis", "amount", "currency"];
    assert_eq!(
        columns(&head, &records, &shown),
        [
            "'=Provider, \"1\"|2026-09|PENDING_CONFIRM|6.75|0.68|USD",
            "Distributor|2026-09|PENDING_CONFIRM|6.75|0.68|USD"
        ]
    );
    let (head, records) = books.csv(context, ExportWhat::IncentiveBillLines).await;
    let shown =
        ["billed_partner_name", "line", "kind", "partner_name", "rate_ppm", "basis", "exact", "amount"];
    let lines = columns(&head, &records, &shown);
    assert!(
        lines.iter().any(|line| line.starts_with("Distributor|1|BASE|Reseller|100000|6.75|0.675")),
        "{lines:?}"
    );
});

on_both_databases!(payment_requests_are_written_to_whoever_sees_them, |db| async move {
    let books = books(&db).await;
    let sql = "INSERT INTO payment_request (id, partner_id, kind, way, category, month, currency, amount, state, \
               state_since, transitions, round, created_by, created_at, version) VALUES \
               (7, $1, 'INCENTIVE', 'BANK_TRANSFER', 'x', 202609, 'USD', 1500000, 'AWAIT_PAYOUT', 0, 0, 0, 'x', 0, 1)";
    domain::kernel::store::exec(books.world.store.db(), sql, [books.provider.0.into()]).await.unwrap();
    let (head, records) = books.csv(&member_of(books.provider), ExportWhat::PaymentRequests).await;
    let shown = ["request_id", "kind", "month", "state", "currency", "amount", "payout_no"];
    let id = entity::PaymentRequestId(7);
    assert_eq!(columns(&head, &records, &shown), [format!("{id}|INCENTIVE|2026-09|AWAIT_PAYOUT|USD|1.50|")]);
    let (_, records) = books.csv(&member_of(books.reseller), ExportWhat::PaymentRequests).await;
    assert!(records.is_empty());
});

on_both_databases!(every_format_says_the_same, |db| async move {
    let books = books(&db).await;
    let context = &books.world.context;
    let (head, records) = books.csv(context, ExportWhat::PerformanceLines).await;
    let write = async |format| {
        let id = books.ask(context, ExportWhat::PerformanceLines, format).await;
        export(&books.world.store, id).await.unwrap();
        assert!(books.file(id).await.name.starts_with("performance-lines-2026-09."));
        books.bytes(id).await
    };
    let mut unpacked = String::new();
    let packed = write(ExportFormat::CsvGzip).await;
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked.as_bytes(), write(ExportFormat::Csv).await);

    let text = String::from_utf8(write(ExportFormat::Ndjson).await).unwrap();
    let objects: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), records.len());
    for (object, record) in objects.iter().zip(&records) {
        assert_eq!(object.as_object().unwrap().len(), head.len());
        for (name, cell) in head.iter().zip(record) {
            let value = match &object[name] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(cell.trim_start_matches('\''), value, "{name}");
        }
    }
});

on_both_databases!(a_partner_gets_its_own_rows_and_no_names_it_does_not_see, |db| async move {
    let books = books(&db).await;
    let names = ["partner_name", "bill_to_id", "bill_to_name", "customer_name"];
    for (partner, lines) in [
        (books.reseller, vec!["Reseller|||B".to_owned()]),
        (books.distributor, vec![format!("Reseller|{}|Distributor|B", books.distributor)]),
    ] {
        let (head, records) = books.csv(&member_of(partner), ExportWhat::PerformanceLines).await;
        assert_eq!(columns(&head, &records, &names), lines);
    }
    let rows = async |partner, what| books.csv(&member_of(partner), what).await.1.len();
    assert_eq!(rows(books.provider, ExportWhat::Payments).await, 3);
    assert_eq!(rows(books.provider, ExportWhat::IncentiveBills).await, 1);
    assert_eq!(rows(books.reseller, ExportWhat::IncentiveBills).await, 0);
    assert_eq!(rows(books.reseller, ExportWhat::IncentiveBillLines).await, 0);
    assert_eq!(rows(books.distributor, ExportWhat::Payments).await, 3);
});

on_both_databases!(a_file_is_deleted_three_days_after_it_was_written, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, ExportWhat::IncentiveBills, ExportFormat::Csv).await;
    books.world.clock.advance(entity::timestamp::DAY);
    export(store, id).await.unwrap();
    books.bytes(id).await;
    books.world.clock.advance(KEPT);
    let tidy = async || {
        domain::reading::export::claim::tidy(store).await.unwrap();
        domain::reading::files::tidy::tidy(store).await.unwrap();
        (books.job(id).await.state, books.file(id).await.state, objects(&books.directory).len())
    };
    assert_eq!(tidy().await, (ExportState::Completed, FileState::Stored, 1));
    books.world.clock.advance(1);
    assert_eq!(tidy().await, (ExportState::Expired, FileState::Deleted, 0));
    assert_eq!(due(store).await.unwrap(), []);
});
