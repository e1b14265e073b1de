//! A small programme for tests: a store with a clock that stands still, and short ways to fill it.

use std::io::Cursor;

use domain::kernel::store::{exec, query};
use domain::money::payout::Gateway;
use domain::operate::task::tick;
use domain::operate::verify::{Check, verify};
use domain::operate::work::Due;
use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::performance::recompute::recompute_all;
use domain::programme::account::LinkAccount;
use domain::programme::association::NewAssociation;
use domain::programme::customer::NewCustomer;
use domain::programme::incentive_policy::{NewPolicy, NewRate};
use domain::programme::month::ensure;
use domain::programme::partner::{NewLink, NewPartner};
use domain::programme::{account, association, customer, incentive_policy, partner};
use domain::settlement::checklist::CloseItem;
use domain::settlement::run::advance;
use domain::settlement::start::{StartRun, start};
use domain::{Clock, Context, Ids, StoppedClock, Store};
use entity::{
    AssociationId, AssociationMode, CustomerId, Month, PartnerId, PartnerKind, RunKind, Timestamp,
    bill_import, settlement_run,
};

use crate::db::TestDatabase;

/// The columns of a small FOCUS 1.2 bill.
pub const FOCUS_HEADER: &str = "BilledCost,BillingCurrency,ChargeCategory,ChargeClass,ChargePeriodStart,ServiceName,\
    ServiceCategory,SubAccountId,ProviderName,PublisherName,InvoiceIssuerName,InvoiceId,ChargeDescription";

/// A store and what tests know of it.
pub struct World {
    /// The store.
    pub store: Store,
    /// Its clock.
    pub clock: StoppedClock,
    /// Who acts: the product itself.
    pub context: Context,
}

/// An instant written in RFC 3339.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("an instant in RFC 3339")
}

/// A month written `2026-08`.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn month(text: &str) -> Month {
    text.parse().expect("a month as YYYY-MM")
}

/// One row of a bill with [`FOCUS_HEADER`], in USD, of account `account`.
#[must_use]
pub fn row(account: &str, amount: &str, when: &str, note: &str) -> String {
    format!("{amount},USD,Usage,,{when},Compute Engine,Compute,{account},Cloud,Cloud,Cloud,,{note}")
}

/// A bill of `rows`.
#[must_use]
pub fn bill(rows: &[String]) -> String {
    format!("{FOCUS_HEADER}\n{}\n", rows.join("\n"))
}

/// A run of a month by somebody who saw its checklist, and acknowledges all of it.
///
/// # Panics
/// If it is no month.
#[must_use]
pub fn run_of(text: &str, kind: RunKind) -> StartRun {
    StartRun { month: month(text), kind, acknowledge: CloseItem::ALL.to_vec() }
}

/// A rate for everything.
#[must_use]
pub fn rate(rate_ppm: i32) -> NewRate {
    NewRate {
        product_class: None,
        specific_only: false,
        mode: None,
        partner_kind: None,
        tier: None,
        rate_ppm,
        minimum: None,
        cap: None,
    }
}

impl World {
    /// A tick of a worker that has no payout gateway: does what is due, and returns what waits.
    ///
    /// # Errors
    /// What the tick fails with.
    pub async fn tick(&self) -> domain::Result<Vec<Due>> {
        tick(&self.store, &Gateway::None).await
    }

