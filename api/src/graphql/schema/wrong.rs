//! Faults of arguments, in words for its sender, in both languages.

use domain::Lang;

/// A fault of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    en: String,
    zh: String,
}

impl Wrong {
    /// The same in both languages.
    pub(crate) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// A value that does not fit the type of `name`; `why` is the executor's English.
    pub(crate) fn misfit(name: &str, why: &str) -> Self {
        Self::new(format!("`{name}`: {why}"), format!("`{name}`：输入值与类型不符。"))
    }

    /// More than `limit` entries in `name`.
    pub(crate) fn too_many(name: &str, limit: usize) -> Self {
        Self::new(format!("`{name}` has at most {limit} entries."), format!("`{name}` 最多包含 {limit} 项。"))
    }

    /// The words in `lang`.
    pub(crate) fn said(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::ZhCn => &self.zh,
        }
    }
}
