//! A seeded programme of the size the product is made for, written with bulk statements.

use anyhow::Result;
use domain::kernel::store::{exec, insert_rows};
use domain::{Ids, Store};
use entity::Timestamp;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::{ConnectionTrait as _, Value};

/// Numbers of partners, customers and the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Number of partners.
    pub(crate) partners: usize,
    /// Customers, with one account each.
    pub(crate) customers: usize,
    /// Customers of them with a second association.
    pub(crate) changed: usize,
}

/// Fills `store`; accounts are numbered `a0`, `a1`, ….
pub(crate) async fn fill(store: &Store, size: Size, seed: u64) -> Result<()> {
    let mut random = StdRng::seed_from_u64(seed);
    let ids = Ids::seeded(seed);
    let now = Timestamp(1_735_689_600_000_000);
    let tx = store.begin().await?;
    let partners: Vec<i64> = (0..size.partners).map(|_| ids.next(now)).collect();
    let values = partners.iter().enumerate().flat_map(|(i, id)| {
        let name = format!("Partner {i}");
        [
            (*id).into(),
            "SOLUTION_PROVIDER".into(),
            name.into(),
            "STANDARD".into(),
            "CN".into(),
            true.into(),
            now.0.into(),
            1.into(),
        ] as [Value; 8]
    });
    let head = "INSERT INTO partner (id, kind, name, tier, region, may_own_customers, created_at, version)";
    insert_rows(tx.orm(), head, 8, values.collect(), "").await?;
    let customers: Vec<i64> = (0..size.customers).map(|_| ids.next(now)).collect();
    let values = customers.iter().enumerate().flat_map(|(i, id)| {
        [(*id).into(), format!("Customer {i}").into(), false.into(), now.0.into(), 1.into()] as [Value; 5]
    });
    insert_rows(
        tx.orm(),
        "INSERT INTO customer (id, name, internal, created_at, version)",
        5,
        values.collect(),
        "",
    )
    .await?;
    let values = customers.iter().enumerate().flat_map(|(i, id)| {
        [ids.next(now).into(), "Cloud".into(), format!("a{i}").into(), (*id).into(), now.0.into()]
            as [Value; 5]
    });
    let head = "INSERT INTO cloud_account (id, provider, account_no, customer_id, created_at)";
    insert_rows(tx.orm(), head, 5, values.collect(), "").await?;
    let mut values: Vec<Value> = Vec::new();
    for (i, customer) in customers.iter().enumerate() {
        // The middle of September 2026.
        let middle = 1_789_430_400_000_000_i64 + random.random_range(-5..5) * 86_400_000_000;
        let ends = if i < size.changed { middle } else { i64::MAX };
        let mut period = |from: i64, to: i64| {
            let partner = partners[random.random_range(0..partners.len())];
            let mode = if random.random_bool(0.5) { 1_i16 } else { 2 };
            values.extend([
                Value::from(ids.next(now)),
                (*customer).into(),
                partner.into(),
                mode.into(),
                from.into(),
                to.into(),
                now.0.into(),
                1.into(),
            ]);
        };
        period(0, ends);
        if i < size.changed {
            period(ends, i64::MAX);
        }
    }
    let head = "INSERT INTO association (id, customer_id, partner_id, mode, valid_from, valid_to, created_at, version)";
    insert_rows(tx.orm(), head, 8, values, "").await?;
    // Who changes its partner here does not cool off: all of it counts.
    exec(tx.orm(), "DELETE FROM cooling_off_rule", []).await?;
    tx.commit().await?;
    // As the database does by itself within a minute.
    store.db().execute_unprepared("ANALYZE").await?;
    Ok(())
}
