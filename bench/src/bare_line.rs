//! A performance line in the JSON of the bare handler.

use serde::Serialize;

use crate::bare::Amount;
use crate::bare_sql::Each;

/// The columns of a payment, as the API reads them.
macro_rules! columns {
    () => {
        "SELECT p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence, \
         p.detail_type, p.category, p.correction, p.region, p.official, p.discount, p.truncated, p.payable, p.cash, \
         p.credit, p.voucher, p.cash_coupon, p.stored_value_card, p.bonus, p.debt, p.write_off, p.settled, i.paid_at, \
         p.marketplace, p.import_id, p.line_no, a.customer_id, \
         (SELECT b.created_at FROM bill_import b WHERE b.id = p.import_id) "
    };
}
/// Twice as many payments as are shown and one more, as the API asks for them.
macro_rules! page {
    () => {
        "ORDER BY p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence LIMIT 42"
    };
}
/// Those that may stand behind a line.
macro_rules! condition {
    () => {
        "p.month = $1 AND p.product_id = $3 AND p.charging_mode = $4 AND p.currency = $5"
    };
}

/// The payments behind a line, by the statements of the API.
pub(crate) const PAYMENTS: Each = Each {
    postgres: concat!(
        columns!(),
        "FROM cloud_account a CROSS JOIN LATERAL (SELECT p.* FROM consumption_payment p WHERE ",
        condition!(),
        " AND p.account_id = a.id ",
        page!(),
        ") p LEFT JOIN invoice i ON i.id = p.invoice_id WHERE a.customer_id = $2 ",
        page!()
    ),
    sqlite: concat!(
        columns!(),
        "FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
         LEFT JOIN invoice i ON i.id = p.invoice_id WHERE ",
        condition!(),
        " AND a.customer_id = $2 AND p.account_id IN (SELECT id FROM cloud_account WHERE customer_id = $2) ",
        page!()
    ),
};

#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) counted: Amount,
    pub(crate) payments: String,
    pub(crate) explanation: Explanation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Explanation {
    pub(crate) rule_version: i32,
    pub(crate) policy: i16,
    pub(crate) correction: bool,
    pub(crate) payments: Payments,
}

#[derive(Debug, Serialize)]
pub(crate) struct Payments {
    pub(crate) nodes: Vec<Payment>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) consumed_at: String,
    pub(crate) payable: Amount,
}
