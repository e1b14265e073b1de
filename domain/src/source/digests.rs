//! BLAKE3 of many short texts at once, sixteen side by side where the processor can.
//!
//! A single BLAKE3 of some hundred bytes is a chain of blocks, each waiting for the one before: it uses one
//! lane of the vector units. Here the blocks of different texts run in different lanes, which makes the
//! digest of a bill's line about four times cheaper. The answer is that of [`blake3::hash`], bit for bit;
//! a test holds the two together.

use blake3::IncrementCounter;
use blake3::platform::Platform;

/// Bytes of a block of BLAKE3.
const BLOCK: usize = 64;
/// Bytes of a chunk: a longer text is a tree of chunks, which the library hashes by itself.
const CHUNK: usize = 1024;
/// Texts given to the processor at once: the widest vectors have as many lanes.
const LANES: usize = 16;
/// Bytes of what one block leaves to the next.
const CHAIN: usize = 32;
/// Marks of a block (BLAKE3 paper, §2.1): the first and the last of a chunk, and the root of the tree.
const CHUNK_START: u8 = 1;
const CHUNK_END: u8 = 2;
const ROOT: u8 = 8;
/// What the first block begins with (the constants of SHA-256).
const IV: [u32; 8] =
    [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];

/// Texts to be digested together, one after the other in one buffer.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    /// The numbers of the texts by how many whole blocks come before their last one.
    by_blocks: [Vec<usize>; CHUNK / BLOCK],
    digests: Vec<[u8; 16]>,
}

impl Texts {
    /// Begins a text, forgetting one that was begun and not kept, and gives what it is written to.
    pub(super) fn begin(&mut self) -> &mut Vec<u8> {
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        &mut self.bytes
    }

    /// Keeps the text that was begun.
    pub(super) fn keep(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// The digests of all texts kept, cut to 128 bits, in their order. The next text begins anew.
    pub(super) fn take(&mut self) -> &[[u8; 16]] {
        self.digests.clear();
        self.digests.resize(self.ends.len(), [0; 16]);
        let mut start = 0;
        for (number, end) in self.ends.iter().enumerate() {
            let text = &self.bytes[start..*end];
            match text.len() {
                // An empty text has no last block to chain.
                1..=CHUNK => self.by_blocks[(text.len() - 1) / BLOCK].push(number),
                _ => self.digests[number] = cut(blake3::hash(text).as_bytes()),
            }
            start = *end;
        }
        let platform = Platform::detect();
        for (blocks, numbers) in self.by_blocks.iter_mut().enumerate() {
            for lanes in numbers.chunks(LANES) {
                digest(platform, blocks, lanes, (&self.bytes, &self.ends), &mut self.digests);
            }
            numbers.clear();
        }
        self.bytes.clear();
        self.ends.clear();
        &self.digests
    }
}

/// Digests up to [`LANES`] texts of `blocks` whole blocks and a last one.
fn digest(
    platform: Platform,
    blocks: usize,
    numbers: &[usize],
    (bytes, ends): (&[u8], &[usize]),
    digests: &mut [[u8; 16]],
) {
    let mut texts: [&[u8]; LANES] = [&[]; LANES];
    for (text, number) in texts.iter_mut().zip(numbers) {
        let start = number.checked_sub(1).map_or(0, |before| ends[before]);
        *text = &bytes[start..ends[*number]];
    }
    let texts = &texts[..numbers.len()];
    let mut chains = [0; LANES * CHAIN];
    macro_rules! whole_blocks {
        ($($count:literal)+) => {
            match blocks {
                $($count => chain::<{ $count * BLOCK }>(platform, texts, &mut chains),)+
                _ => {}
            }
        };
    }
    whole_blocks!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    for ((text, number), chain) in texts.iter().zip(numbers).zip(chains.as_chunks::<CHAIN>().0) {
        let last = &text[blocks * BLOCK..];
        let mut block = [0; BLOCK];
        block[..last.len()].copy_from_slice(last);
        let (mut words, first) = if blocks == 0 { (IV, CHUNK_START) } else { (words(chain), 0) };
        // A last block has 1 to 64 bytes.
        #[allow(clippy::cast_possible_truncation)]
        platform.compress_in_place(&mut words, &block, last.len() as u8, 0, first | CHUNK_END | ROOT);
        let mut whole = [0; CHAIN];
        for (bytes, word) in whole.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
        digests[*number] = cut(&whole);
    }
}

/// Runs the first `N` bytes of every text, and leaves what each hands to its next block in `chains`.
fn chain<const N: usize>(platform: Platform, texts: &[&[u8]], chains: &mut [u8; LANES * CHAIN]) {
    let mut inputs = [&[0; N]; LANES];
    for (input, text) in inputs.iter_mut().zip(texts) {
        if let Some(start) = text.first_chunk::<N>() {
            *input = start;
        }
    }
    let inputs = &inputs[..texts.len()];
    platform.hash_many(inputs, &IV, 0, IncrementCounter::No, 0, CHUNK_START, 0, chains);
}

fn words(chain: &[u8; CHAIN]) -> [u32; 8] {
    let mut words = [0; 8];
    for (word, bytes) in words.iter_mut().zip(chain.as_chunks::<4>().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    words
}

fn cut(digest: &[u8; 32]) -> [u8; 16] {
    let mut cut = [0; 16];
    cut.copy_from_slice(&digest[..16]);
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn together(lengths: impl IntoIterator<Item = usize>) {
        let (mut texts, mut expected) = (Texts::default(), Vec::new());
        for (number, length) in lengths.into_iter().enumerate() {
            let text: Vec<u8> = (0..length).map(|at| (at * 31 + number * 7 + at / 251) as u8).collect();
            texts.begin().extend_from_slice(b"thrown away");
            texts.begin().extend_from_slice(&text);
            texts.keep();
            expected.push(cut(blake3::hash(&text).as_bytes()));
        }
        assert_eq!(texts.take(), expected);
        assert!(texts.take().is_empty());
    }

    #[test]
    fn every_length_of_a_chunk_and_beyond_has_the_digest_of_the_library() {
        together(0..=2 * CHUNK + 1);
    }

    proptest! {
        #[test]
        fn texts_side_by_side_do_not_touch_each_other(lengths in proptest::collection::vec(0..1200_usize, 0..200)) {
            together(lengths);
        }
    }
}
