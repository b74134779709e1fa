use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::Email;
use motel_tenancy::{BusinessName, TenantKind};
use uuid::Uuid;

use crate::schema::sign_ups;

/// How long the link can be used.
pub(super) const LASTS: TimeDelta = TimeDelta::hours(24);

/// Which sign-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, DieselNewType)]
pub struct SignUpId(Uuid);

impl SignUpId {
    pub(super) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for SignUpId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody asks for a business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignUp {
    /// What it calls itself.
    pub business: BusinessName,
    /// Where the link is mailed to, and what its owner will sign in with.
    pub email: Email,
    /// Its trade.
    pub kind: TenantKind,
}

/// What somebody sees who follows the link.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = sign_ups, check_for_backend(diesel::pg::Pg))]
pub struct SignUpLook {
    /// Which.
    pub id: SignUpId,
    /// What the business calls itself.
    pub business: String,
    /// What its owner will sign in with.
    pub email: Email,
    /// Its trade.
    pub kind: TenantKind,
}

/// A sign-up whose mail is due.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_ups, check_for_backend(diesel::pg::Pg))]
pub(super) struct DueSignUp {
    pub(super) id: SignUpId,
    pub(super) email: Email,
    pub(super) business: String,
    pub(super) attempts: i32,
}
