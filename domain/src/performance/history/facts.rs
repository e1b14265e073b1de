//! What history rests on besides customers: partners with their links, product policies, rules of months.

use entity::{Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::{LOOKUP, PartnerFacts};
use crate::error::{Error, Result};
use crate::store::{placeholders, query};

pub(super) async fn load_partners<C: ConnectionTrait>(
    connection: &C,
) -> Result<FxHashMap<PartnerId, PartnerFacts>> {
    let mut partners = FxHashMap::default();
    for row in query(connection, "SELECT id, kind, marketplace_name FROM partner", []).await? {
        let kind: String = row.try_get_by_index(1)?;
        let kind =
            PartnerKind::from_name(&kind).ok_or_else(|| Error::Invariant(format!("partner kind {kind}")))?;
        let name: Option<String> = row.try_get_by_index(2)?;
        let facts = PartnerFacts { kind, marketplace_name: name.map(Into::into), links: Vec::new() };
        partners.insert(PartnerId(row.try_get_by_index(0)?), facts);
    }
    let sql =
        "SELECT reseller_id, valid_from, valid_to, distributor_id FROM distribution_link ORDER BY valid_from";
    for row in query(connection, sql, []).await? {
        let link = (
            Timestamp(row.try_get_by_index(1)?),
            Timestamp(row.try_get_by_index(2)?),
            PartnerId(row.try_get_by_index(3)?),
        );
        if let Some(partner) = partners.get_mut(&PartnerId(row.try_get_by_index(0)?)) {
            partner.links.push(link);
        }
    }
    Ok(partners)
}

/// A few partners with their links.
pub(super) async fn load_partners_of<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
) -> Result<FxHashMap<PartnerId, PartnerFacts>> {
    let mut partners: FxHashMap<PartnerId, PartnerFacts> = FxHashMap::default();
    for chunk in ids.chunks(LOOKUP) {
        let sql = format!(
            "SELECT p.id, p.kind, p.marketplace_name, l.valid_from, l.valid_to, l.distributor_id FROM partner p \
             LEFT JOIN distribution_link l ON l.reseller_id = p.id WHERE p.id IN {} ORDER BY l.valid_from",
            placeholders(1, chunk.len())
        );
        for row in query(connection, &sql, chunk.iter().map(|id| Value::from(*id))).await? {
            let kind: String = row.try_get_by_index(1)?;
            let kind = PartnerKind::from_name(&kind)
                .ok_or_else(|| Error::Invariant(format!("partner kind {kind}")))?;
            let name: Option<String> = row.try_get_by_index(2)?;
            let facts = PartnerFacts { kind, marketplace_name: name.map(Into::into), links: Vec::new() };
            let partner = partners.entry(PartnerId(row.try_get_by_index(0)?)).or_insert(facts);
            if let Some(from) = row.try_get_by_index::<Option<i64>>(3)? {
                let to = Timestamp(row.try_get_by_index(4)?);
                partner.links.push((Timestamp(from), to, PartnerId(row.try_get_by_index(5)?)));
            }
        }
    }
    Ok(partners)
}

pub(super) async fn load_coupon_rules<C: ConnectionTrait>(connection: &C) -> Result<FxHashMap<Month, bool>> {
    let rows = query(connection, "SELECT month, cash_coupon_counts FROM settlement_month", []).await?;
    rows.iter().map(|row| Ok((Month(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}

pub(super) type Policies = FxHashMap<ProductId, Vec<(Month, ProductPolicyKind)>>;

pub(super) async fn load_policies<C: ConnectionTrait>(connection: &C) -> Result<Policies> {
    let sql = "SELECT product_id, month, policy FROM product_policy ORDER BY month";
    read_policies(&query(connection, sql, []).await?)
}

pub(super) async fn load_policies_of<C: ConnectionTrait>(
    connection: &C,
    product: ProductId,
) -> Result<Policies> {
    let sql = "SELECT product_id, month, policy FROM product_policy WHERE product_id = $1 ORDER BY month";
    read_policies(&query(connection, sql, [product.0.into()]).await?)
}

pub(super) fn read_policies(rows: &[sea_orm::QueryResult]) -> Result<Policies> {
    let mut policies = Policies::default();
    for row in rows {
        let code: i16 = row.try_get_by_index(2)?;
        let policy = ProductPolicyKind::from_code(code)
            .ok_or_else(|| Error::Invariant(format!("product policy {code}")))?;
        let month = Month(row.try_get_by_index(1)?);
        policies.entry(ProductId(row.try_get_by_index(0)?)).or_default().push((month, policy));
    }
    Ok(policies)
}
