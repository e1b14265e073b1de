//! Payments that stand already where the rows of a batch would go: read as a stream, account by account.

use entity::{CloudAccountId, ImportId, InvoiceId, Month, Timestamp};
use rustc_hash::FxHashSet;
use sea_orm::DbBackend;

use crate::kernel::error::{Error, Result};
use crate::kernel::stream::{Reader, Row};

/// Accounts of one statement on PostgreSQL.
const WINDOWS: usize = 1_000;
/// Columns that are read of a payment.
const COLUMNS: &str = "p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence, p.charge, p.version, \
    p.content, p.settled, p.invoice_id, p.import_id, p.external_id";

/// Instant at which a charge was consumed, and its natural key: rows of an account that share them are told apart by their count.
pub(super) type Key = (Timestamp, [u8; 16]);

/// A payment that stands, as far as a re-export is compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) month: Month,
    pub(super) account: CloudAccountId,
    pub(super) key: Key,
    /// Number among all payments of the key, versions included.
    pub(super) occurrence: i32,
    /// Number among the charges of the key.
    pub(super) charge: i32,
    /// Odd: what is said of the charge; even: that the version before is taken back.
    pub(super) version: i32,
    /// Digest of what is said.
    pub(super) content: i64,
    pub(super) settled: bool,
    pub(super) invoice: Option<InvoiceId>,
    pub(super) import: ImportId,
    pub(super) external_id: Option<Box<str>>,
}

impl Standing {
    /// `true` for the last word on a charge that was taken back.
    pub(super) const fn is_gone(&self) -> bool {
        self.version % 2 == 0
    }
}

/// An account's payments of a month to be read.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) month: Month,
    pub(super) account: CloudAccountId,
    /// The first and the last instant of consumption.
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    /// The provider's own ids of rows: payments that bear one of them are wanted whenever they were consumed.
    pub(super) ids: FxHashSet<Box<str>>,
}

/// The payments that stand in `windows`, and all those that share a key with one of them.
pub(super) fn standing(reader: &mut Reader, windows: &[Window]) -> Result<Vec<Standing>> {
    let (with_ids, plain): (Vec<_>, Vec<_>) = windows.iter().partition(|window| !window.ids.is_empty());
    let mut found = Vec::new();
    let spans: Vec<_> = plain.iter().map(|w| (w.month, w.account, w.from, w.to)).collect();
    read(reader, &spans, |payment| found.push(payment))?;
    for window in with_ids {
        let whole = [(window.month, window.account, Timestamp(i64::MIN), Timestamp(i64::MAX))];
        let within = |at: Timestamp| window.from <= at && at <= window.to;
        let mut elsewhere: FxHashSet<Key> = FxHashSet::default();
        read(reader, &whole, |payment| {
            if within(payment.key.0) {
                found.push(payment);
            } else if payment.external_id.as_ref().is_some_and(|id| window.ids.contains(id)) {
                elsewhere.insert(payment.key);
            }
        })?;
        if !elsewhere.is_empty() {
            read(reader, &whole, |payment| {
                if elsewhere.contains(&payment.key) {
                    found.push(payment);
                }
            })?;
        }
    }
    Ok(found)
}

type Span = (Month, CloudAccountId, Timestamp, Timestamp);

fn read(reader: &mut Reader, spans: &[Span], mut each: impl FnMut(Standing)) -> Result<()> {
    if reader.backend() == DbBackend::Sqlite {
        let sql = format!(
            "SELECT {COLUMNS} FROM consumption_payment p \
             WHERE p.month = $1 AND p.account_id = $2 AND p.consumed_at BETWEEN $3 AND $4"
        );
        for (month, account, from, to) in spans {
            let numbers = [month.0.into(), account.0, from.0, to.0];
            reader.each(&sql, &numbers, |row| take(row).map(&mut each))?;
        }
        return Ok(());
    }
    for some in spans.chunks(WINDOWS) {
        let keys: Vec<String> = some
            .iter()
            .map(|(month, account, from, to)| {
                format!(
                    "({}, {}::BIGINT, {}::BIGINT, {}::BIGINT)",
                    month.0,
                    quoted(account.0),
                    quoted(from.0),
                    quoted(to.0)
                )
            })
            .collect();
        // The offset keeps the planner, which knows nothing of the list, from reading all payments.
        let sql = format!(
            "SELECT {COLUMNS} FROM (VALUES {}) k (month, account, since, until) CROSS JOIN LATERAL \
             (SELECT * FROM consumption_payment q WHERE q.month = k.month AND q.account_id = k.account \
             AND q.consumed_at BETWEEN k.since AND k.until OFFSET 0) p",
            keys.join(", ")
        );
        reader.each(&sql, &[], |row| take(row).map(&mut each))?;
    }
    Ok(())
}

/// A number as a literal that may be below zero: the least one is none without its quotes.
fn quoted(number: i64) -> String {
    format!("'{number}'")
}

fn take(row: &mut Row<'_>) -> Result<Standing> {
    let torn = || Error::Invariant("a fingerprint is not 16 bytes long".into());
    Ok(Standing {
        month: Month(row.int32()?),
        account: CloudAccountId(row.int()?),
        key: (Timestamp(row.int()?), row.bytes()?.try_into().map_err(|_| torn())?),
        occurrence: row.int32()?,
        charge: row.int32()?,
        version: row.int32()?,
        content: row.int()?,
        settled: row.flag()?,
        invoice: row.optional()?.map(InvoiceId),
        import: ImportId(row.int()?),
        external_id: row.text()?.map(Into::into),
    })
}
