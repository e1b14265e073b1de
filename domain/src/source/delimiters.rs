//! Commas and line ends, found 64 bytes at a time.
//!
//! A bill has a delimiter every ten bytes or so: a search begun anew for each of them spends most of its time
//! beginning. Here a block is compared once and its delimiters are bits of one number.

/// Bytes compared at once, one bit each.
const BLOCK: usize = 64;

/// Walks over the delimiters of a buffer.
pub(super) struct Delimiters<'a> {
    buffer: &'a [u8],
    /// Where the block begins whose bits are in `bits`.
    base: usize,
    bits: u64,
}

impl<'a> Delimiters<'a> {
    pub(super) fn new(buffer: &'a [u8]) -> Self {
        Self { buffer, base: 0, bits: bits(buffer) }
    }

    /// The first comma or line feed at or after `at`, which never goes back to an earlier block.
    #[inline]
    pub(super) fn next(&mut self, at: usize) -> Option<usize> {
        if at >= self.base + BLOCK {
            self.move_to(at / BLOCK * BLOCK)?;
        }
        // `at` is in the block or, after an earlier search, before it: then all of the block counts.
        let skipped = at.saturating_sub(self.base);
        let mut rest = self.bits >> skipped << skipped;
        while rest == 0 {
            self.move_to(self.base + BLOCK)?;
            rest = self.bits;
        }
        Some(self.base + rest.trailing_zeros() as usize)
    }

    #[inline]
    fn move_to(&mut self, base: usize) -> Option<()> {
        let block = self.buffer.get(base..).filter(|block| !block.is_empty())?;
        self.base = base;
        self.bits = bits(block);
        Some(())
    }
}

/// The delimiters in the first [`BLOCK`] bytes, lowest bit first.
#[inline]
fn bits(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<BLOCK>() {
        Some(block) => whole(block),
        None => {
            let mut block = [0; BLOCK];
            block[..bytes.len()].copy_from_slice(bytes);
            whole(&block)
        }
    }
}

#[inline]
fn whole(block: &[u8; BLOCK]) -> u64 {
    // Two loops that the compiler turns into vectors: first a mark of 0 or 1 for every byte …
    let mut marks = [0_u8; BLOCK];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = u8::from(*byte == b',') | u8::from(*byte == b'\n');
    }
    // … then eight marks become the eight bits of a byte: the product gathers them at its top.
    let (words, _) = marks.as_chunks::<8>();
    words.iter().enumerate().fold(0, |all, (at, word)| {
        let gathered = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        all | gathered << (at * 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(bytes: &[u8], at: usize) -> Option<usize> {
        (at..bytes.len()).find(|at| matches!(bytes[*at], b',' | b'\n'))
    }

    proptest! {
        #[test]
        fn finds_what_a_look_at_every_byte_finds(
            bytes in proptest::collection::vec(prop_oneof![4 => any::<u8>(), 1 => Just(b','), 1 => Just(b'\n')], 0..400),
            steps in proptest::collection::vec(1..90_usize, 0..40),
        ) {
            let (mut delimiters, mut at) = (Delimiters::new(&bytes), 0);
            prop_assert_eq!(delimiters.next(at), naive(&bytes, at));
            for step in steps {
                at = (at + step).min(bytes.len());
                prop_assert_eq!(delimiters.next(at), naive(&bytes, at));
            }
        }
    }
}
