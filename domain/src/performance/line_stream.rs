//! Kept lines as streams, for the audit and for recomputation of many customers.

use entity::{AssociationMode, ChargingMode, CustomerId, Month, PartnerId, ProductId, Reason};
use sea_orm::DbBackend;

use super::fact::{Currencies, Part};
use super::line::{KEY_COLUMNS, LineKey, LineSum};
use crate::kernel::error::{Error, Result};
use crate::kernel::stream::{Reader, Row};

/// A kept line.
#[derive(Clone, Copy, Debug)]
pub struct KeptLine {
    /// The month it is posted in.
    pub month: Month,
    /// The customer.
    pub customer_id: CustomerId,
    /// What it is about.
    pub key: LineKey,
    /// What it says.
    pub sum: LineSum,
}

/// Which lines.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// Those posted in a month.
    PostedIn(Month),
    /// Those of a month of origin that were posted after it: corrections.
    PostedAfter(Month),
}

/// Gives lines to `each`. Their order is that of the database.
pub fn lines(
    reader: &mut Reader,
    which: Which,
    part: Part,
    mut each: impl FnMut(&KeptLine) -> Result<()>,
) -> Result<u64> {
    let (condition, month) = match which {
        Which::PostedIn(month) => ("month = $1", month),
        Which::PostedAfter(month) => ("month > $1 AND origin_month = $1", month),
    };
    let sql = format!("{} WHERE {condition}{}", select(), part.condition("customer_id"));
    let mut currencies = Currencies::default();
    reader.each(&sql, &[month.0.into()], |row| each(&read(row, &mut currencies)?))
}

/// Gives the lines of some customers and a month of origin, wherever posted, to `each`.
pub fn lines_of_customers(
    reader: &mut Reader,
    origin: Month,
    customers: &[CustomerId],
    mut each: impl FnMut(&KeptLine) -> Result<()>,
) -> Result<()> {
    let mut currencies = Currencies::default();
    if reader.backend() == DbBackend::Sqlite {
        // The plus keeps SQLite, which guesses without statistics, from reading the whole month for one customer.
        let sql = format!("{} WHERE customer_id = $1 AND +month >= $2 AND +origin_month = $2", select());
        for customer in customers {
            let numbers = [customer.0, origin.0.into()];
            reader.each(&sql, &numbers, |row| each(&read(row, &mut currencies)?))?;
        }
        return Ok(());
    }
    let list: Vec<String> = customers.iter().map(|customer| customer.0.to_string()).collect();
    let sql = format!(
        "{} WHERE origin_month = $1 AND month >= $1 AND customer_id = ANY ('{{{}}}'::BIGINT[])",
        select(),
        list.join(",")
    );
    reader.each(&sql, &[origin.0.into()], |row| each(&read(row, &mut currencies)?))?;
    Ok(())
}

fn select() -> String {
    format!("SELECT month, customer_id, {KEY_COLUMNS}, amount, payments FROM performance_line")
}

fn read(row: &mut Row<'_>, currencies: &mut Currencies) -> Result<KeptLine> {
    Ok(KeptLine {
        month: Month(row.int32()?),
        customer_id: CustomerId(row.int()?),
        key: LineKey {
            origin_month: Month(row.int32()?),
            partner_id: PartnerId(row.int()?),
            bill_to_id: PartnerId(row.int()?),
            mode: AssociationMode::from_code(row.code()?),
            product_id: ProductId(row.int()?),
            charging_mode: {
                let code = row.code()?;
                ChargingMode::from_code(code)
                    .ok_or_else(|| Error::Invariant(format!("charging mode {code}")))?
            },
            currency: currencies.read(row)?,
            reason: {
                let code = row.code()?;
                Reason::from_code(code).ok_or_else(|| Error::Invariant(format!("reason {code}")))?
            },
        },
        sum: LineSum { amount: row.int()?, payments: row.int()? },
    })
}
