//! Who is who, remembered for as long as it is true.

mod known;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use known::{Keys, Known};
use motel_db::{Changes, Db};
use motel_kernel::{ApiKeyId, TenantId};

use crate::rules::KeyDigest;
use crate::{Flags, KeyHolder, Property, Slug, TenancyError, Tenant, flags, queries};

/// Which tenant a slug, an id or a key means, and what is switched on for it. Cheap to clone; all clones share one memory.
///
/// What [hears of changes](Directory::hearing) remembers what it read until a change of it is heard: at once, on every node.
/// Only what exists is remembered, and of that so much, so made-up names cannot fill the memory.
#[derive(Clone)]
pub struct Directory {
    db: Db,
    default: Slug,
    known: Arc<Known>,
}

/// A tenant with its first property.
pub type Place = (Tenant, Property);

impl Directory {
    /// A directory in which no slug means `default`, and which reads the database each time it is asked.
    pub fn new(db: Db, default: Slug) -> Self {
        Self {
            db,
            default,
            known: Arc::new(Known::new(&Changes::deaf())),
        }
    }

    /// The same directory, which from now on remembers what it read until it hears that it changed.
    #[must_use]
    pub fn hearing(self, changes: &Changes) -> Self {
        Self {
            known: Arc::new(Known::new(changes)),
            ..self
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
        if let Some(place) = self.known.place_of_slug(slug) {
            return Ok(Some(place));
        }
        let mut tx = self.db.platform("find a tenant by its slug").await?;
        let tenant = queries::tenant_of_slug(&mut tx, slug).await?;
        tx.commit().await?;
        match tenant {
            Some(tenant) => self.find_by_id(tenant).await,
            None => Ok(None),
        }
    }

    /// A tenant with its first property; `None` when there is no such tenant.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_by_id(&self, tenant: TenantId) -> Result<Option<Arc<Place>>, TenancyError> {
        if let Some(place) = self.known.place(tenant) {
            return Ok(Some(place));
        }
        let reading = self.known.about_to_read_place(tenant);
        let mut tx = self.db.platform("find a tenant by its id").await?;
        let place = queries::first_of_tenant(&mut tx, tenant).await?;
        tx.commit().await?;
        let place = place.map(Arc::new);
        if let Some(place) = &place {
            self.known.keep_place(reading, place);
        }
        Ok(place)
    }

    /// Whose a key is, which one, and what it may do; `None` when there is no such key, it was revoked or is over at `now`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holder_of(
        &self,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<KeyHolder>, TenancyError> {
        let Some(digest) = KeyDigest::of(secret) else {
            return Ok(None);
        };
        let holder = self.find_holder(&digest).await?;
        Ok(holder.filter(|holder| holder.works_at(now)))
    }

    /// The same for a key that something signed by us names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holder_of_id(
        &self,
        tenant: TenantId,
        key: ApiKeyId,
        now: DateTime<Utc>,
    ) -> Result<Option<KeyHolder>, TenancyError> {
        let keys = match self.known.keys(tenant) {
            Some(keys) => keys,
            None => self.read_keys(tenant).await?,
        };
        let holder = keys.values().find(|holder| holder.key == key).copied();
        Ok(holder.filter(|holder| holder.works_at(now)))
    }

    async fn read_keys(&self, tenant: TenantId) -> Result<Arc<Keys>, TenancyError> {
        let reading = self.known.about_to_read_keys(tenant);
        let mut tx = self.db.platform("find a key by its id").await?;
        let keys = Arc::new(queries::keys_of(&mut tx, tenant).await?);
        tx.commit().await?;
        self.known.keep_keys(reading, tenant, &keys);
        Ok(keys)
    }

    async fn find_holder(&self, digest: &KeyDigest) -> Result<Option<KeyHolder>, TenancyError> {
        if let Some(holder) = self.known.holder_of(digest) {
            return Ok(Some(holder));
        }
        let mut tx = self.db.platform("find whose a key is").await?;
        let Some(holder) = queries::holder_of_key(&mut tx, digest).await? else {
            return Ok(None);
        };
        let reading = self.known.about_to_read_keys(holder.tenant);
        let keys = queries::keys_of(&mut tx, holder.tenant).await?;
        tx.commit().await?;
        self.known
            .keep_keys(reading, holder.tenant, &Arc::new(keys));
        Ok(Some(holder))
    }

    /// What is switched on for a tenant: from memory, without a trip to the database, until it hears of a change.
    ///
    /// # Errors
    /// The database failed.
    pub async fn flags_of(&self, tenant: TenantId) -> Result<Flags, TenancyError> {
        if let Some(flags) = self.known.flags(tenant) {
            return Ok(flags);
        }
        let reading = self.known.about_to_read_flags(tenant);
        let mut tx = self.db.platform("read what is switched on").await?;
        let flags = flags::flags_of(&mut tx, tenant).await?;
        tx.commit().await?;
        self.known.keep_flags(reading, flags);
        Ok(flags)
    }

    /// Reads the tenant and its keys anew the next time: something about it was changed here, and its word may still be on
    /// the way.
    pub fn forget(&self, tenant: TenantId) {
        self.known.forget(tenant);
    }
}
