//! New keys: 41 bits of milliseconds, 22 bits of sequence (see `entity::id`).

use std::sync::{Arc, Mutex, PoisonError};

use entity::Timestamp;
use entity::id::{ID_EPOCH_MS, SEQUENCE_BITS};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

use crate::kernel::hex::hex;

/// A source of new keys, increasing within one process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ids(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    last: i64,
    random: StdRng,
}

impl Ids {
    /// Keys whose sequence begins at random places, so that processes do not meet.
    #[must_use]
    pub fn random() -> Self {
        Self::with(StdRng::from_rng(&mut rand::rng()))
    }

    /// The same keys for the same instants and seed, for tests and demos.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::with(StdRng::seed_from_u64(seed))
    }

    fn with(random: StdRng) -> Self {
        Self(Arc::new(Mutex::new(State { last: 0, random })))
    }

    /// A key for something made at `now`, larger than every key before it.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> i64 {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ms = (now.0.div_euclid(1_000) - ID_EPOCH_MS).max(0);
        // Half of the sequence is left for keys of the same millisecond.
        let start = ms << SEQUENCE_BITS | i64::from(state.random.random::<u32>() >> (33 - SEQUENCE_BITS));
        state.last = if state.last >> SEQUENCE_BITS < ms { start } else { state.last + 1 };
        state.last
    }

    /// 32 random bytes as hex: a one-time token.
    #[must_use]
    pub fn token(&self) -> String {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = [0_u8; 32];
        state.random.fill_bytes(&mut bytes);
        hex(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_grow_even_when_the_clock_stands_still_or_goes_back() {
        let ids = Ids::seeded(1);
        let mut last = 0;
        for ms in [1_700_000_000_000_i64, 1_700_000_000_000, 1_699_999_999_000, 1_700_000_000_001] {
            let key = ids.next(Timestamp(ms * 1_000));
            assert!(key > last);
            last = key;
        }
    }
}
