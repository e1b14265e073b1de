//! A month of the marketplace billed out to ten thousand sellers, against the same aggregation and bare inserts of
//! the same rows.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::kernel::store::{insert_rows, query};
use domain::money::market::bill_out::carry_out;
use domain::{Context, Store};
use sea_orm::Value;

use crate::place::{Places, close, open};
use crate::sellers;
use crate::setting::{MONTH, median_time};
use crate::table::{Aim, Figure, Measured};

/// Sellers of the month.
const SELLERS: usize = 10_000;
/// Number of sales of each seller.
const SALES: usize = 10;
/// Sellers of one transaction, as in the product.
const AT_ONCE: usize = 500;

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.empty().await?;
        let store = open(&place.url).await?;
        sellers::fill(&store, SELLERS, SALES, MONTH).await?;
        let begun = Instant::now();
        let bills = carry_out(&store, &Context::system("bench"), MONTH).await?;
        ours.push(begun.elapsed());
        ensure!(bills == SELLERS, "{bills} bills");
        close(store).await?;
        let place = places.empty().await?;
        let store = open(&place.url).await?;
        let ids = sellers::fill(&store, SELLERS, SALES, MONTH).await?;
        bare.push(written(&store, &ids).await?);
        close(store).await?;
    }
    Ok(vec![
        Measured::new("bill-out to 10,000 sellers", Figure::Time(median_time(ours), SELLERS))
            .against("bare aggregation and inserts", Figure::Time(median_time(bare), SELLERS))
            .aim(Aim::Time(3.0)),
    ])
}

/// Aggregates and inserts without a rule.
async fn written(store: &Store, ids: &[i64]) -> Result<Duration> {
    let begun = Instant::now();
    for sellers in ids.chunks(AT_ONCE) {
        let tx = store.begin().await?;
        let sql = "SELECT s.id, p.month, a.customer_id, p.product_id, p.currency, CAST(SUM(p.cash) AS BIGINT) FROM partner s \
                   JOIN consumption_payment p ON p.marketplace = s.marketplace_name JOIN cloud_account a ON a.id = p.account_id \
                   WHERE s.id >= $1 AND s.id <= $2 AND p.marketplace IS NOT NULL GROUP BY s.id, p.month, a.customer_id, p.product_id, p.currency";
        let (from, to) = (sellers[0], sellers[sellers.len() - 1]);
        let groups = query(tx.orm(), sql, [from.into(), to.into()]).await?;
        insert(&tx, "settlement_bill (id, partner_id, month, currency, category, state, sales, platform_fee, operating_fee, amount, lines, created_at, version)", sellers, |id| {
            let amount = || Value::from(940_000_i64);
            vec![id.into(), id.into(), MONTH.0.into(), "CNY".into(), "GOODS".into(), "BILLED".into(), amount(), amount(), amount(), amount(), 10.into(), 1_i64.into(), 1.into()]
        })
        .await?;
        let mut lines: Vec<Value> = Vec::new();
        for (n, row) in groups.iter().enumerate() {
            let (id, customer): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
            let sales: i64 = row.try_get_by_index(5)?;
            let no = i32::try_from(n)?;
            lines.extend::<[Value; 12]>([
                id.into(),
                no.into(),
                "BASE".into(),
                MONTH.0.into(),
                customer.into(),
                1_i64.into(),
                sales.into(),
                1.into(),
                1.into(),
                0_i64.into(),
                0_i64.into(),
                sales.into(),
            ]);
        }
        let head = "INSERT INTO settlement_bill_line (bill_id, line_no, kind, origin_month, customer_id, product_id, sales, platform_fee_ppm, operating_fee_ppm, platform_fee, operating_fee, amount)";
        insert_rows(tx.orm(), head, 12, lines, "").await?;
        rows_of_the_money(&tx, store, sellers).await?;
        tx.commit().await?;
    }
    Ok(begun.elapsed())
}

/// Ledger, requests and events: as many rows as the product writes.
async fn rows_of_the_money(tx: &domain::kernel::store::Tx, store: &Store, sellers: &[i64]) -> Result<()> {
    let hash = "0".repeat(64);
    insert(tx, "ledger_chain (partner_id, seq, at, hash)", sellers, |id| {
        vec![id.into(), 2_i64.into(), 1_i64.into(), hash.as_str().into()]
    })
    .await?;
    for seq in [1_i64, 2] {
        insert(tx, "ledger_transaction (partner_id, seq, at, kind, entity, hash)", sellers, |id| {
            vec![
                id.into(),
                seq.into(),
                1_i64.into(),
                "BILL_OUT".into(),
                id.to_string().into(),
                hash.as_str().into(),
            ]
        })
        .await?;
        for account in ["EARNED", "PAYABLE"] {
            insert(tx, "ledger_entry (partner_id, seq, account, currency, amount, balance)", sellers, |id| {
                vec![
                    id.into(),
                    seq.into(),
                    account.into(),
                    "CNY".into(),
                    940_000_i64.into(),
                    940_000_i64.into(),
                ]
            })
            .await?;
        }
    }
    for account in ["EARNED", "PAYABLE", "IN_PAYOUT"] {
        insert(tx, "ledger_balance (partner_id, account, currency, amount)", sellers, |id| {
            vec![id.into(), account.into(), "CNY".into(), 940_000_i64.into()]
        })
        .await?;
    }
    insert(tx, "payment_request (id, partner_id, kind, way, category, month, currency, amount, state, state_since, transitions, round, created_by, created_at, version)", sellers, |id| {
        vec![id.into(), id.into(), "MARKETPLACE".into(), "BANK_TRANSFER".into(), "GOODS".into(), MONTH.0.into(), "CNY".into(), 940_000_i64.into(), "AWAIT_COUNTERSIGN".into(), 1_i64.into(), 1.into(), 0.into(), "bench".into(), 1_i64.into(), 1.into()]
    })
    .await?;
    insert(
        tx,
        "payment_request_item (request_id, item_no, source, source_id, amount, live)",
        sellers,
        |id| vec![id.into(), 1.into(), "SETTLEMENT_BILL".into(), id.into(), 940_000_i64.into(), true.into()],
    )
    .await?;
    insert(
        tx,
        "payment_transition (request_id, seq, operation, to_state, actor, actor_kind, round, at)",
        sellers,
        |id| {
            vec![
                id.into(),
                1.into(),
                "CREATE".into(),
                "AWAIT_COUNTERSIGN".into(),
                "bench".into(),
                "SYSTEM".into(),
                0.into(),
                1_i64.into(),
            ]
        },
    )
    .await?;
    for topic in ["PAYMENT_REQUEST", "SETTLEMENT_BILL"] {
        insert(tx, "event (id, at, topic, kind, entity, partner_id, detail)", sellers, |id| {
            let key = store.ids.next(store.clock.now());
            vec![
                key.into(),
                1_i64.into(),
                topic.into(),
                "BILLED".into(),
                id.to_string().into(),
                id.into(),
                "{}".into(),
            ]
        })
        .await?;
    }
    Ok(())
}

async fn insert(
    tx: &domain::kernel::store::Tx,
    into: &str,
    sellers: &[i64],
    row: impl Fn(i64) -> Vec<Value>,
) -> Result<()> {
    let width = into.split(',').count();
    let values = sellers.iter().flat_map(|id| row(*id)).collect();
    insert_rows(tx.orm(), &format!("INSERT INTO {into}"), width, values, "").await?;
    Ok(())
}
