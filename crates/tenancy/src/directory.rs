use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use motel_db::Db;

use crate::{Property, Slug, TenancyError, Tenant, queries};

/// How long an answer is good for; a changed setting is seen everywhere after it.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Which tenant a slug means, remembered for a few seconds. Cheap to clone; all clones share one memory.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    default: Slug,
    known: Arc<RwLock<HashMap<Slug, Entry>>>,
}

/// A tenant with its first property.
pub type Place = (Tenant, Property);

struct Entry {
    place: Arc<Place>,
    read_at: Instant,
}

impl Directory {
    /// A directory in which no slug means `default`.
    pub fn new(db: Db, default: Slug) -> Self {
        Self {
            db,
            default,
            known: Arc::default(),
        }
    }

    /// The slug of the tenant that is meant where an address names none.
    pub fn default_slug(&self) -> &Slug {
        &self.default
    }

    /// The tenant of a slug with its first property.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, slug: &Slug) -> Result<Option<Arc<Place>>, TenancyError> {
        if let Some(place) = self.remembered(slug) {
            return Ok(Some(place));
        }
        let mut tx = self.db.platform("find a tenant by its slug").await?;
        let place = queries::first_of_slug(&mut tx, slug).await?.map(Arc::new);
        tx.commit().await?;
        // Only tenants that exist are remembered, so made-up slugs cannot fill the memory.
        if let Some(place) = &place {
            self.remember(slug, place);
        }
        Ok(place)
    }

    fn remembered(&self, slug: &Slug) -> Option<Arc<Place>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known
            .get(slug)
            .filter(|entry| entry.read_at.elapsed() < FRESH_FOR)
            .map(|entry| Arc::clone(&entry.place))
    }

    fn remember(&self, slug: &Slug, place: &Arc<Place>) {
        let entry = Entry {
            place: Arc::clone(place),
            read_at: Instant::now(),
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(slug.clone(), entry);
    }
}
