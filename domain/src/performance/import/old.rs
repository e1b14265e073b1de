//! A payment that is taken back, as it is written: all its amounts with the other sign.

use entity::{
    ChargeCategory, ChargingMode, CloudAccountId, Columns, Currency, DetailType, ImportId, InvoiceId, Month,
    ProductId, Timestamp,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::pairing::Seat;
use super::standing_sql::Standing;
use crate::kernel::bulk::{Cells, Row};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{join_from_keys, many_placeholders, query};
use crate::performance::classify::Parts;

/// Payments of one look-up statement.
const LOOKUP: usize = 500;

/// A payment as it stands.
#[derive(Clone, Debug, Columns)]
#[columns(table = "p")]
pub(super) struct Old {
    pub(super) month: Month,
    pub(super) account_id: CloudAccountId,
    pub(super) consumed_at: Timestamp,
    pub(super) fingerprint: Vec<u8>,
    pub(super) occurrence: i32,
    pub(super) content: i64,
    pub(super) settled: bool,
    pub(super) charging_mode: ChargingMode,
    pub(super) detail_type: DetailType,
    pub(super) category: ChargeCategory,
    pub(super) correction: bool,
    pub(super) product_id: ProductId,
    pub(super) region: String,
    pub(super) currency: Currency,
    pub(super) official: i64,
    pub(super) discount: i64,
    pub(super) truncated: i64,
    pub(super) payable: i64,
    #[columns(row)]
    pub(super) parts: Parts,
    pub(super) invoice_id: Option<InvoiceId>,
    pub(super) marketplace: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) corrects_external_id: Option<String>,
}

impl Old {
    /// Parts of the payment, with the other sign.
    pub(super) const fn taken_back(&self) -> Parts {
        let p = &self.parts;
        Parts {
            cash: -p.cash,
            credit: -p.credit,
            voucher: -p.voucher,
            cash_coupon: -p.cash_coupon,
            stored_value_card: -p.stored_value_card,
            bonus: -p.bonus,
            debt: -p.debt,
            write_off: -p.write_off,
        }
    }
}

/// The payments of `keys`, whole, in their order.
pub(super) async fn whole<C: ConnectionTrait>(connection: &C, keys: &[&Standing]) -> Result<Vec<Old>> {
    type Named = (i32, i64, i64, Vec<u8>, i32);
    let mut found: FxHashMap<Named, Old> = FxHashMap::default();
    for some in keys.chunks(LOOKUP) {
        let sql = format!(
            "WITH k (month, account, at, print, number) AS (VALUES {}) SELECT {} FROM k {} consumption_payment p \
             ON p.month = k.month AND p.account_id = k.account AND p.consumed_at = k.at \
             AND p.fingerprint = k.print AND p.occurrence = k.number",
            many_placeholders(connection, some.len(), 5),
            Old::list(),
            join_from_keys(connection)
        );
        let values = some.iter().flat_map(|s| {
            [
                Value::from(s.month.0),
                s.account.0.into(),
                s.key.0.0.into(),
                s.key.1.to_vec().into(),
                s.occurrence.into(),
            ]
        });
        for row in query(connection, &sql, values).await? {
            let old = Old::of(&row)?;
            let named =
                (old.month.0, old.account_id.0, old.consumed_at.0, old.fingerprint.clone(), old.occurrence);
            found.insert(named, old);
        }
    }
    let missing = || Error::Invariant("a payment that stood is not there any more".into());
    keys.iter()
        .map(|s| {
            let named = (s.month.0, s.account.0, s.key.0.0, s.key.1.to_vec(), s.occurrence);
            found.remove(&named).ok_or_else(missing)
        })
        .collect()
}

/// A payment that takes another back.
#[derive(Debug)]
pub struct BackRow {
    /// The import that does.
    pub(super) import: ImportId,
    /// Line of the row that replaces it, below zero.
    pub(super) line_no: i64,
    pub(super) old: Old,
    pub(super) seat: Seat,
}

impl Row for BackRow {
    const TABLE: &'static str = super::rows::PaymentRow::TABLE;
    const COLUMNS: &'static str = super::rows::PaymentRow::COLUMNS;
    const WIDTH: usize = super::rows::PaymentRow::WIDTH;
    const CONFLICT: &'static str = "";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        let (old, parts) = (&self.old, self.old.taken_back());
        cells.i32(old.month.0)?;
        cells.i64(old.account_id.0)?;
        cells.i64(old.consumed_at.0)?;
        cells.bytes(&old.fingerprint)?;
        cells.i32(self.seat.occurrence)?;
        cells.i32(self.seat.charge)?;
        cells.i32(self.seat.version)?;
        cells.i64(old.content)?;
        cells.i64(self.import.0)?;
        cells.i64(self.line_no)?;
        cells.bool(old.settled)?;
        cells.i16(old.charging_mode.code())?;
        cells.i16(old.detail_type.code())?;
        cells.i16(old.category.code())?;
        cells.bool(old.correction)?;
        cells.i64(old.product_id.0)?;
        cells.text(Some(&old.region))?;
        cells.text(Some(old.currency.as_str()))?;
        for amount in [-old.official, -old.discount, -old.truncated, -old.payable] {
            cells.i64(amount)?;
        }
        for part in [
            parts.cash,
            parts.credit,
            parts.voucher,
            parts.cash_coupon,
            parts.stored_value_card,
            parts.bonus,
            parts.debt,
            parts.write_off,
        ] {
            cells.i64(part)?;
        }
        cells.maybe_i64(old.invoice_id.map(|i| i.0))?;
        cells.text(old.marketplace.as_deref())?;
        cells.text(old.external_id.as_deref())?;
        cells.text(old.corrects_external_id.as_deref())
    }
}
