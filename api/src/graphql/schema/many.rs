//! Changes of many things at once: each as it was seen, and what became of each.

use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{ID, InputObject, InputType};
use domain::kernel::many::{BulkPolicy, Outcome};
use domain::{Code, Refusal};

use super::checks::Checks;
use super::env::Env;
use super::loaders::Rows as Loaders;
use super::object::{Object, Shown};
use super::user_error::{UserError, told};

/// A thing, as you saw it.
#[derive(InputObject, Clone, Debug)]
pub(crate) struct Seen {
    /// The id of the thing.
    pub(crate) id: ID,
    /// The version you saw.
    pub(crate) expected_version: i32,
}

/// Things that are changed many at once.
pub(crate) trait Many:
    Display + FromStr + From<i64> + Hash + Eq + Clone + Send + Sync + 'static
{
    /// The field of inputs that lists them.
    const LIST: &'static str;
    /// The type of what became of one.
    const RESULT: &'static str;
    /// The field of it that holds the thing itself.
    const FIELD: &'static str;
}

impl Checks {
    /// The things of an input. A malformed id is refused, or names nothing where the others go on without it.
    pub(crate) fn many<K: Many>(&mut self, sent: &[Seen], policy: BulkPolicy) -> Vec<(K, i32)> {
        let one = |(i, seen): (usize, &Seen)| {
            let key = match (seen.id.parse(), policy) {
                (Ok(key), _) => key,
                // Keys begin with the time: those of the first microsecond of 2020 were never given to anything.
                (Err(_), BulkPolicy::SkipFailed) => K::from(i64::try_from(i + 1).unwrap_or(0)),
                (Err(_), BulkPolicy::AllOrNothing) => self.id(&format!("{}.{i}.id", K::LIST), &seen.id),
            };
            (key, seen.expected_version)
        };
        sent.iter().enumerate().map(one).collect()
    }
}

/// The outcome for one of many things.
#[derive(Clone)]
pub(crate) struct Became<K> {
    sent: ID,
    key: K,
    errors: Vec<UserError>,
}

/// The outcomes for the things of an input `I`, in the order they were sent.
pub(crate) fn became<I: InputType + 'static, K: Many>(
    env: &Env,
    sent: Vec<Seen>,
    outcomes: Vec<Outcome<K>>,
) -> Vec<Became<K>> {
    let one = |(i, (Seen { id, .. }, outcome)): (usize, (Seen, Outcome<K>))| {
        let unknown = id.parse::<K>().is_err();
        let path = || vec![K::LIST.to_owned(), i.to_string(), "id".to_owned()];
        let refusals = if unknown {
            vec![Refusal { code: Code::NotFound, path: path(), detail: id.to_string() }]
        } else {
            outcome.refusals
        };
        Became { errors: told::<I>(env, &refusals, Some(&id)), sent: id, key: outcome.id }
    };
    sent.into_iter().zip(outcomes).enumerate().map(one).collect()
}

impl<K: Many, C> Shown for Became<K>
where
    Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
    C: Shown + Clone,
{
    const NAME: &'static str = K::RESULT;

    fn object() -> Object<Self> {
        Object::<Self>::new("What became of one of them.")
            .field("id", "The id that was sent.", |row| row.sent.clone())
            .one(K::FIELD, "The thing as it is now; null if the caller sees none.", |row| {
                Some(row.key.clone())
            })
            .user_errors("Why it did not change; empty if it did.", |row| &row.errors)
    }
}