    /// Opens `db` at noon of 15 October 2026 UTC.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn open(db: &TestDatabase) -> Self {
        Self::open_with(db, 4).await
    }

    /// The same with as many connections.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn open_with(db: &TestDatabase, connections: u32) -> Self {
        Self::open_as(db, connections, 7).await
    }

    /// The same with keys of its own: another process on the database.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn open_as(db: &TestDatabase, connections: u32, seed: u64) -> Self {
        let clock = StoppedClock::at(at("2026-10-15T12:00:00Z"));
        let store = Store::connect(&db.url, connections, Clock::stopped(&clock), Ids::seeded(seed))
            .await
            .expect("a store");
        // The programme has been live all the time: its months close by themselves.
        let sql = "UPDATE programme SET go_live = 200001 WHERE go_live IS NULL";
        exec(store.db(), sql, []).await.expect("a programme");
        Self { store, clock, context: Context::system("test") }
    }

    /// A world with a provider whose customer paid $100 in September 2026, of which a tenth is an incentive.
    ///
    /// # Panics
    /// If anything of it is refused.
    pub async fn september(db: &TestDatabase) -> (Self, PartnerId) {
        let world = Self::open(db).await;
        let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
        let a = world.customer("A").await;
        world.associate(a, provider, "2026-01-01T00:00:00Z").await;
        world.policy("2026-01", 100_000).await;
        world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
        (world, provider)
    }

    /// A partner of a kind.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn partner(&self, kind: PartnerKind, name: &str) -> PartnerId {
        let input = NewPartner {
            kind,
            name: name.into(),
            tier: "STANDARD".into(),
            region: "CN-EAST".into(),
            may_own_customers: true,
            marketplace_name: None,
        };
        partner::create(&self.store, &self.context, None, input).await.expect("a partner")
    }

    /// Links a reseller to a distributor from the beginning of 2020.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn link(&self, reseller_id: PartnerId, distributor_id: PartnerId) {
        let input = NewLink { reseller_id, distributor_id, valid_from: Some(at("2020-01-01T00:00:00Z")) };
        partner::link_reseller(&self.store, &self.context, None, input).await.expect("a link");
    }

    /// A customer with one account of the same name at the provider "Cloud".
    ///
    /// # Panics
    /// If it is refused.
    pub async fn customer(&self, name: &str) -> CustomerId {
        let input = NewCustomer { name: name.into(), internal: false, long_tail: true };
        let id = customer::create(&self.store, &self.context, None, input).await.expect("a customer");
        self.account(name, id).await;
        id
    }

    /// Links an account of the provider "Cloud".
    ///
    /// # Panics
    /// If it is refused.
    pub async fn account(&self, number: &str, customer_id: CustomerId) {
        let input = LinkAccount { provider: "Cloud".into(), account_no: number.into(), customer_id };
        account::link(&self.store, &self.context, None, input).await.expect("a linked account");
    }

    /// Associates a customer from an instant on.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn associate(
        &self,
        customer_id: CustomerId,
        partner_id: PartnerId,
        from: &str,
    ) -> AssociationId {
        let input = NewAssociation {
            customer_id,
            partner_id,
            mode: AssociationMode::Resale,
            valid_from: Some(at(from)),
            valid_to: None,
        };
        association::create(&self.store, &self.context, None, input).await.expect("an association")
    }

    /// A policy of one rate for everything.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn policy(&self, valid_from: &str, rate_ppm: i32) {
        let rates = vec![rate(rate_ppm)];
        let input = NewPolicy { name: "base".into(), valid_from: month(valid_from), rates };
        incentive_policy::create(&self.store, &self.context, None, input).await.expect("a policy");
    }

    /// Imports a paid bill.
    ///
    /// # Panics
    /// If the import breaks.
    pub async fn import(&self, text: &str) -> bill_import::Model {
        self.import_as(text, true).await
    }

    /// Imports a bill that is paid or not.
    ///
    /// # Panics
    /// If the import breaks.
    pub async fn import_as(&self, text: &str, settled: bool) -> bill_import::Model {
        let input = NewImport {
            file_name: "bill.csv".into(),
            settled,
            native_provider: "Cloud".into(),
            total_bytes: i64::try_from(text.len()).expect("a small bill"),
            ..Default::default()
        };
        let id = create_local(&self.store, &self.context, input).await.expect("an import");
        let source = Source::Stream(Box::new(Cursor::new(text.as_bytes().to_vec())));
        ingest(&self.store, id, source, |_| {}).await.expect("an import that ends")
    }

    /// Settles a month in one go.
    ///
    /// # Panics
    /// If the run is refused or breaks.
    pub async fn settle(&self, text: &str, kind: RunKind) -> settlement_run::Model {
        // Somebody knows of the month, also where a test brought no payments of it.
        ensure(self.store.db(), month(text)).await.expect("a month");
        let input = run_of(text, kind);
        let id = start(&self.store, &self.context, None, input).await.expect("a run");
        advance(&self.store, id, "test", |_| {}).await.expect("a run that ends")
    }

    /// Works in what waits and proves the books.
    ///
    /// # Panics
    /// If an identity does not hold.
    pub async fn verify(&self) -> Vec<Check> {
        recompute_all(&self.store).await.expect("a recomputation");
        let checks = verify(&self.store, None).await.expect("a verification");
        for check in &checks {
            assert!(check.holds, "{check:?}");
        }
        self.sums_are_right().await;
        checks
    }

    /// Compares every kept sum to the partner with its lines, by a statement of its own. Returns the months
    /// whose sums wait to be built anew; these are not compared.
    ///
    /// # Panics
    /// If a sum is not what its lines come to.
    pub async fn sums_are_right(&self) -> Vec<Month> {
        let key = "month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason";
        let sql = format!(
            "SELECT {key}, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) FROM ( \
             SELECT {key}, amount, payments FROM performance_line \
             UNION ALL SELECT {key}, -amount, -payments FROM partner_sum) both_sides \
             WHERE month NOT IN (SELECT month FROM partner_sum_stale) \
             GROUP BY {key} HAVING SUM(amount) <> 0 OR SUM(payments) <> 0"
        );
        let differing = query(self.store.db(), &sql, []).await.expect("sums");
        assert!(differing.is_empty(), "sums that are not their lines: {differing:?}");
        let stale = domain::performance::partner_sum::stale_months(self.store.db()).await.expect("marks");
        stale.into_iter().collect()
    }

    /// The lines as text, in a fixed order: posting month, origin month, partner, customer, reason, amount.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn lines(&self) -> Vec<String> {
        let sql = "SELECT l.month, l.origin_month, COALESCE(p.name, '-'), c.name, l.reason, l.amount, l.payments \
                   FROM performance_line l LEFT JOIN partner p ON p.id = l.partner_id \
                   JOIN customer c ON c.id = l.customer_id ORDER BY 1, 2, 3, 4, 5, 6";
        let rows = query(self.store.db(), sql, []).await.expect("lines");
        rows.iter()
            .map(|row| {
                let get = |n: usize| row.try_get_by_index::<i32>(n).expect("a month");
                let text = |n: usize| row.try_get_by_index::<String>(n).expect("a name");
                let reason =
                    entity::Reason::from_code(row.try_get_by_index(4).expect("a reason")).expect("a reason");
                let amount: i64 = row.try_get_by_index(5).expect("an amount");
                let payments: i64 = row.try_get_by_index(6).expect("a count");
                format!("{} {} {} {} {} {amount} {payments}", get(0), get(1), text(2), text(3), reason.name())
            })
            .collect()
    }

    /// The bills as text: month, partner, state, basis, amount.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn bills(&self) -> Vec<String> {
        let sql = "SELECT b.month, p.name, b.state, b.basis, b.amount FROM incentive_bill b \
                   JOIN partner p ON p.id = b.partner_id ORDER BY 1, 2";
        let rows = query(self.store.db(), sql, []).await.expect("bills");
        rows.iter()
            .map(|row| {
                let month: i32 = row.try_get_by_index(0).expect("a month");
                let text = |n: usize| row.try_get_by_index::<String>(n).expect("a text");
                let number = |n: usize| row.try_get_by_index::<i64>(n).expect("a number");
                format!("{month} {} {} {} {}", text(1), text(2), number(3), number(4))
            })
            .collect()
    }
}
