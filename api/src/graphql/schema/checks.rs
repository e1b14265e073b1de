//! Reading inputs: every field at fault is named at once.

use std::str::FromStr;

use async_graphql::ID;
use domain::programme::NAME_LIMIT;
use domain::{Code, Error, Refusal};

use super::money::micros;
use super::scalars::Decimal;

/// What was found wrong in an input so far.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<Refusal>);

impl Checks {
    /// The key in an id. A malformed id names nothing that exists.
    pub(crate) fn id<T: FromStr + From<i64>>(&mut self, field: &str, id: &ID) -> T {
        id.parse().unwrap_or_else(|_| {
            let path = field.split('.').map(str::to_owned).collect();
            self.0.push(Refusal { code: Code::NotFound, path, detail: id.as_str().to_owned() });
            T::from(0)
        })
    }

    /// As [`Self::id`], if there is one.
    pub(crate) fn optional_id<T: FromStr + From<i64>>(&mut self, field: &str, id: Option<&ID>) -> Option<T> {
        id.map(|id| self.id(field, id))
    }

    /// A name that people read.
    pub(crate) fn name(&mut self, field: &str, name: &str) {
        let length = name.chars().count();
        if name.trim().is_empty() || length > NAME_LIMIT || name.chars().any(char::is_control) {
            let detail = format!("a name has 1 to {NAME_LIMIT} characters and no control characters");
            self.0.push(Refusal::at(field, Code::Invalid, detail));
        }
    }

    /// A text of at most `limit` characters without control characters.
    pub(crate) fn text(&mut self, field: &str, text: &str, limit: usize) {
        if text.chars().count() > limit || text.chars().any(char::is_control) {
            let detail = format!("at most {limit} characters and no control characters");
            self.0.push(Refusal::at(field, Code::Invalid, detail));
        }
    }

    /// An amount with at most `digits` decimals, in micros.
    pub(crate) fn amount(&mut self, path: Vec<String>, amount: &Decimal, digits: usize) -> i64 {
        micros(amount, digits).unwrap_or_else(|bad| {
            self.0.push(Refusal { code: Code::Invalid, path, detail: bad.to_string() });
            0
        })
    }

    /// Something else that is wrong.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// Ends the reading.
    pub(crate) fn done(self) -> domain::Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Refused(self.0)) }
    }
}
