//! Payment requests that 16 clients submit at once, each with its trail, event, audit row and posting, against bare
//! statements that write the same rows; each commit on the disk before the next. Then the payouts of all of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use domain::kernel::many::BulkPolicy;
use domain::kernel::store::{exec, query_one};
use domain::money::ledger::{Entry, Posting, post};
use domain::money::payment::business::{self, SetBusiness};
use domain::money::payment::create::{Item, NewRequest, create};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use domain::money::payout::Gateway;
use domain::{Actor, Clock, Context, Ids, Principal, StoppedClock, Store};
use entity::{
    Certification, Currency, LedgerAccount, PartnerId, PaymentKind, PaymentOperation, PaymentRequestId,
    PaymentSource, PaymentState, PayoutWay, Timestamp,
};
use sea_orm::Value;

use crate::load::CLIENTS;
use crate::place::{Place, Places, close};
use crate::setting::{MONTH, median_time};
use crate::table::{Aim, Figure, Measured};

/// Requests of each partner.
const EACH: i64 = 10;
/// Partners of each client, which no other client touches.
const PARTNERS: usize = 20;
/// Amount of each request, in micros.
const AMOUNT: i64 = 1_000_000;

/// The requests of one partner.
type Work = (PartnerId, Vec<PaymentRequestId>);

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let (mut created, mut bare_created) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.empty().await?;
        ours.push(timed(&place, |store, work| async move { submitted(&store, work).await }).await?);
        created.push(payouts_created(&place).await?);
        let place = places.empty().await?;
        bare.push(timed(&place, |store, work| async move { written(&store, work).await }).await?);
        bare_created.push(payouts_written(&place).await?);
    }
    let count = CLIENTS * PARTNERS * usize::try_from(EACH)?;
    Ok(vec![
        Measured::new("payment request submitted", Figure::Time(median_time(ours), count))
            .against("bare UPDATE and INSERTs", Figure::Time(median_time(bare), count))
            .aim(Aim::Speed(0.3)),
        Measured::new("payout created (sandbox)", Figure::Time(median_time(created), count))
            .against("bare INSERTs and UPDATEs", Figure::Time(median_time(bare_created), count))
            .aim(Aim::Time(3.0)),
    ])
}

/// Time until the worker has created a payout for every submitted request.
async fn payouts_created(place: &Place) -> Result<Duration> {
    let store = crate::place::open(&place.url).await?;
    let begun = Instant::now();
    let waiting = "SELECT 1 FROM payment_request WHERE state = 'AWAIT_PAYOUT' LIMIT 1";
    while query_one(store.db(), waiting, []).await?.is_some() {
        domain::money::payout::round(&store, &Gateway::Sandbox).await?;
    }
    let took = begun.elapsed();
    close(store).await?;
    Ok(took)
}

/// The same rows by bare statements: an order, its claim, its end with everything of the transition.
async fn payouts_written(place: &Place) -> Result<Duration> {
    let store = crate::place::open(&place.url).await?;
    let rows = domain::kernel::store::query(
        store.db(),
        "SELECT id, partner_id FROM payment_request ORDER BY id",
        [],
    )
    .await?;
    let begun = Instant::now();
    for some in rows.chunks(4) {
        futures_util::future::try_join_all(some.iter().map(|row| payout_written(&store, row))).await?;
    }
    let took = begun.elapsed();
    close(store).await?;
    Ok(took)
}

