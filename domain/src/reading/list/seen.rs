//! Conditions that name what the caller sees, before it is known who asks.
//!
//! A filter is written once for everybody. Where it compares with the id of something, or looks into a relation, it says
//! so by a name in braces, and [`Predicate::seen_by`] puts in what the scope makes of it. So an id that the caller does not
//! see finds what an unknown one finds: nothing; and no filter looks into a relation of others.

use super::predicate::Predicate;
use crate::kernel::scope::{Condition, Scope};

/// The nouns that ids in filters name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// A partner of the vendor.
    Partner,
    /// A customer of anybody.
    Customer,
    /// An account of a customer.
    Account,
    /// An invoice of the vendor.
    Invoice,
    /// Something that only the vendor's staff see.
    Vendors,
    /// Something that whoever sees the row sees too.
    Rows,
}

/// Makes what a name stands for of the scope, the column behind the name and the number of the first placeholder.
type Named = fn(Scope, &str, usize) -> Condition;

/// Names of what a scope makes a condition or a table of: how it begins, and what it becomes; what stands behind it up to
/// the closing brace is the column.
const NAMES: [(&str, Named); 7] = [
    ("{partner:", Scope::partners),
    ("{customer:", Scope::customers),
    ("{account:", accounts),
    ("{invoice:", Scope::invoices),
    ("{vendors:", vendors),
    ("{associations", |scope, _, n| scope.associations(n)),
    ("{links", |scope, _, n| scope.links(n)),
];

fn accounts(scope: Scope, column: &str, n: usize) -> Condition {
    let (seen, values) = scope.accounts("v", n);
    match scope {
        Scope::All => (seen, values),
        _ => (
            format!("{column} IN (SELECT v.id FROM cloud_account v WHERE v.id = {column} AND {seen})"),
            values,
        ),
    }
}

fn vendors(scope: Scope, _: &str, _: usize) -> Condition {
    let all = matches!(scope, Scope::All);
    (if all { "1 = 1" } else { "1 = 0" }.into(), vec![])
}

impl Predicate {
    /// The key in `column` is one of `keys`, each of which names a `noun` that the caller sees.
    #[must_use]
    pub fn names(noun: Noun, column: &str, keys: Vec<sea_orm::Value>) -> Self {
        let seen = match noun {
            Noun::Partner => "partner",
            Noun::Customer => "customer",
            Noun::Account => "account",
            Noun::Invoice => "invoice",
            Noun::Vendors => "vendors",
            Noun::Rows => return Self::one_of(column, keys),
        };
        Self::one_of(column, keys).and(Self::new(format!("{{{seen}:{column}}}"), vec![]))
    }

    /// The same with what `scope` sees in the place of its names.
    #[must_use]
    pub fn seen_by(self, scope: Scope) -> Self {
        let (mut sql, mut values) = self.into_sql();
        for (name, of) in NAMES {
            while let Some(begin) = sql.find(name) {
                let behind = begin + name.len();
                let Some(length) = sql[behind..].find('}') else { break };
                // Values are counted on: those of each name stand behind all before it.
                let (seen, more) = of(scope, &sql[behind..behind + length], values.len() + 1);
                sql.replace_range(begin..=behind + length, &seen);
                values.extend(more);
            }
        }
        Self::new(sql, values)
    }
}

#[cfg(test)]
mod tests {
    use entity::{PartnerId, Timestamp};

    use super::*;

    #[test]
    fn the_vendor_compares_with_every_id() {
        let (sql, values) =
            Predicate::names(Noun::Partner, "partner_id", vec![7_i64.into()]).seen_by(Scope::All).into_sql();
        assert_eq!((sql.as_str(), values.len()), ("(partner_id IN ($1) AND 1 = 1)", 1));
    }

    #[test]
    fn values_of_names_are_counted_behind_those_of_the_filter() {
        let either = Predicate::any([
            Predicate::names(Noun::Partner, "a", vec![7_i64.into(), 8_i64.into()]),
            Predicate::names(Noun::Vendors, "b", vec![9_i64.into()]),
            Predicate::new("x IN (SELECT y FROM {links} l)", vec![]),
        ]);
        let (sql, values) = either.seen_by(Scope::Partner(PartnerId(5), Timestamp(6))).into_sql();
        assert_eq!(
            sql,
            "(((a IN ($1,$2) AND (a = $4 OR a IN (SELECT reseller_id FROM distribution_link WHERE distributor_id = $4 \
             AND valid_from <= $5))) OR (b IN ($3) AND 1 = 0)) OR x IN (SELECT y FROM (SELECT * FROM distribution_link \
             WHERE (reseller_id = $6 OR distributor_id = $6) AND valid_from <= $7) l))"
        );
        assert_eq!(values, [7_i64, 8, 9, 5, 6, 5, 6].map(sea_orm::Value::from));
    }
}
