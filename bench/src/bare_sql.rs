//! The statements of the bare handler, once for each database.

/// The sums of performance lines, as the API forms them.
pub(crate) const SUMS: &str = "CAST(SUM(CASE WHEN reason = 0 THEN amount ELSE 0 END) AS BIGINT), \
    CAST(SUM(CASE WHEN reason = 0 THEN 0 ELSE amount END) AS BIGINT), COUNT(*), CAST(SUM(payments) AS BIGINT)";

/// A text for each database.
pub(crate) struct Each {
    pub(crate) postgres: &'static str,
    pub(crate) sqlite: &'static str,
}

/// Words that make each database look lines up by their customer.
const BY_CUSTOMER: Each = Each { postgres: "", sqlite: "INDEXED BY performance_line_by_customer" };

/// The placeholders `$from,$from+1,…`, `count` of them.
pub(crate) fn marks(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(",")
}

macro_rules! bare {
    ($module:ident, $pool:ty, $options:ty, $arguments:ident) => {
        pub(crate) mod $module {
            use std::collections::HashMap;

            use anyhow::Result;
            use base64::Engine as _;
            use base64::engine::general_purpose::URL_SAFE_NO_PAD;
            use entity::id::encode;
            use sqlx::{AssertSqlSafe, Row};

            use super::{SUMS, marks};
            use crate::bare::{After, Amount, Answers, CONNECTIONS, Customer, Customers, LineKey, NewCustomer};
            use crate::bare::{PAGE, PageInfo, Partner, Sum};
            use crate::bare_line::{Explanation, Line, Payment, Payments};
            use crate::setting::MONTH;

            pub(crate) struct Bare {
                pool: $pool,
            }

            /// Any instant after the month: associations of the bench have no end after it.
            const NOW: i64 = 1_795_000_000_000_000;

            impl Bare {
                pub(crate) async fn open(url: &str) -> Result<Self> {
                    let options = <$options>::new().max_connections(CONNECTIONS).test_before_acquire(false);
                    Ok(Self { pool: options.connect_with(super::$arguments(url)?).await? })
                }

                async fn by_ids(&self, sql: String, ids: &[i64]) -> Result<Vec<<$pool as RowOf>::Row>> {
                    let mut query = sqlx::query(AssertSqlSafe(sql));
                    for id in ids {
                        query = query.bind(*id);
                    }
                    Ok(query.fetch_all(&self.pool).await?)
                }
            }

            /// The row type of a pool.
            trait RowOf {
                type Row: Row;
            }

            impl<DB: sqlx::Database> RowOf for sqlx::Pool<DB> {
                type Row = DB::Row;
            }

            impl Answers for Bare {
                async fn customers(&self, after: After) -> Result<Customers> {
                    let sql = "SELECT id, name, internal, created_at, version FROM customer \
                               WHERE (name, id) > ($1, $2) ORDER BY name, id LIMIT 51";
                    let rows = sqlx::query(sql).bind(after.name).bind(after.id).fetch_all(&self.pool).await?;
                    let has_next_page = rows.len() > PAGE;
                    let mut nodes = Vec::with_capacity(PAGE);
                    let mut ids = Vec::with_capacity(PAGE);
                    for row in rows.iter().take(PAGE) {
                        let id: i64 = row.try_get(0)?;
                        let (name, _internal): (String, bool) = (row.try_get(1)?, row.try_get(2)?);
                        let (_created, _version): (i64, i32) = (row.try_get(3)?, row.try_get(4)?);
                        ids.push(id);
                        let id = encode("customer", id);
                        nodes.push(Customer { id, name, current_partner: None, performance: vec![] });
                    }
                    let n = ids.len();
                    let sql = format!(
                        "SELECT customer_id, partner_id, mode, valid_from, valid_to FROM association WHERE customer_id \
                         IN ({}) AND valid_from <= {NOW} AND valid_to > {NOW} ORDER BY customer_id",
                        marks(1, n)
                    );
                    let mut owners: HashMap<i64, i64> = HashMap::new();
                    for row in self.by_ids(sql, &ids).await? {
                        owners.insert(row.try_get(0)?, row.try_get(1)?);
                    }
                    let mut wanted: Vec<i64> = owners.values().copied().collect();
                    wanted.sort_unstable();
                    wanted.dedup();
                    // Always as many placeholders: one prepared statement.
                    while wanted.len() < PAGE && !wanted.is_empty() {
                        wanted.push(wanted[0]);
                    }
                    let sql = format!(
                        "SELECT id, kind, name, tier, region, may_own_customers, created_at, version FROM partner \
                         WHERE id IN ({}) ORDER BY id",
                        marks(1, wanted.len().max(1))
                    );
                    let mut partners: HashMap<i64, Partner> = HashMap::new();
                    for row in self.by_ids(sql, &wanted).await? {
                        let id: i64 = row.try_get(0)?;
                        partners.insert(id, Partner { id: encode("partner", id), name: row.try_get(2)? });
                    }
                    let sql = format!(
                        "SELECT customer_id, currency, {SUMS} FROM performance_line {} WHERE customer_id IN ({}) \
                         AND month = {} GROUP BY customer_id, currency ORDER BY customer_id, currency",
                        super::BY_CUSTOMER.$module,
                        marks(1, n),
                        MONTH.0
                    );
                    let mut sums: HashMap<i64, Vec<Sum>> = HashMap::new();
                    for row in self.by_ids(sql, &ids).await? {
                        let payments: i64 = row.try_get(5)?;
                        sums.entry(row.try_get(0)?).or_default().push(Sum {
                            currency_code: row.try_get(1)?,
                            counted: Amount::of(row.try_get(2)?),
                            not_counted: Amount::of(row.try_get(3)?),
                            payments: payments.to_string(),
                        });
                    }
                    for (node, id) in nodes.iter_mut().zip(&ids) {
                        node.current_partner = owners.get(id).and_then(|p| partners.get(p)).cloned();
                        node.performance = sums.remove(id).unwrap_or_default();
                    }
                    let key = (nodes.last().map(|n| &n.name), ids.last());
                    let end_cursor = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&("customers:NAME:ASC", key))?);
                    Ok(Customers { nodes, page_info: PageInfo { has_next_page, end_cursor } })
                }

                async fn line(&self, key: LineKey) -> Result<Line> {
                    let sql = "SELECT amount, payments FROM performance_line WHERE month = $1 AND bill_to_id = $2 \
                               AND partner_id = $3 AND customer_id = $4 AND origin_month = $1 AND mode = $5 \
                               AND product_id = $6 AND charging_mode = $7 AND currency = $8 AND reason = $9";
                    let row = sqlx::query(sql)
                        .bind(key.month)
                        .bind(key.bill_to_id)
                        .bind(key.partner_id)
                        .bind(key.customer_id)
                        .bind(key.mode)
                        .bind(key.product_id)
                        .bind(key.charging_mode)
                        .bind(&key.currency)
                        .bind(key.reason)
                        .fetch_one(&self.pool)
                        .await?;
                    let (amount, count): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
                    let sql = "SELECT rule_version, cash_coupon_counts FROM settlement_month WHERE month = $1";
                    let row = sqlx::query(sql).bind(key.month).fetch_one(&self.pool).await?;
                    let rule_version = row.try_get(0)?;
                    let sql = "SELECT policy FROM product_policy WHERE product_id = $1 AND month <= $2 \
                               ORDER BY month DESC LIMIT 1";
                    let row =
                        sqlx::query(sql).bind(key.product_id).bind(key.month).fetch_optional(&self.pool).await?;
                    let policy = row.map_or(Ok(0), |row| row.try_get::<i16, _>(0))?;
                    let sql = "SELECT c.internal, s.valid_from, s.valid_to, s.partner_id, s.mode, c.long_tail, \
                               p.kind, p.marketplace_name, l.valid_from, l.valid_to, l.distributor_id \
                               FROM customer c JOIN association s ON s.customer_id = c.id \
                               JOIN partner p ON p.id = s.partner_id LEFT JOIN distribution_link l ON l.reseller_id = p.id \
                               WHERE c.id = $1 ORDER BY s.valid_from";
                    let owners = sqlx::query(sql).bind(key.customer_id).fetch_all(&self.pool).await?;
                    let sql = "SELECT MAX(cut_off) FROM settlement_run WHERE month = $1 AND kind = 'FINAL'";
                    let _cut_off: Option<i64> =
                        sqlx::query(sql).bind(key.month).fetch_one(&self.pool).await?.try_get(0)?;
                    let rows = sqlx::query(crate::bare_line::PAYMENTS.$module)
                        .bind(key.month)
                        .bind(key.customer_id)
                        .bind(key.product_id)
                        .bind(key.charging_mode)
                        .bind(&key.currency)
                        .fetch_all(&self.pool)
                        .await?;
                    let mut nodes = Vec::new();
                    for row in &rows {
                        let (account, at): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
                        let fingerprint: Vec<u8> = row.try_get(3)?;
                        let mine = owners.iter().any(|o| {
                            let (from, to) = (o.get::<i64, _>(1), o.get::<i64, _>(2));
                            from <= at && at < to && o.get::<i64, _>(3) == key.partner_id
                        });
                        if mine && nodes.len() < 20 {
                            let id = format!("payment_{}", URL_SAFE_NO_PAD.encode([&account.to_be_bytes()[..], &at.to_be_bytes(), &fingerprint].concat()));
                            let consumed_at = entity::Timestamp(at).to_rfc3339();
                            nodes.push(Payment { id, consumed_at, payable: Amount::of(row.try_get(12)?) });
                        }
                    }
                    let payments = Payments { nodes };
                    let id = encode("line", key.customer_id);
                    let explanation = Explanation { rule_version, policy, correction: false, payments };
                    Ok(Line { id, counted: Amount::of(amount), payments: count.to_string(), explanation })
                }

                async fn create(&self, new: NewCustomer) -> Result<()> {
                    let sql = "INSERT INTO customer (id, name, internal, created_at, version) VALUES ($1, $2, $3, $4, 1)";
                    sqlx::query(sql).bind(new.id).bind(new.name).bind(false).bind(NOW).execute(&self.pool).await?;
                    Ok(())
                }
            }
        }
    };
}

bare!(postgres, sqlx::PgPool, sqlx::postgres::PgPoolOptions, postgres_options);
bare!(sqlite, sqlx::SqlitePool, sqlx::sqlite::SqlitePoolOptions, sqlite_options);

fn postgres_options(url: &str) -> anyhow::Result<sqlx::postgres::PgConnectOptions> {
    Ok(url.parse()?)
}

fn sqlite_options(url: &str) -> anyhow::Result<sqlx::sqlite::SqliteConnectOptions> {
    let options: sqlx::sqlite::SqliteConnectOptions = url.parse()?;
    Ok(options
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full)
        .busy_timeout(std::time::Duration::from_secs(10)))
}
