//! Payments as streams, for what reads very many of them: the audit, and recomputation of many customers.

use entity::{
    ChargeCategory, ChargingMode, CloudAccountId, ImportId, InvoiceId, Month, ProductId, Timestamp,
};
use sea_orm::DbBackend;

use super::classify::{Parts, Payment};
use super::credit_sql::Paying;
use super::fact::{Currencies, Fact, Part};
use crate::kernel::error::{Error, Result};
use crate::kernel::stream::{Reader, Row};

/// Columns that [`read`] takes.
const COLUMNS: &str = "p.version, p.month, p.account_id, p.product_id, p.charging_mode, p.currency, p.payable, p.import_id, p.line_no, p.invoice_id, \
    p.fingerprint, p.charge, \
    p.consumed_at, p.category, p.settled, i.paid_at IS NOT NULL, p.marketplace, p.cash, p.credit, p.voucher, \
    p.cash_coupon, p.stored_value_card, p.bonus, p.debt, p.write_off";
const FROM: &str = "consumption_payment p LEFT JOIN invoice i ON i.id = p.invoice_id";

/// Gives the payments of a month, or of all of them, to `each`: paid as credits paid them. Their order is that of the
/// database, but accounts with credits come last.
pub fn of_month(
    reader: &mut Reader,
    month: Option<Month>,
    part: Part,
    mut each: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<u64> {
    let numbers: Vec<i64> = month.iter().map(|month| i64::from(month.0)).collect();
    let of = if month.is_some() { "p.month = $1" } else { "1 = 1" };
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE {of}{}", part.condition("p.account_id"));
    let mut currencies = Currencies::default();
    let mut paying = Paying::of_month(reader, month, part)?;
    let rows = reader.each(&sql, &numbers, |row| paying.take(&read(row, &mut currencies)?, &mut each))?;
    paying.end(each)?;
    Ok(rows)
}

/// Gives the payments of some accounts in a month to `each`: paid as credits paid them.
pub fn of_accounts(
    reader: &mut Reader,
    month: Month,
    accounts: &[CloudAccountId],
    mut each: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<()> {
    let mut currencies = Currencies::default();
    let mut paying = Paying::of_month(reader, Some(month), Part::WHOLE)?;
    if reader.backend() == DbBackend::Sqlite {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE p.month = $1 AND p.account_id = $2");
        for account in accounts {
            let numbers = [month.0.into(), account.0];
            reader.each(&sql, &numbers, |row| paying.take(&read(row, &mut currencies)?, &mut each))?;
        }
        return paying.end(each);
    }
    let list: Vec<String> = accounts.iter().map(|account| account.0.to_string()).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE p.month = $1 AND p.account_id = ANY ('{{{}}}'::BIGINT[])",
        list.join(",")
    );
    reader.each(&sql, &[month.0.into()], |row| paying.take(&read(row, &mut currencies)?, &mut each))?;
    paying.end(each)
}

fn read<'a>(row: &mut Row<'a>, currencies: &mut Currencies) -> Result<Fact<'a>> {
    let version = row.int32()?;
    Ok(Fact {
        month: Month(row.int32()?),
        account: CloudAccountId(row.int()?),
        product_id: ProductId(row.int()?),
        charging_mode: {
            let code = row.code()?;
            ChargingMode::from_code(code).ok_or_else(|| Error::Invariant(format!("charging mode {code}")))?
        },
        currency: currencies.read(row)?,
        payable: row.int()?,
        import_id: ImportId(row.int()?),
        line_no: row.int()?,
        version,
        count: if version % 2 == 0 { -1 } else { 1 },
        invoice: row.optional()?.map(InvoiceId),
        charge: (
            row.bytes()?
                .try_into()
                .map_err(|_| Error::Invariant("a fingerprint is not 16 bytes long".into()))?,
            row.int32()?,
        ),
        payment: Payment {
            consumed_at: Timestamp(row.int()?),
            category: {
                let code = row.code()?;
                ChargeCategory::from_code(code)
                    .ok_or_else(|| Error::Invariant(format!("charge category {code}")))?
            },
            settled: row.flag()?,
            invoice_paid: row.flag()?,
            marketplace: row.text()?,
            undecided: false,
            parts: Parts {
                cash: row.int()?,
                credit: row.int()?,
                voucher: row.int()?,
                cash_coupon: row.int()?,
                stored_value_card: row.int()?,
                bonus: row.int()?,
                debt: row.int()?,
                write_off: row.int()?,
            },
        },
    })
}
