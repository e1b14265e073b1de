//! Products that rows name: a service in a class is a product. So the class that rates go by is that of each charge,
//! whichever row of the service came first.

use entity::{ProductId, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, exec, insert_rows, join_from_keys, many_placeholders, query, query_one};
use crate::programme::marks;
use crate::source::SourceRow;

/// Products of one look-up statement.
const LOOKUP: usize = 500;

/// Provider, code and class.
type Name = (String, String, String);
/// Products of a code by class: mostly one.
type ByClass = Vec<(Box<str>, ProductId)>;

/// Products by provider, code and class, found without building a key.
#[derive(Debug, Default)]
pub(super) struct Products {
    by_provider: FxHashMap<String, FxHashMap<Box<str>, ByClass>>,
    pub(super) length: usize,
}

impl Products {
    /// The product of a row, if it is known.
    pub(super) fn of(&self, row: &SourceRow) -> Option<ProductId> {
        let classes = self.by_provider.get(&*row.provider)?.get(&*row.product_code)?;
        classes.iter().find(|(class, _)| **class == *row.product_class).map(|(_, id)| *id)
    }

    fn insert(&mut self, (provider, code, class): Name, id: ProductId) {
        self.length += 1;
        let codes = self.by_provider.entry(provider).or_default();
        codes.entry(code.into()).or_default().push((class.into(), id));
    }

    /// Makes sure that the products of `rows` are known; makes those that no row named before.
    pub(super) async fn learn(
        &mut self,
        store: &Store,
        rows: &[Box<SourceRow>],
        now: Timestamp,
    ) -> Result<()> {
        let unknown = rows.iter().filter(|row| self.of(row).is_none());
        let mut wanted: Vec<(Name, &str)> = unknown
            .map(|r| {
                (
                    (r.provider.to_string(), r.product_code.to_string(), r.product_class.to_string()),
                    &*r.product_name,
                )
            })
            .collect();
        wanted.sort_by(|a, b| a.0.cmp(&b.0));
        wanted.dedup_by(|a, b| a.0 == b.0);
        let names: Vec<Name> = wanted.iter().map(|(name, _)| name.clone()).collect();
        self.find(store, &names).await?;
        wanted.retain(|(name, _)| self.get(name).is_none());
        if wanted.is_empty() {
            return Ok(());
        }
        make(store, &wanted, now).await?;
        let names: Vec<Name> = wanted.into_iter().map(|(name, _)| name).collect();
        self.find(store, &names).await?;
        let missing = || Error::Invariant("a product that was made is not there".into());
        names.iter().try_for_each(|name| self.get(name).map(|_| ()).ok_or_else(missing))
    }

    fn get(&self, (provider, code, class): &Name) -> Option<ProductId> {
        let classes = self.by_provider.get(provider)?.get(code.as_str())?;
        classes.iter().find(|(known, _)| **known == **class).map(|(_, id)| *id)
    }

    async fn find(&mut self, store: &Store, names: &[Name]) -> Result<()> {
        let connection = store.db();
        for chunk in names.chunks(LOOKUP) {
            let sql = format!(
                "WITH k (provider, code, class) AS (VALUES {}) SELECT t.provider, t.code, t.class, t.id \
                 FROM k {} product t ON t.provider = k.provider AND t.code = k.code AND t.class = k.class",
                many_placeholders(connection, chunk.len(), 3),
                join_from_keys(connection)
            );
            let values = chunk.iter().flat_map(|(a, b, c)| {
                [a.as_str().into(), b.as_str().into(), c.as_str().into()] as [Value; 3]
            });
            for row in query(connection, &sql, values).await? {
                self.insert(name(&row)?, ProductId(row.try_get_by_index(3)?));
            }
        }
        Ok(())
    }
}

fn name(row: &QueryResult) -> Result<Name> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
}

/// Says whether anything was said of the services of `wanted` in other classes.
async fn siblings<C: ConnectionTrait>(connection: &C, wanted: &[(Name, &str)]) -> Result<bool> {
    let sql = "SELECT 1 FROM product o WHERE o.provider = $1 AND o.code = $2 AND \
               (EXISTS (SELECT 1 FROM product_policy s WHERE s.product_id = o.id) \
               OR EXISTS (SELECT 1 FROM marketplace_category s WHERE s.product_id = o.id)) LIMIT 1";
    for ((provider, code, _), _) in wanted {
        if query_one(connection, sql, [provider.as_str().into(), code.as_str().into()]).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn make(store: &Store, wanted: &[(Name, &str)], now: Timestamp) -> Result<()> {
    let tx = store.begin().await?;
    let said = siblings(tx.orm(), wanted).await?;
    if said {
        tx.lock_history(true).await?;
    }
    let new = |((provider, code, class), name): &(Name, &str)| {
        [
            Value::from(store.ids.next(now)),
            provider.as_str().into(),
            code.as_str().into(),
            (*name).into(),
            class.as_str().into(),
            now.0.into(),
        ]
    };
    let values: Vec<Value> = wanted.iter().flat_map(new).collect();
    let head = "INSERT INTO product (id, provider, code, name, class, created_at)";
    insert_rows(tx.orm(), head, 6, values, "ON CONFLICT DO NOTHING").await?;
    if said {
        for (name, _) in wanted {
            take_over(tx.orm(), name).await?;
        }
        marks::bump(tx.orm()).await?;
    }
    tx.commit().await
}

/// Lets what was said of a service hold in a class in which it is new, too.
async fn take_over<C: ConnectionTrait>(connection: &C, (provider, code, class): &Name) -> Result<()> {
    let of = "FROM product n JOIN product o ON o.provider = n.provider AND o.code = n.code AND o.id <> n.id";
    let new = "WHERE n.provider = $1 AND n.code = $2 AND n.class = $3 AND NOT EXISTS";
    let policies = format!(
        "INSERT INTO product_policy (product_id, month, policy, changed_at) \
         SELECT n.id, s.month, MIN(s.policy), MIN(s.changed_at) {of} \
         JOIN product_policy s ON s.product_id = o.id {new} \
         (SELECT 1 FROM product_policy m WHERE m.product_id = n.id) GROUP BY n.id, s.month"
    );
    let categories = format!(
        "INSERT INTO marketplace_category (product_id, category, changed_at) \
         SELECT n.id, MIN(s.category), MIN(s.changed_at) {of} \
         JOIN marketplace_category s ON s.product_id = o.id {new} \
         (SELECT 1 FROM marketplace_category m WHERE m.product_id = n.id) GROUP BY n.id"
    );
    for sql in [policies, categories] {
        exec(connection, &sql, [provider.as_str().into(), code.as_str().into(), class.as_str().into()])
            .await?;
    }
    Ok(())
}
