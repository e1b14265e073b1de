//! PURE. Which lines of which files were met: one bit a line.

use entity::ImportId;
use rustc_hash::FxHashMap;

/// Lines of one page.
const LINES: i64 = 32_768;
/// Words of 64 bits of one page.
const WORDS: usize = 512;
/// Pages kept at most, 64 MB: half a thousand million lines.
const MOST_PAGES: usize = 16_384;

/// The lines that were met, in pages that are made when they are needed.
#[derive(Debug, Default)]
pub(super) struct SeenLines {
    pages: FxHashMap<(ImportId, i64), Box<[u64; WORDS]>>,
    twice: Option<(ImportId, i64)>,
    too_many: bool,
}

impl SeenLines {
    /// Meets a line of a file.
    pub(super) fn meet(&mut self, import: ImportId, line: i64) {
        let (page, place) = (line.div_euclid(LINES), line.rem_euclid(LINES).unsigned_abs());
        let full = self.pages.len() >= MOST_PAGES;
        if full && !self.pages.contains_key(&(import, page)) {
            self.too_many = true;
            return;
        }
        let words = self.pages.entry((import, page)).or_insert_with(|| Box::new([0; WORDS]));
        let bit = 1_u64 << (place % 64);
        if let Some(word) = usize::try_from(place / 64).ok().and_then(|at| words.get_mut(at)) {
            let before = *word;
            *word |= bit;
            if before & bit != 0 {
                self.note(import, line);
            }
        }
    }

    fn note(&mut self, import: ImportId, line: i64) {
        self.twice = Some(self.twice.map_or((import, line), |first| first.min((import, line))));
    }

    /// Adds what another part met.
    pub(super) fn merge(&mut self, other: Self) {
        self.too_many |= other.too_many;
        if let Some((import, line)) = other.twice {
            self.note(import, line);
        }
        for ((import, page), theirs) in other.pages {
            let Some(words) = self.pages.get_mut(&(import, page)) else {
                self.pages.insert((import, page), theirs);
                continue;
            };
            let mut twice = None;
            for ((word, their), at) in words.iter_mut().zip(theirs.iter()).zip(0_i64..) {
                let both = *word & their;
                if both != 0 && twice.is_none() {
                    twice = Some(page * LINES + at * 64 + i64::from(both.trailing_zeros()));
                }
                *word |= their;
            }
            if let Some(line) = twice {
                self.note(import, line);
            }
        }
    }

    /// The first line that was met twice; an error where there were too many lines to remember.
    pub(super) fn twice(&self) -> Result<Option<(ImportId, i64)>, TooMany> {
        if self.too_many { Err(TooMany) } else { Ok(self.twice) }
    }
}

/// More lines than are remembered: another way has to be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_met_twice_is_found_in_one_part_and_over_two() {
        let file = ImportId(5);
        let mut one = SeenLines::default();
        for line in [1, 2, 64, 32_767, 32_768, 100_000] {
            one.meet(file, line);
            one.meet(ImportId(6), line);
        }
        assert_eq!(one.twice(), Ok(None));
        let mut other = SeenLines::default();
        other.meet(file, 3);
        other.meet(file, 32_768);
        other.meet(file, 100_000);
        one.merge(other);
        assert_eq!(one.twice(), Ok(Some((file, 32_768))));
        one.meet(file, 2);
        assert_eq!(one.twice(), Ok(Some((file, 2))));
    }

    #[test]
    fn lines_beyond_what_is_remembered_are_owned_up_to() {
        let mut seen = SeenLines::default();
        (0..=MOST_PAGES as i64).for_each(|page| seen.meet(ImportId(1), page * LINES));
        assert_eq!(seen.twice(), Err(TooMany));
    }
}
