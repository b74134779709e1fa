use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_tenancy::second_factor::{
    PasskeyTry, count_passkey, note_passkey_shown, passkey_was_right,
};
use motel_tenancy::{StaffSession, TenancyError};

use crate::ceremony::{self, Asked, Purpose};
use crate::check::{ask, check};
use crate::queries::credential_ids_of;
use crate::{Begun, CeremonyId, PasskeyError, RelyingParty, ShownPasskey};

/// Asks who is signed in for a passkey of theirs, in the place of a code.
///
/// # Errors
/// [`PasskeyError::NotFound`] for who has none; [`PasskeyError::Unavailable`].
pub async fn begin_proof(
    db: &Db,
    party: &RelyingParty,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<Begun, PasskeyError> {
    let mut tx = db.tenant(session.tenant).await?;
    let kept = credential_ids_of(&mut tx, session.staff_id).await?;
    if kept.is_empty() {
        return Err(PasskeyError::NotFound);
    }
    let (options, state) = ask(party, &kept)?;
    let id = ceremony::keep(&mut tx, asked(session), &state, now).await?;
    tx.commit().await?;
    Ok(Begun { id, options })
}

/// Takes it: the next thing within five minutes that asks for password and code in this session is content with the password.
///
/// # Errors
/// [`PasskeyError::CeremonyOver`], [`PasskeyError::Refused`]; [`TenancyError::TooManyAttempts`].
pub async fn prove_by_passkey(
    db: &Db,
    party: &RelyingParty,
    session: &StaffSession,
    (ceremony, shown): (CeremonyId, &ShownPasskey),
    now: DateTime<Utc>,
) -> Result<(), PasskeyError> {
    let member = session.staff_id;
    if let PasskeyTry::TooMany { seconds } = count_passkey(db, Some(member), None, now).await? {
        return Err(TenancyError::TooManyAttempts { seconds }.into());
    }
    let mut tx = db.tenant(session.tenant).await?;
    let state = ceremony::take(&mut tx, ceremony, asked(session), now).await?;
    let state = state.ok_or(PasskeyError::CeremonyOver)?;
    let right = check(&mut tx, party, state, (member, shown), now).await?;
    if right {
        note_passkey_shown(&mut tx, session, now).await?;
    }
    tx.commit().await?;
    if !right {
        return Err(PasskeyError::Refused);
    }
    passkey_was_right(db, member, None, now).await?;
    Ok(())
}

fn asked(session: &StaffSession) -> Asked {
    Asked {
        member: session.staff_id,
        purpose: Purpose::Prove,
        within: session.id.as_uuid(),
    }
}
