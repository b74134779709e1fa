use std::collections::HashMap;
use std::sync::Arc;

use motel_db::{Changes, Memory, Reading, Topic};
use motel_kernel::TenantId;
use quick_cache::sync::Cache;

use super::Place;
use crate::rules::KeyDigest;
use crate::{Flags, KeyHolder, Property, Slug, Tenant};

/// Memory for tenants, and as much for their keys: more than ten thousand of them.
const MOST_BYTES: u64 = 24 * 1024 * 1024;

/// Memory for what is switched on, for some ten thousand tenants.
const MOST_BYTES_OF_FLAGS: u64 = 2 * 1024 * 1024;

/// How many names are remembered, and how many keys.
const MOST_NAMES: usize = 1 << 15;

/// Texts, policies and lists that hang off a tenant and its property, about.
const TEXTS: usize = 1_000;

/// The keys of a tenant that were not revoked.
pub(super) type Keys = HashMap<KeyDigest, KeyHolder>;

/// What is remembered. Names only lead to a tenant, whose own row says whether the name is still right.
pub(super) struct Known {
    by_slug: Cache<Slug, TenantId>,
    by_key: Cache<KeyDigest, TenantId>,
    places: Memory<Place>,
    keys: Memory<Keys>,
    flags: Memory<Flags>,
}

impl Known {
    pub(super) fn new(changes: &Changes) -> Self {
        Self {
            by_slug: Cache::new(MOST_NAMES),
            by_key: Cache::new(MOST_NAMES),
            places: Memory::new(changes.clone(), Topic::Tenants, MOST_BYTES),
            keys: Memory::new(changes.clone(), Topic::Tenants, MOST_BYTES),
            flags: Memory::new(changes.clone(), Topic::Tenants, MOST_BYTES_OF_FLAGS),
        }
    }

    pub(super) fn place(&self, tenant: TenantId) -> Option<Arc<Place>> {
        Some(self.places.get(tenant)?.value)
    }

    pub(super) fn place_of_slug(&self, slug: &Slug) -> Option<Arc<Place>> {
        let place = self.place(self.by_slug.get(slug)?)?;
        (place.0.slug == *slug).then_some(place)
    }

    pub(super) fn about_to_read_place(&self, tenant: TenantId) -> Reading {
        self.places.about_to_read(tenant)
    }

    pub(super) fn keep_place(&self, reading: Reading, place: &Arc<Place>) {
        let bytes = size_of::<(Tenant, Property)>() + TEXTS;
        self.by_slug.insert(place.0.slug.clone(), place.0.id);
        self.places.keep(reading, place.clone(), weight(bytes));
    }

    pub(super) fn holder_of(&self, digest: &KeyDigest) -> Option<KeyHolder> {
        let tenant = self.by_key.get(digest)?;
        self.keys(tenant)?.get(digest).copied()
    }

    pub(super) fn keys(&self, tenant: TenantId) -> Option<Arc<Keys>> {
        Some(self.keys.get(tenant)?.value)
    }

    pub(super) fn about_to_read_keys(&self, tenant: TenantId) -> Reading {
        self.keys.about_to_read(tenant)
    }

    pub(super) fn keep_keys(&self, reading: Reading, tenant: TenantId, keys: &Arc<Keys>) {
        for digest in keys.keys() {
            self.by_key.insert(*digest, tenant);
        }
        let bytes = 2 * keys.len() * size_of::<(KeyDigest, KeyHolder)>();
        self.keys.keep(reading, keys.clone(), weight(bytes));
    }

    pub(super) fn flags(&self, tenant: TenantId) -> Option<Flags> {
        Some(*self.flags.get(tenant)?.value)
    }

    pub(super) fn about_to_read_flags(&self, tenant: TenantId) -> Reading {
        self.flags.about_to_read(tenant)
    }

    pub(super) fn keep_flags(&self, reading: Reading, flags: Flags) {
        let bytes = weight(size_of::<Flags>());
        self.flags.keep(reading, Arc::new(flags), bytes);
    }

    pub(super) fn forget(&self, tenant: TenantId) {
        self.places.forget(tenant);
        self.keys.forget(tenant);
        self.flags.forget(tenant);
    }
}

fn weight(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
