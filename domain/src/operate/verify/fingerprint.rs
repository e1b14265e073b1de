//! PURE. A fingerprint of sums by line that takes the same room for any number of rows.
//!
//! Each line (customer and key) has a coefficient of 128 pseudo-random bits, made with a key that is drawn anew
//! for every verification. Two sums are kept, modulo 2¹²⁸: coefficient × amount, and coefficient × payments. What
//! payments say is added and what lines say is taken away, in any order and in any number of parts; where both
//! say the same, zero is left. Where a line differs, zero is left with a probability of at most 2⁻⁶⁵: the
//! difference d of two amounts is below 2⁶⁴, so that at most 2⁶³ of the 2¹²⁸ coefficients c make c × d what the
//! other differences would need. This rests on coefficients that cannot be told from random ones (SipHash), which
//! nobody who does not know the key of this verification can choose amounts against.
//!
//! Sums are kept by buckets of customers: a bucket in which something is left is looked at line by line.

use entity::{AssociationMode, CustomerId, Month};
use rustc_hash::FxHashMap;

use crate::performance::line::LineKey;

/// Buckets of a month: 128 KB, and few customers to look at where one differs.
const BUCKETS: usize = 4_096;

/// The secret of one verification.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secret([u64; 2]);

impl Secret {
    /// From random hexadecimal digits, at least 32 of them.
    pub(crate) fn new(token: &str) -> Self {
        let half = |from: usize| {
            token.get(from..from + 16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
        };
        Self([half(0), half(16)])
    }

    fn coefficient(self, customer: CustomerId, key: &LineKey) -> u128 {
        let small = |code: i16| u64::from(code.cast_unsigned());
        let mut letters = [0_u8; 8];
        letters.iter_mut().zip(key.currency.as_str().bytes()).for_each(|(to, letter)| *to = letter);
        let words = [
            customer.0.cast_unsigned(),
            key.partner_id.0.cast_unsigned(),
            key.bill_to_id.0.cast_unsigned(),
            key.product_id.0.cast_unsigned(),
            u64::from(key.origin_month.0.cast_unsigned()) << 16 | small(key.reason.code()),
            u64::from_le_bytes(letters) << 32
                | small(key.mode.map_or(0, AssociationMode::code)) << 16
                | small(key.charging_mode.code()),
        ];
        siphash128::<1, 3>(self.0, &words)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    amounts: u128,
    payments: u128,
}

/// The difference of the two sides in each bucket, by month of origin; zero everywhere if they agree.
#[derive(Clone, Debug)]
pub(crate) struct Balance {
    secret: Secret,
    months: FxHashMap<Month, Vec<Cell>>,
}

impl Balance {
    /// Nothing on either side.
    pub(crate) fn new(secret: Secret) -> Self {
        Self { secret, months: FxHashMap::default() }
    }

    /// Adds what payments say of a line; numbers below zero take away what is kept.
    pub(crate) fn add(&mut self, customer: CustomerId, key: &LineKey, amount: i64, payments: i64) {
        let coefficient = self.secret.coefficient(customer, key);
        let cells = self.months.entry(key.origin_month).or_insert_with(|| vec![Cell::default(); BUCKETS]);
        if let Some(cell) = cells.get_mut(bucket(customer)) {
            let times = |number: i64| coefficient.wrapping_mul(i128::from(number).cast_unsigned());
            cell.amounts = cell.amounts.wrapping_add(times(amount));
            cell.payments = cell.payments.wrapping_add(times(payments));
        }
    }

    /// Takes away what a line says.
    pub(crate) fn take(&mut self, customer: CustomerId, key: &LineKey, amount: i64, payments: i64) {
        // The most negative number has no opposite: it is taken away in two steps.
        let (amount, rest) = amount.checked_neg().map_or((i64::MAX, 1), |opposite| (opposite, 0));
        self.add(customer, key, amount, payments.wrapping_neg());
        if rest != 0 {
            self.add(customer, key, rest, 0);
        }
    }

    /// Adds another part of the same verification.
    pub(crate) fn merge(&mut self, other: Self) {
        for (month, theirs) in other.months {
            let cells = self.months.entry(month).or_insert_with(|| vec![Cell::default(); BUCKETS]);
            for (cell, their) in cells.iter_mut().zip(theirs) {
                cell.amounts = cell.amounts.wrapping_add(their.amounts);
                cell.payments = cell.payments.wrapping_add(their.payments);
            }
        }
    }

    /// `true` if something is left of any customer in `month`.
    pub(crate) fn differs(&self, month: Month) -> bool {
        self.months.get(&month).is_some_and(|cells| cells.iter().any(|cell| *cell != Cell::default()))
    }

    /// `true` if something is left in the bucket of this customer.
    pub(crate) fn differs_for(&self, month: Month, customer: CustomerId) -> bool {
        let cell = self.months.get(&month).and_then(|cells| cells.get(bucket(customer)));
        cell.is_some_and(|cell| *cell != Cell::default())
    }
}

/// The bucket of a customer: keys made in the same millisecond spread as well as any others.
fn bucket(customer: CustomerId) -> usize {
    let mixed = customer.0.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 52).unwrap_or(0)
}

/// SipHash of whole words with an answer of 128 bits, `C` rounds a word and `D` at the end.
fn siphash128<const C: usize, const D: usize>(key: [u64; 2], words: &[u64]) -> u128 {
    let mut v = [
        key[0] ^ 0x736f_6d65_7073_6575,
        key[1] ^ 0x646f_7261_6e64_6f6d ^ 0xee,
        key[0] ^ 0x6c79_6765_6e65_7261,
        key[1] ^ 0x7465_6462_7974_6573,
    ];
    let length = (words.len() as u64 * 8) << 56;
    for word in words.iter().copied().chain(std::iter::once(length)) {
        v[3] ^= word;
        (0..C).for_each(|_| round(&mut v));
        v[0] ^= word;
    }
    v[2] ^= 0xee;
    (0..D).for_each(|_| round(&mut v));
    let low = v[0] ^ v[1] ^ v[2] ^ v[3];
    v[1] ^= 0xdd;
    (0..D).for_each(|_| round(&mut v));
    let high = v[0] ^ v[1] ^ v[2] ^ v[3];
    u128::from(high) << 64 | u128::from(low)
}

#[inline]
fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests;
