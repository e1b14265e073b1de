//! Sellers of the marketplace with what they sold, written with bulk statements.

use anyhow::Result;
use domain::Store;
use domain::kernel::store::{exec, insert_rows, query};
use entity::Month;
use sea_orm::{ConnectionTrait as _, Value};

/// The middle of September 2026.
const CONSUMED: i64 = 1_789_430_400_000_000;

/// Adds `sellers` certified sellers, each of which sold `sales` times in `month`; terms for everybody. Returns the
/// keys of the sellers.
pub(crate) async fn fill(store: &Store, sellers: usize, sales: usize, month: Month) -> Result<Vec<i64>> {
    let now = store.clock.now();
    let tx = store.begin().await?;
    let ids: Vec<i64> = (0..sellers).map(|_| store.ids.next(now)).collect();
    let rows = ids.iter().enumerate().flat_map(|(n, id)| -> [Value; 9] {
        let name = format!("Seller {n}");
        let (kind, tier, region) = ("SOLUTION_PROVIDER", "STANDARD", "CN");
        [
            (*id).into(),
            kind.into(),
            name.clone().into(),
            tier.into(),
            region.into(),
            true.into(),
            name.into(),
            now.0.into(),
            1.into(),
        ]
    });
    let head = "INSERT INTO partner (id, kind, name, tier, region, may_own_customers, marketplace_name, created_at, version)";
    insert_rows(tx.orm(), head, 9, rows.collect(), "").await?;
    let rows = ids.iter().flat_map(|id| -> [Value; 11] {
        let (certified, name, no) = ("CERTIFIED", "Seller Ltd", "1");
        [
            (*id).into(),
            certified.into(),
            name.into(),
            no.into(),
            no.into(),
            "bench".into(),
            no.into(),
            "".into(),
            "en".into(),
            now.0.into(),
            1.into(),
        ]
    });
    let head = "INSERT INTO business_information (partner_id, certification, legal_name, taxpayer_no, bank_account, \
                account_set_by, certified_account, email, language, changed_at, version)";
    insert_rows(tx.orm(), head, 11, rows.collect(), "").await?;
    let product = store.ids.next(now);
    let sql = "INSERT INTO product (id, provider, code, name, class, created_at) VALUES ($1, 'Cloud', 'Market', 'Market', 'Other', $2)";
    exec(tx.orm(), sql, [product.into(), now.0.into()]).await?;
    let sql = "INSERT INTO marketplace_terms (id, category, valid_from, platform_fee_ppm, operating_fee_ppm, needs_confirmation, \
               created_by, created_at) VALUES ($1, 'GOODS', 202601, 50000, 10000, $2, 'bench', $3)";
    exec(tx.orm(), sql, [store.ids.next(now).into(), false.into(), now.0.into()]).await?;
    let sql = "SELECT id FROM cloud_account ORDER BY id LIMIT 5000";
    let accounts: Vec<i64> = query(tx.orm(), sql, [])
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<std::result::Result<_, _>>()?;
    for (n, _) in ids.iter().enumerate() {
        let rows = (0..sales).flat_map(|sale| -> [Value; 30] {
            let number = n * sales + sale;
            let cash = i64::try_from(number % 997 + 1).unwrap_or(1) * 10_000;
            let mut fingerprint = vec![0_u8; 32];
            fingerprint[..8].copy_from_slice(&(number as u64).to_be_bytes());
            let account = accounts[number % accounts.len()];
            let zero = || Value::from(0_i64);
            [
                month.0.into(),
                account.into(),
                CONSUMED.into(),
                fingerprint.into(),
                1.into(),
                1_i64.into(),
                1_i64.into(),
                true.into(),
                1_i16.into(),
                1_i16.into(),
                2_i16.into(),
                false.into(),
                product.into(),
                "".into(),
                "CNY".into(),
                cash.into(),
                zero(),
                zero(),
                cash.into(),
                cash.into(),
                zero(),
                zero(),
                zero(),
                zero(),
                zero(),
                zero(),
                zero(),
                format!("Seller {n}").into(),
                Value::String(None),
                Value::String(None),
            ]
        });
        let head = "INSERT INTO consumption_payment (month, account_id, consumed_at, fingerprint, occurrence, import_id, line_no, \
                    settled, charging_mode, detail_type, category, correction, product_id, region, currency, official, discount, \
                    truncated, payable, cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off, marketplace, \
                    external_id, corrects_external_id)";
        insert_rows(tx.orm(), head, 30, rows.collect(), "").await?;
    }
    tx.commit().await?;
    // As the database does by itself within a minute.
    store.db().execute_unprepared("ANALYZE").await?;
    Ok(ids)
}
