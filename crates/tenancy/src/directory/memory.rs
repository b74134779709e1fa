use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long an answer is good for; a changed setting is seen everywhere after it.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// What was read a moment ago.
pub(super) struct Memory<K, V>(RwLock<HashMap<K, (V, Instant)>>);

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    pub(super) fn recall(&self, key: &K) -> Option<V> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known
            .get(key)
            .filter(|(_, read_at)| read_at.elapsed() < FRESH_FOR)
            .map(|(value, _)| value.clone())
    }

    pub(super) fn keep(&self, key: K, value: &V) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, (value.clone(), Instant::now()));
    }

    pub(super) fn forget(&self, unwanted: impl Fn(&V) -> bool) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (value, _)| !unwanted(value));
    }
}
