use std::sync::Arc;

use chrono::{DateTime, Utc};
use motel_kernel::TenantId;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::Changes;
use crate::changes::{Mark, Topic};

/// What the cache itself needs for an entry, beside the value.
const OVERHEAD_BYTES: u64 = 160;

/// Something read of each tenant, kept in memory for as long as it is true, at most so many bytes of it.
///
/// It decides nothing: what it answers is what the database would have answered a moment ago. Cheap to clone; all clones
/// share one memory.
pub struct Memory<T> {
    kept: Arc<Cache<TenantId, Kept<T>, Bytes>>,
    changes: Changes,
    topic: Topic,
}

/// What is remembered, and as of when it is true.
#[derive(Debug)]
pub struct Remembered<T> {
    /// What was read.
    pub value: Arc<T>,
    /// Nothing that was committed before this moment is missing in it.
    pub as_of: DateTime<Utc>,
}

/// A promise to read: taken before the reading begins.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    tenant: TenantId,
    mark: Mark,
    begun: DateTime<Utc>,
}

struct Kept<T> {
    value: Arc<T>,
    bytes: u64,
    reading: Reading,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            bytes: self.bytes,
            reading: self.reading,
        }
    }
}

#[derive(Clone)]
struct Bytes;

impl<T> Weighter<TenantId, Kept<T>> for Bytes {
    fn weight(&self, _: &TenantId, kept: &Kept<T>) -> u64 {
        kept.bytes + OVERHEAD_BYTES
    }
}

impl<T> Clone for Memory<T> {
    fn clone(&self) -> Self {
        Self {
            kept: self.kept.clone(),
            changes: self.changes.clone(),
            topic: self.topic,
        }
    }
}

impl<T> Memory<T> {
    /// A memory of at most `most_bytes`, true until a change of `topic` is heard.
    pub fn new(changes: Changes, topic: Topic, most_bytes: u64) -> Self {
        let tenants = usize::try_from(most_bytes / 4096)
            .unwrap_or(usize::MAX)
            .max(16);
        Self {
            kept: Arc::new(Cache::with_weighter(tenants, most_bytes, Bytes)),
            changes,
            topic,
        }
    }

    /// What is remembered of a tenant; `None` when nothing is, or when it may not be true any more.
    pub fn get(&self, tenant: TenantId) -> Option<Remembered<T>> {
        let heard_until = self.changes.as_of()?;
        let kept = self.kept.get(&tenant)?;
        let unchanged = self
            .changes
            .none_since(kept.reading.mark, tenant, self.topic);
        unchanged.then(|| Remembered {
            as_of: heard_until.max(kept.reading.begun),
            value: kept.value,
        })
    }

    /// To be called before reading what is to be kept.
    pub fn about_to_read(&self, tenant: TenantId) -> Reading {
        Reading {
            tenant,
            mark: self.changes.mark(tenant, self.topic),
            begun: Utc::now(),
        }
    }

    /// Drops what is remembered of a tenant: it was changed here, and the word of that may still be on its way.
    pub fn forget(&self, tenant: TenantId) {
        self.kept.remove(&tenant);
    }

    /// Keeps what was read, unless it changed meanwhile. `bytes` is about what it takes.
    pub fn keep(&self, reading: Reading, value: Arc<T>, bytes: u64) {
        let Reading { tenant, mark, .. } = reading;
        if self.changes.none_since(mark, tenant, self.topic) {
            let kept = Kept {
                value,
                bytes,
                reading,
            };
            self.kept.insert(tenant, kept);
        }
    }
}

impl Reading {
    /// When the reading began: everything committed before that is in what was read.
    pub fn begun(&self) -> DateTime<Utc> {
        self.begun
    }
}
