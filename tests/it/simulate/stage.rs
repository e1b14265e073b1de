//! A plan on the product: every step through the use case that people and workers come through.

use std::path::PathBuf;

use domain::kernel::many::BulkPolicy;
use domain::kernel::store::query;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::incentive::release::{Release, release};
use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::performance::import::pay::{MarkPaid, mark_paid};
use domain::performance::product_policy::{self, SetPolicy};
use domain::programme::account::{self, LinkAccount};
use domain::programme::association::{self, Correct, End, NewAssociation, Transfer};
use domain::programme::cooling_off::{self, SetRule};
use domain::programme::incentive_policy::{self, NewPolicy};
use domain::programme::seller::{self, Decide};
use domain::programme::settings::{self, Update};
use domain::programme::{customer, partner};
use domain::settlement::run::advance;
use domain::settlement::start::start;
use domain::{Error, Result};
use entity::{
    BillState, CoolingOffCustomers, CustomerId, Month, PartnerId, ProductId, RunId, RunState, Timestamp,
    association as periods, incentive_bill, settlement_run,
};
use oracle::oracle::{Verdict, customer_name, partner_name};
use oracle::plan::{Crash, File, Plan, Run, Step};
use oracle::time::{Instant, Month as PlanMonth};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tempfile::TempDir;
use tests::db::TestDatabase;
use tests::world::{World, run_of};

use super::words::{kind, mode, policy, rate, run_kind};
use crate::crash::crashed;

/// The product with the people of a plan.
pub(super) struct Stage<'a> {
    pub(super) world: World,
    db: &'a TestDatabase,
    directory: TempDir,
    partners: Vec<PartnerId>,
    customers: Vec<CustomerId>,
    files: usize,
}

fn time(at: Instant) -> Timestamp {
    Timestamp(at.0)
}

fn month(month: PlanMonth) -> Month {
    Month(month.0)
}

impl<'a> Stage<'a> {
    /// The programme, the partners and the customers.
    pub(super) async fn open(db: &'a TestDatabase, plan: &Plan) -> Result<Self> {
        let world = World::open(db).await;
        world.clock.set(time(plan.begins));
        let directory = tempfile::tempdir().unwrap();
        let mut stage = Self { world, db, directory, partners: vec![], customers: vec![], files: 0 };
        stage
            .settings(Update {
                time_zone: Some(plan.zone.clone()),
                bill_factor_ppm: Some(plan.park_factor_ppm),
                bill_factor_floor: Some(plan.park_floor),
                ..Update::default()
            })
            .await?;
        let (store, context) = (&stage.world.store, &stage.world.context);
        for (number, one) in plan.partners.iter().enumerate() {
            let input = partner::NewPartner {
                kind: kind(one.kind),
                name: partner_name(number),
                tier: one.tier.clone(),
                region: "CN-EAST".into(),
                may_own_customers: one.may_own,
                marketplace_name: one.sells_as.clone(),
            };
            stage.partners.push(partner::create(store, context, None, input).await?);
        }
        for (number, internal) in plan.customers.iter().enumerate() {
            let input =
                customer::NewCustomer { name: customer_name(number), internal: *internal, long_tail: true };
            stage.customers.push(customer::create(store, context, None, input).await?);
        }
        Ok(stage)
    }

    async fn settings(&self, update: Update) -> Result<i32> {
        let expected_version = settings::load(self.world.store.db()).await?.version;
        let update = Update { expected_version, ..update };
        settings::update(&self.world.store, &self.world.context, None, update).await
    }

    /// Works a step that can be asked for; what the rules refuse is a verdict, everything else an error.
    pub(super) async fn step(&mut self, plan: &Plan, step: &Step, now: Instant) -> Result<Verdict> {
        let outcome = self.work(plan, step, now).await;
        match outcome {
            Err(Error::Refused(_)) => Ok(Verdict::Refused),
            other => other,
        }
    }

