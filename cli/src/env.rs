//! What enters from outside, besides arguments: time, keys and the language, by parameter and never from a global.

use domain::{Clock, Ids, Lang};

/// What enters every verb from outside.
#[derive(Clone, Debug)]
pub(crate) struct Env {
    /// Where "now" comes from.
    pub(crate) clock: Clock,
    /// Where new keys come from.
    pub(crate) ids: Ids,
    /// The language of messages.
    pub(crate) lang: Lang,
}
