//! Conditions of SQL with their values, put together from parts.

use sea_orm::Value;

use crate::kernel::scope::Scope;

/// What holds for every row; `Scope` says so too.
const ALWAYS: &str = "1 = 1";
/// Longest list of keys that is filled up to the next power of two: pages have at most 101 rows.
const FILLED_UP: usize = 128;

/// A condition. Its placeholders are `$1`, `$2`, … counted within the condition; joining renumbers them.
/// Column names come from the program, values from the caller: no text of a caller becomes SQL.
#[derive(Clone, Debug)]
pub struct Predicate {
    sql: String,
    values: Vec<Value>,
}

impl Predicate {
    /// The condition `sql` with the values of its placeholders.
    #[must_use]
    pub fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Self { sql: sql.into(), values }
    }

    /// Holds for every row.
    #[must_use]
    pub fn always() -> Self {
        Self::new(ALWAYS, vec![])
    }

    /// Holds for no row.
    #[must_use]
    pub fn never() -> Self {
        Self::new("1 = 0", vec![])
    }

    /// Holds for every row if `scope` is that of the vendor's staff or the product itself, else for none.
    #[must_use]
    pub fn vendor_only(scope: Scope) -> Self {
        match scope {
            Scope::All => Self::always(),
            Scope::Partner(..) | Scope::Customer(_) => Self::never(),
        }
    }

    /// `column operator value`.
    #[must_use]
    pub fn compare(column: &str, operator: &'static str, value: impl Into<Value>) -> Self {
        Self::new(format!("{column} {operator} $1"), vec![value.into()])
    }

    /// `column` is one of `values`; none of an empty list.
    #[must_use]
    pub fn one_of(column: &str, values: Vec<Value>) -> Self {
        if values.is_empty() {
            return Self::never();
        }
        let list = crate::kernel::store::placeholders(1, values.len());
        Self::new(format!("{column} IN {list}"), values)
    }

    /// The row's key is one of `ids`. Short lists are filled up with their last id, so that lists of about the same
    /// length are the same statement and need not be prepared anew.
    #[must_use]
    pub fn key_in(column: &str, mut ids: Vec<Value>) -> Self {
        if let Some(last) = ids.last().cloned() {
            let length = ids.len();
            if length <= FILLED_UP {
                ids.resize(length.next_power_of_two(), last);
            }
        }
        Self::one_of(column, ids)
    }

    /// `column` contains `text`, without regard to the case of ASCII letters.
    #[must_use]
    pub fn contains(column: &str, text: &str) -> Self {
        let mut pattern = String::from("%");
        for c in text.chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.extend(c.to_lowercase());
        }
        pattern.push('%');
        Self::new(format!("LOWER({column}) LIKE $1 ESCAPE '!'"), vec![pattern.into()])
    }

    /// `column` has no value, or has one.
    #[must_use]
    pub fn is_null(column: &str, null: bool) -> Self {
        Self::new(format!("{column} IS {}NULL", if null { "" } else { "NOT " }), vec![])
    }

    /// Puts the condition into `{}` of `frame`, e.g. `id IN (SELECT x FROM y WHERE {})`.
    #[must_use]
    pub fn within(self, frame: &str) -> Self {
        Self { sql: frame.replacen("{}", &self.sql, 1), values: self.values }
    }

    /// The text of both, one behind the other: the first is a statement that the second ends.
    #[must_use]
    pub fn followed_by(mut self, other: Self) -> Self {
        self.sql.push_str(&renumber(&other.sql, self.values.len()));
        self.values.extend(other.values);
        self
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.is_always() {
            return other;
        }
        if other.is_always() { self } else { self.join(" AND ", other) }
    }

    /// `true` if it is known to hold for every row.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.sql == ALWAYS
    }

    /// All of them hold; true for none.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().reduce(Self::and).unwrap_or_else(Self::always)
    }

    /// At least one of them holds; false for none.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().reduce(|a, b| a.join(" OR ", b)).unwrap_or_else(Self::never)
    }

    /// How many values the condition compares with.
    #[must_use]
    pub fn size(&self) -> usize {
        self.values.len()
    }

    /// The text, and the values of its placeholders.
    #[must_use]
    pub fn into_sql(self) -> (String, Vec<Value>) {
        (self.sql, self.values)
    }

    /// The text so far.
    #[must_use]
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The rows of a table, which this names, for which `condition` holds.
    #[must_use]
    pub(super) fn filtered(mut self, condition: Self) -> Self {
        let condition_sql = renumber(&condition.sql, self.values.len());
        self.sql = format!("{} WHERE {condition_sql}", self.sql);
        self.values.extend(condition.values);
        self
    }

    fn join(mut self, with: &str, other: Self) -> Self {
        let right = renumber(&other.sql, self.values.len());
        self.sql = format!("({}{with}{right})", self.sql);
        self.values.extend(other.values);
        self
    }
}

impl From<&str> for Predicate {
    fn from(sql: &str) -> Self {
        Self::new(sql, vec![])
    }
}

impl From<(String, Vec<Value>)> for Predicate {
    fn from((sql, values): (String, Vec<Value>)) -> Self {
        Self { sql, values }
    }
}

/// Adds `by` to the number of every placeholder.
fn renumber(sql: &str, by: usize) -> String {
    let mut text = String::with_capacity(sql.len() + 8);
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = part[..digits].parse().unwrap_or(0);
        text.push_str(&format!("${}{}", number + by, &part[digits..]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_conditions_count_their_placeholders_on() {
        let scope = Predicate::new("(a = $1 OR b IN (SELECT c FROM d WHERE e = $1))", vec![1_i64.into()]);
        let both = scope.and(Predicate::any([
            Predicate::compare("x", ">=", 2_i64),
            Predicate::one_of("y", (3..13_i64).map(Into::into).collect()),
        ]));
        let (sql, values) = both.into_sql();
        assert_eq!(
            sql,
            "((a = $1 OR b IN (SELECT c FROM d WHERE e = $1)) AND (x >= $2 OR y IN ($3,$4,$5,$6,$7,$8,$9,$10,$11,$12)))"
        );
        assert_eq!(values.len(), 12);
    }

    #[test]
    fn wildcards_of_a_caller_are_plain_characters() {
        let (_, values) = Predicate::contains("name", "50%_Off!").into_sql();
        assert_eq!(values, [Value::from("%50!%!_off!!%")]);
    }

    #[test]
    fn lists_of_keys_have_few_lengths() {
        let keys = |n: i64| Predicate::key_in("id", (0..n).map(Into::into).collect());
        assert_eq!(keys(5).into_sql().0, keys(8).into_sql().0);
        assert_eq!(keys(5).into_sql().1[4..], [4_i64.into(), 4_i64.into(), 4_i64.into(), 4_i64.into()]);
        assert_eq!(keys(129).size(), 129);
        assert_eq!(keys(0).into_sql().0, "1 = 0");
    }

    #[test]
    fn what_always_holds_adds_nothing() {
        let one = || Predicate::compare("a", "=", 1_i64);
        assert_eq!(Predicate::always().and(one()).into_sql().0, "a = $1");
        assert_eq!(one().and(Predicate::always()).into_sql().0, "a = $1");
        assert!(Predicate::always().and(Predicate::always()).is_always());
    }

    #[test]
    fn nothing_is_one_of_nothing() {
        assert_eq!(Predicate::one_of("a", vec![]).into_sql().0, "1 = 0");
        assert_eq!(Predicate::all([]).into_sql().0, "1 = 1");
        assert_eq!(Predicate::any([]).into_sql().0, "1 = 0");
    }
}
