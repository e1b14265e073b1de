//! Names under which bills say that something is sold: the vendor's own, or a seller's of the marketplace. That is
//! decided by people, once for a name and all that is written like it; until then its payments wait as unclassified.

use entity::{SellerKind, SellerNameId, Timestamp, seller_name};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::company::names;
use super::{check_name, marks};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec, insert_rows};
use crate::kernel::text::cleaned;
use crate::kernel::write::{Begun, Context, Write};

/// A decision about a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decide {
    /// The name as bills write it; bills need not have named it yet.
    pub name: String,
    /// Owner of the name. UNDECIDED takes a decision back.
    pub kind: String,
}

/// Form by which names are compared: without case, width, signs, and the legal form at the end.
#[must_use]
pub fn normal(name: &str) -> String {
    names::key(name)
}

/// Every name, those first that nobody decided about.
pub async fn all(store: &Store) -> Result<Vec<seller_name::Model>> {
    let mut names =
        seller_name::Entity::find().order_by_asc(seller_name::Column::Name).all(store.db()).await?;
    names.sort_by_key(|row| row.kind != SellerKind::Undecided);
    Ok(names)
}

/// Decides whose a name is, with every other that is written like it: all their payments are counted anew.
pub async fn decide(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    mut input: Decide,
) -> Result<SellerNameId> {
    input.name = cleaned(input.name);
    check_name("name", &input.name)?;
    let kind =
        SellerKind::from_name(&input.kind).ok_or_else(|| Refusal::at("kind", Code::Invalid, &input.kind))?;
    let write = match Write::begin(store, context, "sellerNameDecide", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    write.tx().lock_history(true).await?;
    insert(store, orm, &[(input.name.as_str(), SellerKind::Undecided)], write.now).await?;
    let (by, at) = match kind {
        SellerKind::Undecided => (None, None),
        _ => (Some(write.actor().subject.clone()), Some(write.now.0)),
    };
    let sql = "UPDATE seller_name SET kind = $1, decided_by = $2, decided_at = $3 WHERE normal = $4";
    exec(orm, sql, [kind.name().into(), by.into(), at.into(), normal(&input.name).into()]).await?;
    count_anew(orm, &normal(&input.name), write.now).await?;
    let row = seller_name::Entity::find().filter(seller_name::Column::Name.eq(&input.name)).one(orm).await?;
    let id = row.ok_or_else(|| Error::Invariant("a name that was made is not there".into()))?.id;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// A name is a seller's, as a partner or a column of a bill says: what was undecided about it is decided.
pub(crate) async fn named<C: ConnectionTrait>(connection: &C, name: &str, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE seller_name SET kind = 'SELLER', decided_at = $1 WHERE normal = $2 AND kind = 'UNDECIDED'";
    exec(connection, sql, [now.0.into(), normal(name).into()]).await?;
    count_anew(connection, &normal(name), now).await
}

/// Puts names down that bills named, each with what is known of whose it is. A name that is written like a decided one
/// is decided like it.
pub(crate) async fn insert<C: ConnectionTrait>(
    store: &Store,
    connection: &C,
    names: &[(&str, SellerKind)],
    now: Timestamp,
) -> Result<()> {
    let values = names.iter().flat_map(|(name, kind)| {
        [
            sea_orm::Value::from(store.ids.next(now)),
            (*name).into(),
            normal(name).into(),
            kind.name().into(),
            now.0.into(),
        ]
    });
    let head = "INSERT INTO seller_name (id, name, normal, kind, created_at)";
    insert_rows(connection, head, 5, values.collect(), "ON CONFLICT DO NOTHING").await?;
    let like = "UPDATE seller_name SET kind = (SELECT MIN(d.kind) FROM seller_name d \
                WHERE d.normal = seller_name.normal AND d.kind <> 'UNDECIDED') \
                WHERE kind = 'UNDECIDED' AND name = $1 AND EXISTS (SELECT 1 FROM seller_name d \
                WHERE d.normal = seller_name.normal AND d.kind <> 'UNDECIDED')";
    for (name, _) in names {
        exec(connection, like, [(*name).into()]).await?;
    }
    Ok(())
}

/// Marks all customers with payments under names of this form, and makes caches of history stale.
async fn count_anew<C: ConnectionTrait>(connection: &C, normal: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) SELECT DISTINCT a.customer_id, p.month, $1 \
               FROM seller_name n JOIN consumption_payment p ON p.marketplace = n.name \
               JOIN cloud_account a ON a.id = p.account_id \
               WHERE n.normal = $2 AND p.marketplace IS NOT NULL AND a.customer_id IS NOT NULL ON CONFLICT DO NOTHING";
    exec(connection, sql, [now.0.into(), normal.into()]).await?;
    marks::bump(connection).await
}
