//! Who is who, remembered for a few seconds.

mod memory;

use std::sync::Arc;

use memory::Memory;
use motel_db::Db;
use motel_kernel::{ApiKeyId, TenantId};

use crate::rules::KeyDigest;
use crate::{Property, Slug, TenancyError, Tenant, queries};

/// Which tenant a slug, an id or a key means, remembered for five seconds. Cheap to clone; all clones share one memory.
///
/// What this process changes through it is seen here at once, on other nodes after those five seconds: a revoked key may
/// work, and a sandbox clock show the old time, that much longer there.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    default: Slug,
    known: Arc<Known>,
}

/// A tenant with its first property.
pub type Place = (Tenant, Property);

/// Only what exists is remembered, so made-up names cannot fill the memory.
#[derive(Default)]
struct Known {
    by_slug: Memory<Slug, Arc<Place>>,
    by_id: Memory<TenantId, Arc<Place>>,
    keys: Memory<KeyDigest, (TenantId, ApiKeyId)>,
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

    /// The tenant of a slug with its first property; `None` when there is none of that name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, slug: &Slug) -> Result<Option<Arc<Place>>, TenancyError> {
        if let Some(place) = self.known.by_slug.recall(slug) {
            return Ok(Some(place));
        }
        let mut tx = self.db.platform("find a tenant by its slug").await?;
        let place = queries::first_of_slug(&mut tx, slug).await?.map(Arc::new);
        tx.commit().await?;
        if let Some(place) = &place {
            self.known.by_slug.keep(slug.clone(), place);
        }
        Ok(place)
    }

    /// A tenant with its first property; `None` when there is no such tenant.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_by_id(&self, tenant: TenantId) -> Result<Option<Arc<Place>>, TenancyError> {
        if let Some(place) = self.known.by_id.recall(&tenant) {
            return Ok(Some(place));
        }
        let mut tx = self.db.platform("find a tenant by its id").await?;
        let place = queries::first_of_tenant(&mut tx, tenant)
            .await?
            .map(Arc::new);
        tx.commit().await?;
        if let Some(place) = &place {
            self.known.by_id.keep(tenant, place);
        }
        Ok(place)
    }

    /// Whose a key is, and which one; `None` when there is no such key or it was revoked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holder_of(
        &self,
        secret: &str,
    ) -> Result<Option<(TenantId, ApiKeyId)>, TenancyError> {
        let Some(digest) = KeyDigest::of(secret) else {
            return Ok(None);
        };
        if let Some(holder) = self.known.keys.recall(&digest) {
            return Ok(Some(holder));
        }
        let mut tx = self.db.platform("find whose a key is").await?;
        let holder = queries::holder_of_key(&mut tx, &digest).await?;
        tx.commit().await?;
        if let Some(holder) = &holder {
            self.known.keys.keep(digest, holder);
        }
        Ok(holder)
    }

    /// Reads the tenant and its keys anew the next time: something about it was changed here.
    pub fn forget(&self, tenant: TenantId) {
        self.known.by_slug.forget(|place| place.0.id == tenant);
        self.known.by_id.forget(|place| place.0.id == tenant);
        self.known.keys.forget(|(of, _)| *of == tenant);
    }
}
