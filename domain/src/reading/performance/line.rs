//! Performance lines.

use entity::{AssociationMode, Columns};
use sea_orm::Value;

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders};
use crate::performance::line::LineSum;
use crate::performance::refs::LineRef;
use crate::reading::list::listing::Listing;
use crate::reading::list::page::Key;
use crate::reading::list::predicate::Predicate;

/// A line with its id.
#[derive(Clone, Copy, Debug, Columns)]
pub struct Line {
    /// Its key, which is its id.
    #[columns(row)]
    pub reference: LineRef,
    /// What it says.
    #[columns(row)]
    pub sum: LineSum,
}

/// The key of the table, in its order.
pub const KEYS: [Key; 10] = [
    Key::int("month"),
    Key::int("bill_to_id"),
    Key::int("partner_id"),
    Key::int("customer_id"),
    Key::int("origin_month"),
    Key::int("mode"),
    Key::int("product_id"),
    Key::int("charging_mode"),
    Key::text("currency"),
    Key::int("reason"),
];

/// The lines a caller sees: one's own performance, and what rolls up to one.
#[must_use]
pub fn list(scope: Scope) -> Listing<Line> {
    Listing::of("performance_line", scope.lines(1))
}

/// The lines with these references, those the caller sees.
pub async fn by_refs(store: &Store, scope: Scope, refs: &[LineRef]) -> Result<Vec<Line>> {
    let columns = KEYS.map(|key| key.column).join(", ");
    let one = |line: &LineRef| {
        let (key, list) = (&line.key, placeholders(1, KEYS.len()));
        let values: Vec<Value> = vec![
            line.month.0.into(),
            key.bill_to_id.0.into(),
            key.partner_id.0.into(),
            line.customer_id.0.into(),
            key.origin_month.0.into(),
            key.mode.map_or(0, AssociationMode::code).into(),
            key.product_id.0.into(),
            key.charging_mode.code().into(),
            key.currency.into(),
            key.reason.code().into(),
        ];
        Predicate::new(format!("({columns}) = {list}"), values)
    };
    list(scope).all(store, Predicate::any(refs.iter().map(one)), &columns).await
}
