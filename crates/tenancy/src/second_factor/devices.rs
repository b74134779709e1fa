use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use diesel_derive_newtype::DieselNewType;
use motel_db::{Db, TenantTx};
use motel_kernel::{InvalidId, StaffId};
use secrecy::SecretString;
use uuid::Uuid;

use super::HalfAdmitted;
use crate::commands::hold_unchanged;
use crate::rules::AddressedToken;
use crate::schema::remembered_devices as remembered;
use crate::{Device, Staff, TenancyError};

/// How long a device is remembered.
pub(crate) const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// The most that are listed of one member.
const MOST: i64 = 100;

/// Which remembered device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, DieselNewType)]
pub struct RememberedDeviceId(Uuid);

impl std::fmt::Display for RememberedDeviceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for RememberedDeviceId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let what = "RememberedDeviceId";
        text.parse().map(Self).map_err(|_| InvalidId { what })
    }
}

/// A device on which a member need not show their second factor, as they may see it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = remembered, check_for_backend(diesel::pg::Pg))]
pub struct RememberedDevice {
    /// Which.
    pub id: RememberedDeviceId,
    /// What the browser says it is; may be empty.
    pub user_agent: String,
    /// The address it was remembered from, if that is known.
    pub address: Option<String>,
    /// When somebody last signed in on it.
    pub last_used_at: DateTime<Utc>,
    /// Until when it is remembered.
    pub expires_at: DateTime<Utc>,
}

/// Remembers a device of a member who has just shown their second factor, for 30 days. Answers the word that the device keeps.
///
/// # Errors
/// [`TenancyError::NotFound`] when their password or second factor was changed meanwhile.
pub async fn remember_device(
    db: &Db,
    member: &Staff,
    device: &Device,
    now: DateTime<Utc>,
) -> Result<SecretString, TenancyError> {
    let (token, word) = AddressedToken::mint(member.tenant_id);
    let mut tx = db.tenant(member.tenant_id).await?;
    hold_unchanged(&mut tx, member).await?;
    let row = (
        remembered::tenant_id.eq(member.tenant_id),
        remembered::id.eq(RememberedDeviceId(Uuid::now_v7())),
        remembered::staff_id.eq(member.id),
        remembered::digest.eq(token.digest()),
        remembered::user_agent.eq(device.user_agent()),
        remembered::address.eq(device.address()),
        remembered::created_at.eq(now),
        remembered::last_used_at.eq(now),
        remembered::expires_at.eq(now + REMEMBERED),
    );
    diesel::insert_into(remembered::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(word)
}

/// Lets somebody in whose password was right and whose device is remembered; `None` where a code has to be shown.
///
/// # Errors
/// The database failed.
pub async fn admit_remembered(
    db: &Db,
    half: &HalfAdmitted,
    word: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<Staff>, TenancyError> {
    let member = &half.0;
    if word.tenant() != member.tenant_id {
        return Ok(None);
    }
    let mut tx = db.tenant(member.tenant_id).await?;
    let theirs = remembered::table
        .filter(remembered::tenant_id.eq(member.tenant_id))
        .filter(remembered::staff_id.eq(member.id))
        .filter(remembered::digest.eq(word.digest()))
        .filter(remembered::ended_at.is_null())
        .filter(remembered::expires_at.gt(now));
    let used = diesel::update(theirs)
        .set(remembered::last_used_at.eq(now))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok((used == 1).then(|| member.clone()))
}

/// Where a member need not show their second factor, the last used first; a hundred at most.
///
/// # Errors
/// The database failed.
pub async fn remembered_devices(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<Vec<RememberedDevice>, TenancyError> {
    Ok(remembered::table
        .filter(remembered::tenant_id.eq(tx.tenant()))
        .filter(remembered::staff_id.eq(member))
        .filter(remembered::ended_at.is_null())
        .filter(remembered::expires_at.gt(now))
        .order((remembered::last_used_at.desc(), remembered::id.desc()))
        .limit(MOST)
        .select(RememberedDevice::as_select())
        .load(tx.conn())
        .await?)
}

/// Forgets a device of a member; answers whether it was theirs and not forgotten before.
///
/// # Errors
/// The database failed.
pub async fn forget_device(
    tx: &mut TenantTx,
    member: StaffId,
    id: RememberedDeviceId,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let forgotten = diesel::update(remembered::table.find((tenant, id)))
        .filter(remembered::staff_id.eq(member))
        .filter(remembered::ended_at.is_null())
        .set(remembered::ended_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(forgotten == 1)
}

/// Forgets all devices of a member.
pub(crate) async fn end_devices_of(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let theirs = remembered::table
        .filter(remembered::tenant_id.eq(tx.tenant()))
        .filter(remembered::staff_id.eq(member))
        .filter(remembered::ended_at.is_null());
    diesel::update(theirs)
        .set(remembered::ended_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}
