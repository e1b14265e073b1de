//! The routing of opportunities to offices: nobody is asked, the customer says it (docs/domain.md,
//! "Opportunities"; line 12).

use entity::{OfficeId, RouteKind, opportunity};
use sea_orm::ConnectionTrait;

use crate::kernel::error::Result;
use crate::kernel::store::query_one;
use crate::programme::company::places::place;

/// Finds the office and says why: the one that owns the customer, if the vendor knows it; else that of the customer's
/// city or province; where none matches, or nobody works there, a coordinator finds one.
pub(in crate::opportunity) async fn route<C: ConnectionTrait>(
    connection: &C,
    row: &mut opportunity::Model,
) -> Result<()> {
    let (office, kind, detail) = match owning(connection, row).await? {
        Some((office, customer)) => (Some(office), RouteKind::ExistingCustomer, customer),
        None => match of_place(connection, row).await? {
            Some((office, area)) => (Some(office), RouteKind::CustomerLocation, area),
            None => {
                (None, RouteKind::Coordinator, format!("{} {}", row.province, row.city).trim().to_owned())
            }
        },
    };
    (row.office_id, row.route, row.route_detail) = (office, Some(kind), Some(detail));
    Ok(())
}

/// The office with people that owns the customer, with the customer's name.
async fn owning<C: ConnectionTrait>(
    connection: &C,
    row: &opportunity::Model,
) -> Result<Option<(OfficeId, String)>> {
    // Companies of one name with two credit codes are two customers.
    let sql = "SELECT p.office_id, p.legal_name FROM customer_profile p WHERE (p.customer_id = $1 OR p.credit_code = $2 \
               OR (p.name_key = $3 AND (p.credit_code IS NULL OR COALESCE($2, p.credit_code) = p.credit_code))) AND p.office_id IN (SELECT office_id FROM office_member) \
               ORDER BY CASE WHEN p.customer_id = $1 THEN 0 WHEN p.credit_code = $2 THEN 1 ELSE 2 END, p.customer_id LIMIT 1";
    let values =
        [row.customer_id.map(|id| id.0).into(), row.credit_code.clone().into(), row.name_key.as_str().into()];
    let found = query_one(connection, sql, values).await?;
    found.map(|row| Ok((OfficeId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).transpose()
}

/// The office with people of the city, else of the province, with the name of the area.
async fn of_place<C: ConnectionTrait>(
    connection: &C,
    row: &opportunity::Model,
) -> Result<Option<(OfficeId, String)>> {
    let sql = "SELECT office_id, province, city FROM office_area WHERE province = $1 AND city IN ($2, '') \
               AND office_id IN (SELECT office_id FROM office_member) ORDER BY city DESC LIMIT 1";
    let found = query_one(connection, sql, [place(&row.province).into(), place(&row.city).into()]).await?;
    let Some(found) = found else { return Ok(None) };
    let (province, city): (String, String) = (found.try_get_by_index(1)?, found.try_get_by_index(2)?);
    Ok(Some((OfficeId(found.try_get_by_index(0)?), format!("{province} {city}").trim().to_owned())))
}
