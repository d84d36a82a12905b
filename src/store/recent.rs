//! What was read lately, so that it need not be read again.

use std::{collections::HashMap, hash::Hash};

/// Values by their keys: those used last, up to a bound, and as many again of those before.
///
/// A value larger than the bound is kept until the next ones come.
#[derive(Debug)]
pub(in crate::store) struct Recent<K, V> {
    /// What all that is in `young` may weigh before it grows old.
    most: usize,
    weight: usize,
    young: HashMap<K, (V, usize)>,
    old: HashMap<K, (V, usize)>,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    pub(in crate::store) fn up_to(most: usize) -> Self {
        Self { most, weight: 0, young: HashMap::new(), old: HashMap::new() }
    }

    pub(in crate::store) fn get(&mut self, key: &K) -> Option<V> {
        if let Some((value, _)) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, (value, weight)) = self.old.remove_entry(key)?;
        self.put(key, value.clone(), weight);
        Some(value)
    }

    pub(in crate::store) fn put(&mut self, key: K, value: V, weight: usize) {
        if self.weight + weight > self.most {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += weight;
        self.young.insert(key, (value, weight));
    }

    pub(in crate::store) fn clear(&mut self) {
        *self = Self::up_to(self.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let mut recent = Recent::up_to(2);
        recent.put(0, "kept", 1);
        for key in 1..9 {
            recent.put(key, "new", 1);
            assert_eq!(recent.get(&0), Some("kept"));
            assert!(recent.young.len() + recent.old.len() <= 4);
        }
        assert_eq!(recent.get(&1), None);
    }

    #[test]
    fn what_is_larger_than_the_bound_stays_until_the_next_two() {
        let mut recent = Recent::up_to(2);
        for key in 0..4 {
            recent.put(key, "large", 9);
            assert_eq!(recent.get(&key), Some("large"));
        }
        assert!(recent.get(&2).is_some() && recent.get(&0).is_none());
    }
}
