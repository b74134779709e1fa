use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};

use crate::schema::sessions;
use crate::second_factor::Claimant;
use crate::{StaffSession, TenancyError};

/// How long a passkey that was shown stands in the place of a code.
const STANDS: TimeDelta = TimeDelta::minutes(5);

/// Notes that a passkey was shown in a session: for five minutes it stands in the place of a code, once.
///
/// # Errors
/// The database failed.
pub async fn note_passkey_shown(
    tx: &mut TenantTx,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    diesel::update(sessions::table.find((session.tenant, session.id)))
        .set(sessions::passkey_shown_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether a passkey stands in the place of a code; it does so no more.
pub(crate) async fn spend_shown_passkey(
    db: &Db,
    claimant: Claimant,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let Some(session) = claimant.session else {
        return Ok(false);
    };
    let mut tx = db.tenant(claimant.tenant).await?;
    let standing = sessions::table
        .find((claimant.tenant, session))
        .filter(sessions::passkey_shown_at.gt(now - STANDS));
    let spent = diesel::update(standing)
        .set(sessions::passkey_shown_at.eq(None::<DateTime<Utc>>))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(spent == 1)
}
