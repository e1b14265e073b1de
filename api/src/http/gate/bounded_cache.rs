//! A map that forgets what was not used for longest, bounded by the bytes it holds. PURE.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Least-recently-used map; values are cheap to clone (`Arc`).
pub(crate) struct BoundedCache<K, V> {
    entries: HashMap<K, Entry<V>>,
    /// From the last use to the key.
    order: BTreeMap<u64, K>,
    uses: u64,
    bytes: usize,
    bytes_max: usize,
}

struct Entry<V> {
    value: V,
    bytes: usize,
    used: u64,
}

impl<K: Hash + Eq + Clone, V: Clone> BoundedCache<K, V> {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self { entries: HashMap::new(), order: BTreeMap::new(), uses: 0, bytes: 0, bytes_max }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        self.uses += 1;
        let entry = self.entries.get_mut(key)?;
        self.order.remove(&entry.used);
        entry.used = self.uses;
        self.order.insert(entry.used, key.clone());
        Some(entry.value.clone())
    }

    /// Keeps `value`, which weighs `bytes`; what is heavier than the whole cache is not kept.
    pub(crate) fn insert(&mut self, key: K, value: V, bytes: usize) {
        if bytes > self.bytes_max {
            return;
        }
        self.remove(&key);
        while self.bytes + bytes > self.bytes_max {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.bytes -= self.entries.remove(&oldest).map_or(0, |e| e.bytes);
        }
        self.uses += 1;
        self.bytes += bytes;
        self.order.insert(self.uses, key.clone());
        self.entries.insert(key, Entry { value, bytes, used: self.uses });
    }

    fn remove(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.used);
            self.bytes -= entry.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_goes_first_and_the_bytes_stay_bounded() {
        let mut cache = BoundedCache::new(10);
        cache.insert("a", 1, 4);
        cache.insert("b", 2, 6);
        assert_eq!(cache.get(&"a"), Some(1));
        cache.insert("c", 3, 1);
        assert_eq!((cache.get(&"a"), cache.get(&"b"), cache.get(&"c")), (Some(1), None, Some(3)));
        cache.insert("c", 4, 6);
        assert_eq!((cache.get(&"a"), cache.get(&"c"), cache.bytes), (Some(1), Some(4), 10));
        cache.insert("d", 5, 11);
        assert_eq!((cache.get(&"d"), cache.bytes), (None, 10));
    }
}
