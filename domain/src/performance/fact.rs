//! Payments as streams, for what reads very many of them: the audit, and recomputation of many customers.

use entity::{ChargeCategory, ChargingMode, CloudAccountId, Currency, ImportId, Month, ProductId, Timestamp};
use sea_orm::DbBackend;

use super::classify::Owner;
use super::classify::{Parts, Payment, Split, classify};
use super::history::{CustomerHistory, History};
use crate::kernel::error::{Error, Result};
use crate::kernel::stream::{Reader, Row};

/// A payment as far as counting and its receipt need it. Its texts stand in the buffer of the reader.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The month of its bill.
    pub month: Month,
    /// Whose bill it stands on.
    pub account: CloudAccountId,
    /// The product.
    pub product_id: ProductId,
    /// How it was charged.
    pub charging_mode: ChargingMode,
    /// The currency.
    pub currency: Currency,
    /// Micros.
    pub payable: i64,
    /// Import that brought it.
    pub import_id: ImportId,
    /// Line of its file.
    pub line_no: i64,
    /// What it is judged by.
    pub payment: Payment<'a>,
}

/// What [`read`] takes.
const COLUMNS: &str = "p.month, p.account_id, p.product_id, p.charging_mode, p.currency, p.payable, p.import_id, p.line_no, \
    p.consumed_at, p.category, p.settled, i.paid_at IS NOT NULL, p.marketplace, p.cash, p.credit, p.voucher, \
    p.cash_coupon, p.stored_value_card, p.bonus, p.debt, p.write_off";
const FROM: &str = "consumption_payment p LEFT JOIN invoice i ON i.id = p.invoice_id";

/// A share of the rows, for several readers at once: those whose key leaves `index` when divided by `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 0.
    pub index: u32,
    /// How many parts there are.
    pub of: u32,
}

impl Part {
    /// Everything.
    pub const WHOLE: Self = Self { index: 0, of: 1 };

    /// The condition that `column`, a key, belongs to this part, to be put behind others.
    pub(crate) fn condition(self, column: &str) -> String {
        if self.of <= 1 {
            return String::new();
        }
        format!(" AND {column} % {} = {}", self.of, self.index)
    }
}

/// Gives the payments of a month, or of all of them, to `each`. Their order is that of the database.
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
    reader.each(&sql, &numbers, |row| each(&read(row, &mut currencies)?))
}

/// Gives the payments of some accounts in a month to `each`.
pub fn of_accounts(
    reader: &mut Reader,
    month: Month,
    accounts: &[CloudAccountId],
    mut each: impl FnMut(&Fact<'_>) -> Result<()>,
) -> Result<()> {
    let mut currencies = Currencies::default();
    if reader.backend() == DbBackend::Sqlite {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE p.month = $1 AND p.account_id = $2");
        for account in accounts {
            let numbers = [month.0.into(), account.0];
            reader.each(&sql, &numbers, |row| each(&read(row, &mut currencies)?))?;
        }
        return Ok(());
    }
    let list: Vec<String> = accounts.iter().map(|account| account.0.to_string()).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE p.month = $1 AND p.account_id = ANY ('{{{}}}'::BIGINT[])",
        list.join(",")
    );
    reader.each(&sql, &[month.0.into()], |row| each(&read(row, &mut currencies)?))?;
    Ok(())
}

fn read<'a>(row: &mut Row<'a>, currencies: &mut Currencies) -> Result<Fact<'a>> {
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

/// What a payment counts, and for whom, by what is known now.
pub fn judge(
    history: &History,
    customer: &CustomerHistory,
    fact: &Fact<'_>,
) -> Result<(Option<Owner>, Split)> {
    let owner = history.owner_at(customer, fact.payment.consumed_at);
    let rules = history.rules(customer, fact.product_id, fact.month);
    let split = classify(&fact.payment, owner.as_ref(), &rules)
        .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    Ok((owner, split))
}

/// Currencies are looked up in a list: neighbouring rows mostly have the same one.
#[derive(Debug, Default)]
pub(crate) struct Currencies(Option<Currency>);

impl Currencies {
    /// The currency in the next column.
    pub(crate) fn read(&mut self, row: &mut Row<'_>) -> Result<Currency> {
        let text = row.text()?.unwrap_or_default();
        if let Some(same) = self.0.filter(|last| last.as_str() == text) {
            return Ok(same);
        }
        let currency = text.parse().map_err(|_| Error::Invariant(format!("unknown currency {text}")))?;
        self.0 = Some(currency);
        Ok(currency)
    }
}
