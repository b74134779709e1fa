//! What somebody was asked to show, until they do.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use diesel_derive_newtype::DieselNewType;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::StaffId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::PasskeyError;
use crate::schema::{arrivals, ceremonies};

/// How long somebody has to show it.
const LASTS: TimeDelta = TimeDelta::minutes(5);

/// Which ceremony: by this word the answer says what it answers. 122 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct CeremonyId(Uuid);

impl fmt::Display for CeremonyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A ceremony that has begun.
#[derive(Debug, Clone)]
pub struct Begun {
    /// What the answer names.
    pub id: CeremonyId,
    /// What the browser is asked: the JSON that `PublicKeyCredential.parseCreationOptionsFromJSON()` or its sister for requests takes.
    pub options: Value,
}

motel_db::text_enum! {
    /// What a passkey is asked for.
    pub(crate) enum Purpose {
        /// A new one is added.
        Add = "add",
        /// A sign-in waits for a second factor.
        SecondFactor = "second_factor",
        /// Somebody proves once more that it is them.
        Prove = "prove",
    }
}

/// Who is asked, for what, and in which session or sign-in. Nobody answers for somebody else, or elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) member: StaffId,
    pub(crate) purpose: Purpose,
    pub(crate) within: Uuid,
}

/// Keeps what a member was asked; what they were asked before for the same is over.
pub(crate) async fn keep(
    tx: &mut TenantTx,
    asked: Asked,
    state: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<CeremonyId, PasskeyError> {
    let (tenant, id) = (tx.tenant(), CeremonyId(Uuid::new_v4()));
    let before = ceremonies::table
        .filter(ceremonies::tenant_id.eq(tenant))
        .filter(ceremonies::staff_id.eq(asked.member))
        .filter(ceremonies::purpose.eq(asked.purpose))
        .filter(ceremonies::asked_in.eq(asked.within));
    diesel::delete(before).execute(tx.conn()).await?;
    let row = (
        ceremonies::tenant_id.eq(tenant),
        ceremonies::id.eq(id),
        ceremonies::staff_id.eq(asked.member),
        ceremonies::purpose.eq(asked.purpose),
        ceremonies::asked_in.eq(asked.within),
        ceremonies::state.eq(written(state)?),
        ceremonies::created_at.eq(now),
        ceremonies::expires_at.eq(now + LASTS),
    );
    diesel::insert_into(ceremonies::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// What a member was asked, if it is this and not over. It is over now: of two who answer at once, the second waits and finds nothing.
pub(crate) async fn take<S: DeserializeOwned>(
    tx: &mut TenantTx,
    id: CeremonyId,
    asked: Asked,
    now: DateTime<Utc>,
) -> Result<Option<S>, PasskeyError> {
    let meant = ceremonies::table
        .find((tx.tenant(), id))
        .filter(ceremonies::staff_id.eq(asked.member))
        .filter(ceremonies::purpose.eq(asked.purpose))
        .filter(ceremonies::asked_in.eq(asked.within))
        .filter(ceremonies::expires_at.gt(now));
    let state: Option<Value> = diesel::delete(meant)
        .returning(ceremonies::state)
        .get_result(tx.conn())
        .await
        .optional()?;
    state.map(read).transpose()
}

/// Keeps what a stranger was asked.
pub(crate) async fn keep_arrival(
    tx: &mut PlatformTx,
    state: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<CeremonyId, PasskeyError> {
    let id = CeremonyId(Uuid::new_v4());
    let row = (
        arrivals::id.eq(id),
        arrivals::state.eq(written(state)?),
        arrivals::created_at.eq(now),
        arrivals::expires_at.eq(now + LASTS),
    );
    diesel::insert_into(arrivals::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// What a stranger was asked, as [`take`] for members.
pub(crate) async fn take_arrival<S: DeserializeOwned>(
    tx: &mut PlatformTx,
    id: CeremonyId,
    now: DateTime<Utc>,
) -> Result<Option<S>, PasskeyError> {
    let meant = arrivals::table
        .find(id)
        .filter(arrivals::expires_at.gt(now));
    let state: Option<Value> = diesel::delete(meant)
        .returning(arrivals::state)
        .get_result(tx.conn())
        .await
        .optional()?;
    state.map(read).transpose()
}

/// Forgets ceremonies that nobody went through with: how many.
pub(crate) async fn sweep(tx: &mut PlatformTx, now: DateTime<Utc>) -> Result<usize, PasskeyError> {
    let over = ceremonies::table.filter(ceremonies::expires_at.le(now));
    let of_members = diesel::delete(over).execute(tx.conn()).await?;
    let over = arrivals::table.filter(arrivals::expires_at.le(now));
    let of_strangers = diesel::delete(over).execute(tx.conn()).await?;
    Ok(of_members + of_strangers)
}

/// Forgets whatever a member was asked.
pub(crate) async fn forget(tx: &mut TenantTx, member: StaffId) -> Result<(), PasskeyError> {
    let theirs = ceremonies::table
        .filter(ceremonies::tenant_id.eq(tx.tenant()))
        .filter(ceremonies::staff_id.eq(member));
    diesel::delete(theirs).execute(tx.conn()).await?;
    Ok(())
}

fn written(state: &impl Serialize) -> Result<Value, PasskeyError> {
    serde_json::to_value(state).map_err(PasskeyError::unreadable)
}

fn read<S: DeserializeOwned>(state: Value) -> Result<S, PasskeyError> {
    serde_json::from_value(state).map_err(PasskeyError::unreadable)
}
