//! The environment of a verb besides its arguments: time, keys and the language, by parameter and never from
//! a global.

use domain::{Clock, Ids, Lang};

/// Everything that enters a verb from outside.
#[derive(Clone, Debug)]
pub(crate) struct Env {
    /// Source of "now".
    pub(crate) clock: Clock,
    /// Source of new keys.
    pub(crate) ids: Ids,
    /// The language of messages.
    pub(crate) lang: Lang,
}
