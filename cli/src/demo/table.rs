//! Tables that show the results of the demonstration.

use std::io::Write;

use domain::Store;
use entity::{Month, settlement_month};
use sea_orm::{EntityTrait, QueryOrder};

use crate::print::report;

/// Prints the months with what they brought each partner, and what did not count.
pub(crate) async fn print(
    store: &Store,
    months: &[Month],
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let rows = settlement_month::Entity::find()
        .order_by_asc(settlement_month::Column::Month)
        .all(store.db())
        .await?;
    for row in rows.iter().filter(|row| months.contains(&row.month)) {
        writeln!(out, "\n{} is {}:", row.month, row.state.name())?;
        writeln!(out, "{}", report::partners(store, row.month).await?)?;
        writeln!(out, "{}", report::rest(store, row.month).await?)?;
    }
    Ok(())
}