    async fn work(&mut self, plan: &Plan, step: &Step, now: Instant) -> Result<Verdict> {
        let (store, context) = (&self.world.store, &self.world.context);
        match step {
            Step::Until(_) => self.world.clock.set(time(now)),
            Step::Link { reseller, distributor, from } => {
                let input = partner::NewLink {
                    reseller_id: self.partners[*reseller],
                    distributor_id: self.partners[*distributor],
                    valid_from: Some(time(*from)),
                };
                partner::link_reseller(store, context, None, input).await?;
            }
            Step::Account { provider, number, customer } => {
                let customer_id = self.customers[*customer];
                let input =
                    LinkAccount { provider: provider.clone(), account_no: number.clone(), customer_id };
                account::link(store, context, None, input).await?;
            }
            Step::ProductPolicy { provider, product, class, month: from, policy: wanted } => {
                let product_id = self.product(provider, product, class).await?;
                let input = SetPolicy { product_id, month: month(*from), policy: policy(*wanted) };
                product_policy::set(store, context, None, input).await?;
            }
            Step::IncentivePolicy { from, rates } => {
                let rates = rates.iter().map(rate).collect();
                let input = NewPolicy { name: "rates".into(), valid_from: month(*from), rates };
                incentive_policy::create(store, context, None, input).await?;
            }
            Step::CoolingOff { from, months, all } => {
                let customers = if *all { CoolingOffCustomers::All } else { CoolingOffCustomers::LongTail };
                let (valid_from, months) = (time(*from), i16::try_from(*months).unwrap());
                let input = SetRule { valid_from, months, customers, reason: "agreed".into() };
                cooling_off::set(store, context, None, input).await?;
            }
            Step::LongTail { customer: number, is } => {
                let customer_id = self.customers[*number];
                let expected_version = customer::find(store.db(), "customerId", customer_id).await?.version;
                let reason = "agreed".into();
                let input = customer::SetLongTail { customer_id, expected_version, long_tail: *is, reason };
                customer::set_long_tail(store, context, None, input).await?;
            }
            Step::Seller { name, vendor } => {
                let kind = if *vendor { "VENDOR" } else { "SELLER" }.to_owned();
                seller::decide(store, context, None, Decide { name: name.clone(), kind }).await?;
            }
            Step::CashCoupons(count) => {
                self.settings(Update { cash_coupon_counts: Some(*count), ..Update::default() }).await?;
            }
            Step::Pay { provider, invoice } => {
                let input =
                    MarkPaid { provider: provider.clone(), invoice_no: invoice.clone(), paid_at: None };
                mark_paid(store, context, None, input).await?;
            }
            Step::Import(file) => return self.import(plan, file, now).await,
            Step::Settle { month: of, run, crash } => self.settle(*of, *run, crash.as_ref(), now).await?,
            Step::Issue { month: of } => self.issue(month(*of)).await?,
            Step::Associate { .. } | Step::Transfer { .. } | Step::End { .. } | Step::Correct { .. } => {
                self.associate(step).await?;
            }
        }
        Ok(Verdict::Done)
    }

