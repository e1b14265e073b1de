//! Texts that rows share: a region, a product or a busy account is kept once, not once a row.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use rustc_hash::FxHasher;

/// Texts remembered, a power of two: what repeats within some hundred lines. A table of all accounts of a
/// large bill would not stay in the processor's cache, and a look-up there costs more than a new text.
const PLACES: usize = 512;

/// The texts of a bill that repeat: each has one place, which the newest takes.
#[derive(Debug)]
pub(super) struct Names {
    places: Vec<Arc<str>>,
}

impl Names {
    pub(super) fn new() -> Self {
        let empty: Arc<str> = "".into();
        Self { places: vec![empty; PLACES] }
    }

    /// The text, when it was named before: it was checked then.
    #[inline]
    pub(super) fn known(&self, text: &str) -> Option<Arc<str>> {
        self.places.get(place(text)).filter(|known| ***known == *text).cloned()
    }

    /// Remembers a text.
    pub(super) fn add(&mut self, text: &str) -> Arc<str> {
        let name: Arc<str> = text.into();
        if let Some(place) = self.places.get_mut(place(text)) {
            *place = Arc::clone(&name);
        }
        name
    }
}

#[inline]
fn place(text: &str) -> usize {
    // Any bits will do for a place.
    #[allow(clippy::cast_possible_truncation)]
    let hash = BuildHasherDefault::<FxHasher>::default().hash_one(text) as usize;
    hash % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_repeats_is_kept_once() {
        let mut names = Names::new();
        assert_eq!(names.known("a"), None);
        let first = names.add("a");
        assert!(names.known("a").is_some_and(|again| Arc::ptr_eq(&first, &again)));
        assert_eq!(names.known("b"), None);
        assert_eq!(names.known("").as_deref(), Some(""));
    }

    #[test]
    fn a_text_is_right_also_when_another_took_its_place() {
        let mut names = Names::new();
        for number in 0..PLACES * 4 {
            assert_eq!(&*names.add(&number.to_string()), number.to_string());
        }
        let known = (0..PLACES * 4)
            .filter_map(|number| Some((number.to_string(), names.known(&number.to_string())?)));
        assert!(known.into_iter().all(|(text, name)| *name == *text));
        assert_eq!(names.places.len(), PLACES);
    }
}
