use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_seal::Keyring;
use motel_tenancy::StaffSession;
use motel_tenancy::second_factor::{Proof, hold_for_passkeys, keep_passkeys, prove};
use serde_json::{Value, json};
use webauthn_rs::prelude::{CreationChallengeResponse, Passkey, PasskeyRegistration};

use crate::ceremony::{self, Asked, Purpose};
use crate::queries::credential_ids_of;
use crate::schema::credentials;
use crate::{
    Begun, CeremonyId, KeptPasskey, NewPasskey, PasskeyError, PasskeyId, PasskeyName, RelyingParty,
};

/// The most that a member keeps.
const MOST: usize = 20;
/// So many bytes an authenticator calls a passkey by: 100 random bits at least, says WebAuthn.
const SHORTEST_ID: usize = 16;
const LONGEST_ID: usize = 1_023;
/// Of a key as it is written down, in bytes.
const LONGEST_KEY: usize = 8_192;

/// Begins to add a passkey, for who proves once more that it is them.
///
/// # Errors
/// [`PasskeyError::Unavailable`], [`PasskeyError::TooMany`]; what is wrong with the proof.
pub async fn begin_adding(
    db: &Db,
    keys: &Keyring,
    party: &RelyingParty,
    session: &StaffSession,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<Begun, PasskeyError> {
    let webauthn = party.webauthn()?;
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let mut tx = db.tenant(session.tenant).await?;
    let kept = credential_ids_of(&mut tx, session.staff_id).await?;
    if kept.len() >= MOST {
        return Err(PasskeyError::TooMany);
    }
    let (whose, email) = (member.id.as_uuid(), member.email.as_str());
    let (options, state) = webauthn
        .start_passkey_registration(whose, email, &member.display_name, Some(kept))
        .map_err(PasskeyError::unreadable)?;
    let id = ceremony::keep(&mut tx, asked(session), &state, now).await?;
    tx.commit().await?;
    let options = discoverable(&options)?;
    Ok(Begun { id, options })
}

/// Keeps a passkey that was just made in this session. The first second factor of a member ends their other sessions.
///
/// # Errors
/// [`PasskeyError::CeremonyOver`], [`PasskeyError::Refused`], [`PasskeyError::AlreadyKept`], [`PasskeyError::TooMany`].
pub async fn add_passkey(
    db: &Db,
    party: &RelyingParty,
    session: &StaffSession,
    ceremony: CeremonyId,
    (name, made): (&PasskeyName, &NewPasskey),
    now: DateTime<Utc>,
) -> Result<KeptPasskey, PasskeyError> {
    let webauthn = party.webauthn()?;
    let mut tx = db.tenant(session.tenant).await?;
    let state = ceremony::take(&mut tx, ceremony, asked(session), now).await?;
    tx.commit().await?;
    let state: PasskeyRegistration = state.ok_or(PasskeyError::CeremonyOver)?;
    let passkey = webauthn
        .finish_passkey_registration(&made.0, &state)
        .map_err(|error| {
            tracing::debug!(%error, "a new passkey is refused");
            PasskeyError::Refused
        })?;
    if !(SHORTEST_ID..=LONGEST_ID).contains(&passkey.cred_id().len()) {
        return Err(PasskeyError::Refused);
    }
    let mut tx = db.tenant(session.tenant).await?;
    hold_for_passkeys(&mut tx, session).await?;
    if credential_ids_of(&mut tx, session.staff_id).await?.len() >= MOST {
        return Err(PasskeyError::TooMany);
    }
    keep_passkeys(&mut tx, session, now).await?;
    let kept = insert(&mut tx, session, (name, &passkey), now).await?;
    tx.commit().await?;
    Ok(kept)
}

fn asked(session: &StaffSession) -> Asked {
    Asked {
        member: session.staff_id,
        purpose: Purpose::Add,
        within: session.id.as_uuid(),
    }
}

/// The library leaves it to the authenticator whether it can tell by itself whose the passkey is; without that nobody signs in by it alone.
fn discoverable(options: &CreationChallengeResponse) -> Result<Value, PasskeyError> {
    let mut options =
        serde_json::to_value(&options.public_key).map_err(PasskeyError::unreadable)?;
    if let Some(selection) = options
        .get_mut("authenticatorSelection")
        .and_then(Value::as_object_mut)
    {
        selection.insert("residentKey".to_owned(), json!("required"));
        selection.insert("requireResidentKey".to_owned(), json!(true));
    }
    Ok(options)
}

async fn insert(
    tx: &mut TenantTx,
    session: &StaffSession,
    (name, passkey): (&PasskeyName, &Passkey),
    now: DateTime<Utc>,
) -> Result<KeptPasskey, PasskeyError> {
    let key = serde_json::to_value(passkey).map_err(PasskeyError::unreadable)?;
    // PostgreSQL writes spaces as well.
    if 2 * key.to_string().len() > LONGEST_KEY {
        return Err(PasskeyError::Refused);
    }
    let row = (
        credentials::tenant_id.eq(session.tenant),
        credentials::id.eq(PasskeyId::new()),
        credentials::staff_id.eq(session.staff_id),
        credentials::credential_id.eq(passkey.cred_id().as_slice()),
        credentials::name.eq(name),
        credentials::key.eq(key),
        credentials::created_at.eq(now),
    );
    let kept: Option<KeptPasskey> = diesel::insert_into(credentials::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(KeptPasskey::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?;
    kept.ok_or(PasskeyError::AlreadyKept)
}
