use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_seal::Keyring;
use motel_tenancy::StaffSession;
use motel_tenancy::commands::end_sessions_of;
use motel_tenancy::second_factor::{Proof, hold_for_passkeys, let_go_of_passkey, prove};

use crate::queries::credential_ids_of;
use crate::schema::credentials;
use crate::{PasskeyError, PasskeyId};

/// Removes a passkey of who proves once more that it is them. Their other sessions end, since whoever has the device may have opened them.
///
/// # Errors
/// [`PasskeyError::NotFound`], also for somebody else's; [`PasskeyError::LastFactor`]; what is wrong with the proof.
pub async fn remove_passkey(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    id: PasskeyId,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<(), PasskeyError> {
    prove(db, keys, session.claimant(), proof, now).await?;
    let mut tx = db.tenant(session.tenant).await?;
    hold_for_passkeys(&mut tx, session).await?;
    let removed = diesel::delete(credentials::table.find((session.tenant, id)))
        .filter(credentials::staff_id.eq(session.staff_id))
        .execute(tx.conn())
        .await?;
    if removed == 0 {
        return Err(PasskeyError::NotFound);
    }
    let left = !credential_ids_of(&mut tx, session.staff_id)
        .await?
        .is_empty();
    if !let_go_of_passkey(&mut tx, session.staff_id, left, now).await? {
        return Err(PasskeyError::LastFactor);
    }
    end_sessions_of(&mut tx, session.staff_id, Some(session.id)).await?;
    Ok(tx.commit().await?)
}
