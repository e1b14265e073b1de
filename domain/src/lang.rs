//! The languages of messages.

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English, also the fallback.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
}