async fn payout_written(store: &Store, row: &sea_orm::QueryResult) -> Result<()> {
    let (request, partner): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let now = store.clock.now();
    let key = |store: &Store| Value::from(store.ids.next(now));
    let (order, text) = (key(store), PaymentRequestId(request).to_string());
    let (request, partner): (Value, Value) = (request.into(), partner.into());
    let steps: [Vec<(&str, Vec<Value>)>; 3] = [
        vec![(
            "INSERT INTO payout_order (id, request_id, step, cycle, idempotency_key, state, attempts, retry_at, lease_until, \
               generation, created_at) VALUES ($1, $2, 'CREATE', 1, $3, 'PENDING', 0, 0, 0, 0, 0)",
            vec![order.clone(), request.clone(), text.clone().into()],
        )],
        vec![(
            "UPDATE payout_order SET attempts = 1, generation = 1, lease_until = 1 WHERE id = $1",
            vec![order.clone()],
        )],
        vec![
            ("UPDATE payout_order SET state = 'DONE', answered_at = 0 WHERE id = $1", vec![order]),
            (
                "UPDATE payment_request SET state = 'PENDING_INVOICE', payout_no = $1, transitions = 3, version = 3 WHERE id = $2",
                vec![text.clone().into(), request.clone()],
            ),
            (
                "INSERT INTO payment_transition VALUES ($1, 3, 'CREATE_PAYOUT', 'AWAIT_PAYOUT', 'PENDING_INVOICE', 'bench', 'SYSTEM', NULL, 0, 0)",
                vec![request],
            ),
            (
                "INSERT INTO event VALUES ($1, 0, 'PAYMENT_REQUEST', 'PENDING_INVOICE', $2, $3, '{\"operation\":\"CREATE_PAYOUT\"}')",
                vec![key(store), text.clone().into(), partner.clone()],
            ),
            (
                "INSERT INTO deadline (id, kind, entity, partner_id, audience, due_at, created_at) VALUES ($1, 'INVOICE_DUE', $2, $3, 'PARTNER', 1, 0)",
                vec![key(store), text.into(), partner],
            ),
        ],
    ];
    for step in steps {
        let tx = store.begin().await?;
        for (sql, values) in step {
            exec(tx.orm(), sql, values).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Time that all clients take together.
async fn timed<F, W>(place: &Place, client: F) -> Result<Duration>
where
    F: Fn(Store, Vec<Work>) -> W,
    W: Future<Output = Result<()>> + Send + 'static,
{
    let clock = StoppedClock::at(Timestamp::parse_rfc3339("2026-10-15T00:00:00Z").context("an instant")?);
    let connections = u32::try_from(CLIENTS)?;
    let store = Store::connect(&place.url, connections, Clock::stopped(&clock), Ids::random()).await?;
    let work = Arc::new(fill(&store).await?);
    let begun = Instant::now();
    let share = work.len().div_ceil(CLIENTS);
    let clients = work.chunks(share).map(|part| tokio::spawn(client(store.clone(), part.to_vec())));
    for ended in futures_util::future::join_all(clients).await {
        ended??;
    }
    let took = begun.elapsed();
    close(store).await?;
    Ok(took)
}

/// Requests that wait to be submitted, and the money for them.
async fn fill(store: &Store) -> Result<Vec<Work>> {
    let rows = domain::kernel::store::query(store.db(), "SELECT id FROM partner ORDER BY id", []).await?;
    let context = Context::system("bench");
    let currency: Currency = "CNY".parse().map_err(|_| anyhow::anyhow!("a currency"))?;
    let mut work = Vec::new();
    for row in rows.iter().take(CLIENTS * PARTNERS) {
        let partner_id = PartnerId(row.try_get_by_index(0)?);
        let input = SetBusiness {
            partner_id,
            expected_version: 0,
            certification: Certification::Certified,
            reason: None,
            legal_name: Some("Company".into()),
            taxpayer_no: Some("9131".into()),
            bank_account: Some("6222".into()),
            email: None,
            language: Some("en".into()),
        };
        business::set(store, &context, None, input).await?;
        let (tx, now) = (store.begin().await?, store.clock.now());
        let entry = |account, amount| Entry { account, currency, amount };
        let entries =
            vec![entry(LedgerAccount::Earned, -EACH * AMOUNT), entry(LedgerAccount::Payable, EACH * AMOUNT)];
        post(&tx, now, Posting { partner_id, kind: "BENCH", entity: partner_id.to_string(), entries })
            .await?;
        let mut requests = Vec::new();
        for _ in 0..EACH {
            let item = Item { source: PaymentSource::Entitlement, id: store.ids.next(now), amount: AMOUNT };
            let new = NewRequest {
                partner_id,
                kind: PaymentKind::Incentive,
                way: PayoutWay::BankTransfer,
                category: String::new(),
                month: MONTH,
                currency,
                state: PaymentState::PendingSubmit,
                items: vec![item],
            };
            requests.push(create(&tx, store, &context, now, new).await?.id);
        }
        tx.commit().await?;
        work.push((partner_id, requests));
    }
    Ok(work)
}

/// One client of the product.
async fn submitted(store: &Store, work: Vec<Work>) -> Result<()> {
    for (partner_id, requests) in work {
        let actor = Actor { subject: "bench".into(), principal: Principal::Partner { partner_id } };
        let context = Context { actor, request_id: None };
        for id in requests {
            let requests = vec![Seen { id, expected_version: 1 }];
            let (operation, policy) = (PaymentOperation::Submit, BulkPolicy::AllOrNothing);
            let key = format!("bench-{id}");
            let moves = Moves { operation, requests, reason: None, policy };
            move_requests(store, &context, Some(&key), moves).await?;
        }
    }
    Ok(())
}

/// One bare client: the same rows, no rule, no lock but those of its statements.
async fn written(store: &Store, work: Vec<Work>) -> Result<()> {
    for (partner, requests) in work {
        for (n, id) in requests.into_iter().enumerate() {
            let tx = store.begin().await?;
            let (seq, id_text) = (i64::try_from(n)? + 2, id.to_string());
            let (partner, id): (Value, Value) = (partner.0.into(), id.0.into());
            let key: Value = store.ids.next(store.clock.now()).into();
            let statements: [(&str, Vec<Value>); 9] = [
                (
                    "INSERT INTO idempotency_key VALUES ('bench', $1, 'paymentRequestMove', 'f', '[]', 0)",
                    vec![id_text.clone().into()],
                ),
                (
                    "UPDATE payment_request SET state = 'AWAIT_PAYOUT', state_since = 1, transitions = 2, version = 2 WHERE id = $1",
                    vec![id.clone()],
                ),
                (
                    "INSERT INTO payment_transition VALUES ($1, 2, 'SUBMIT', 'PENDING_SUBMIT', 'AWAIT_PAYOUT', 'bench', 'PARTNER', NULL, 0, 0)",
                    vec![id],
                ),
                (
                    "INSERT INTO event VALUES ($1, 0, 'PAYMENT_REQUEST', 'AWAIT_PAYOUT', $2, $3, '{\"operation\":\"SUBMIT\",\"kind\":\"INCENTIVE\"}')",
                    vec![key.clone(), id_text.clone().into(), partner.clone()],
                ),
                (
                    "INSERT INTO audit_event VALUES ($1, 0, 'bench', '{}', 'paymentRequestMove', $2, NULL, NULL, '{}')",
                    vec![key, id_text.clone().into()],
                ),
                (
                    "INSERT INTO ledger_transaction VALUES ($1, $2, 0, 'SUBMIT', $3, 'hash')",
                    vec![partner.clone(), seq.into(), id_text.into()],
                ),
                (
                    "INSERT INTO ledger_entry VALUES ($1, $2, 'PAYABLE', 'CNY', -1000000, 0), ($1, $2, 'IN_PAYOUT', 'CNY', 1000000, 0)",
                    vec![partner.clone(), seq.into()],
                ),
                (
                    "INSERT INTO ledger_balance VALUES ($1, 'PAYABLE', 'CNY', -1000000), ($1, 'IN_PAYOUT', 'CNY', 1000000) \
                  ON CONFLICT (partner_id, account, currency) DO UPDATE SET amount = ledger_balance.amount + excluded.amount",
                    vec![partner.clone()],
                ),
                (
                    "UPDATE ledger_chain SET seq = $1, hash = 'hash' WHERE partner_id = $2",
                    vec![seq.into(), partner],
                ),
            ];
            for (sql, values) in statements {
                exec(tx.orm(), sql, values).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}