    async fn associate(&self, step: &Step) -> Result<()> {
        let (store, context) = (&self.world.store, &self.world.context);
        match step {
            Step::Associate { customer, partner, mode: how, from, to } => {
                let input = NewAssociation {
                    customer_id: self.customers[*customer],
                    partner_id: self.partners[*partner],
                    mode: mode(*how),
                    valid_from: Some(time(*from)),
                    valid_to: to.map(time),
                };
                association::create(store, context, None, input).await?;
            }
            Step::Transfer { customer, partner, mode: how, at } => {
                let input = Transfer {
                    customer_id: self.customers[*customer],
                    partner_id: self.partners[*partner],
                    mode: mode(*how),
                    at: Some(time(*at)),
                    reason: None,
                };
                association::transfer(store, context, None, input).await?;
            }
            Step::End { customer, nth, at } => {
                let period = self.period(*customer, *nth).await?;
                let (association_id, expected_version) = (period.id, period.version);
                let input = End { association_id, at: Some(time(*at)), expected_version, reason: None };
                association::end(store, context, None, input).await?;
            }
            Step::Correct { customer, nth, partner, mode: how, from } => {
                let period = self.period(*customer, *nth).await?;
                let input = Correct {
                    association_id: period.id,
                    expected_version: period.version,
                    partner_id: partner.map(|number| self.partners[number]),
                    mode: how.map(mode),
                    valid_from: from.map(time),
                    reason: "entered wrongly".into(),
                };
                association::correct(store, context, None, input).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The association of a customer of that number, oldest first.
    async fn period(&self, customer: usize, nth: usize) -> Result<periods::Model> {
        let found = periods::Entity::find()
            .filter(periods::Column::CustomerId.eq(self.customers[customer]))
            .order_by_asc(periods::Column::ValidFrom)
            .all(self.world.store.db())
            .await?;
        Ok(found[nth].clone())
    }

    async fn product(&self, provider: &str, code: &str, class: &str) -> Result<ProductId> {
        let sql = "SELECT id FROM product WHERE provider = $1 AND code = $2 AND class = $3";
        let rows = query(self.world.store.db(), sql, [provider.into(), code.into(), class.into()]).await?;
        Ok(ProductId(rows[0].try_get_by_index(0)?))
    }

    async fn import(&mut self, plan: &Plan, file: &File, now: Instant) -> Result<Verdict> {
        let path = self.write(plan, file);
        if let Some(crash) = &file.crash {
            let step = if file.settled { "import" } else { "import-open" };
            self.crash(crash, &[step, path.to_str().unwrap()], now).await;
        }
        let (store, context) = (&self.world.store, &self.world.context);
        let input = NewImport {
            file_name: path.file_name().unwrap().to_str().unwrap().to_owned(),
            settled: file.settled,
            native_provider: "Cloud".into(),
            total_bytes: i64::try_from(std::fs::metadata(&path).unwrap().len()).unwrap(),
            ..NewImport::default()
        };
        let sql = "SELECT id FROM bill_import WHERE file_name = $1 AND state = 'COMPLETED'";
        let done = query(store.db(), sql, [input.file_name.as_str().into()]).await?;
        let id = match done.first() {
            Some(row) => entity::ImportId(row.try_get_by_index(0)?),
            None => {
                let id = create_local(store, context, input).await?;
                ingest(store, id, Source::File(path), |_| {}).await?;
                id
            }
        };
        Ok(Verdict::Imported(super::read::receipt(&self.world, id).await?))
    }

    fn write(&mut self, plan: &Plan, file: &File) -> PathBuf {
        self.files += 1;
        let text = oracle::file::text(file, &plan.zone);
        let end = if file.format.gzip() { "csv.gz" } else { "csv" };
        let path = self.directory.path().join(format!("bill-{}.{end}", self.files));
        let bytes = if file.format.gzip() { zipped(text.as_bytes()) } else { text.into_bytes() };
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Another process works `steps` and ends on the way; the clock goes on until its lease is over.
    async fn crash(&self, crash: &Crash, steps: &[&str], now: Instant) {
        crashed(self.db, &now.to_string(), (&crash.point, crash.nth), steps).await;
        self.world.clock.set(time(after_a_crash(now)));
    }

    async fn settle(&self, of: PlanMonth, run: Run, crash: Option<&Crash>, now: Instant) -> Result<()> {
        let (store, context) = (&self.world.store, &self.world.context);
        let (of, kind) = (month(of), run_kind(run));
        let mut id: Option<RunId> = None;
        if let Some(crash) = crash {
            self.crash(crash, &["settle", &of.to_string(), kind.name()], now).await;
            let left = settlement_run::Entity::find()
                .filter(settlement_run::Column::Month.eq(of))
                .filter(settlement_run::Column::Kind.eq(kind))
                .order_by_desc(settlement_run::Column::CreatedAt)
                .one(store.db())
                .await?;
            match left {
                Some(left) if left.state == RunState::Succeeded => return Ok(()),
                Some(left) => id = Some(left.id),
                None => {}
            }
        }
        let id = match id {
            Some(id) => id,
            None => start(store, context, None, run_of(&of.to_string(), kind)).await?,
        };
        let run = advance(store, id, "test", |_| {}).await?;
        if run.state == RunState::Succeeded && run.quarantined == 0 {
            return Ok(());
        }
        Err(Error::Invariant(format!("a run that ends as {:?}: {:?}", run.state, run.error_detail)))
    }

    /// Releases, confirms and issues everything formal of a month.
    async fn issue(&self, of: Month) -> Result<()> {
        let (store, context) = (&self.world.store, &self.world.context);
        for bill in self.bills(of, BillState::Parked).await? {
            let reason = "it is right".to_owned();
            let input = Release { bill_id: bill.id, expected_version: bill.version, reason };
            release(store, context, None, input).await?;
        }
        for bill in self.bills(of, BillState::PendingConfirm).await? {
            let input = Confirm { bill_id: bill.id, expected_version: bill.version };
            confirm(store, context, None, input).await?;
        }
        let bills = self.bills(of, BillState::Issuing).await?;
        let bills =
            bills.iter().map(|bill| SeenBill { id: bill.id, expected_version: bill.version }).collect();
        issue(store, context, None, Issue { bills, policy: BulkPolicy::AllOrNothing }).await?;
        Ok(())
    }

    async fn bills(&self, of: Month, state: BillState) -> Result<Vec<incentive_bill::Model>> {
        let found = incentive_bill::Entity::find()
            .filter(incentive_bill::Column::Month.eq(of))
            .filter(incentive_bill::Column::State.eq(state));
        Ok(found.order_by_asc(incentive_bill::Column::Id).all(store_db(&self.world)).await?)
    }
}

fn store_db(world: &World) -> &sea_orm::DatabaseConnection {
    world.store.db()
}

/// The instant at which somebody goes on with what a crash left: every lease is over.
pub(super) const fn after_a_crash(now: Instant) -> Instant {
    now.plus(2 * oracle::time::HOUR)
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}
