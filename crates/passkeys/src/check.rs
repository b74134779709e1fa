//! Whether a passkey that is shown is right.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, RequestChallengeResponse, WebauthnError,
};

use crate::schema::credentials;
use crate::{PasskeyError, PasskeyId, RelyingParty, ShownPasskey};

/// Asks for a passkey: of a member those that they have, of a stranger any. What it is answered with has to verify who holds it.
pub(crate) fn ask(
    party: &RelyingParty,
    passkeys: &[Vec<u8>],
) -> Result<(Value, DiscoverableAuthentication), PasskeyError> {
    let webauthn = party.webauthn()?;
    let (options, state) = webauthn
        .start_discoverable_authentication()
        .map_err(PasskeyError::unreadable)?;
    Ok((with_allowed(options, passkeys)?, state))
}

/// The library asks a stranger; a member's browser is told which passkeys are theirs, so that it offers no other.
fn with_allowed(
    mut options: RequestChallengeResponse,
    passkeys: &[Vec<u8>],
) -> Result<Value, PasskeyError> {
    options.public_key.extensions = None;
    let mut options = serde_json::to_value(options.public_key).map_err(PasskeyError::unreadable)?;
    let descriptor =
        |id: &Vec<u8>| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(id) });
    let allowed: Value = passkeys.iter().map(descriptor).collect();
    if let Some(fields) = options.as_object_mut() {
        fields.insert("allowCredentials".to_owned(), allowed);
    }
    Ok(options)
}

/// Whether it is a passkey of this member and answers what was asked. It is held meanwhile, and what it says of itself is noted: how often
/// it was used, and also that it seems to have been copied. So the caller commits whatever the answer is.
pub(crate) async fn check(
    tx: &mut TenantTx,
    party: &RelyingParty,
    asked: DiscoverableAuthentication,
    (member, shown): (StaffId, &ShownPasskey),
    now: DateTime<Utc>,
) -> Result<bool, PasskeyError> {
    let webauthn = party.webauthn()?;
    let other = |said| said != member.as_uuid();
    if shown.says_member().is_some_and(other) {
        return Ok(false);
    }
    let Some((id, mut passkey)) = locked(tx, member, shown).await? else {
        return Ok(false);
    };
    match webauthn.finish_discoverable_authentication_v2(&shown.0, asked, &passkey) {
        Ok(result) => {
            passkey.update_credential(&result);
            note_use(tx, id, &passkey, now).await?;
            Ok(true)
        }
        Err(WebauthnError::CredentialPossibleCompromise) => {
            tracing::warn!(passkey = %id, "a passkey's counter went back: it may have been copied");
            note_doubt(tx, id, now).await?;
            Ok(false)
        }
        Err(error) => {
            tracing::debug!(passkey = %id, %error, "a passkey is refused");
            Ok(false)
        }
    }
}

async fn locked(
    tx: &mut TenantTx,
    member: StaffId,
    shown: &ShownPasskey,
) -> Result<Option<(PasskeyId, Passkey)>, PasskeyError> {
    let found: Option<(PasskeyId, Value)> = credentials::table
        .filter(credentials::tenant_id.eq(tx.tenant()))
        .filter(credentials::staff_id.eq(member))
        .filter(credentials::credential_id.eq(shown.credential_id()))
        .select((credentials::id, credentials::key))
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let read = |(id, key)| {
        let passkey = serde_json::from_value(key).map_err(PasskeyError::unreadable)?;
        Ok((id, passkey))
    };
    found.map(read).transpose()
}

async fn note_use(
    tx: &mut TenantTx,
    id: PasskeyId,
    passkey: &Passkey,
    now: DateTime<Utc>,
) -> Result<(), PasskeyError> {
    let key = serde_json::to_value(passkey).map_err(PasskeyError::unreadable)?;
    diesel::update(credentials::table.find((tx.tenant(), id)))
        .set((credentials::key.eq(key), credentials::last_used_at.eq(now)))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn note_doubt(
    tx: &mut TenantTx,
    id: PasskeyId,
    now: DateTime<Utc>,
) -> Result<(), PasskeyError> {
    diesel::update(credentials::table.find((tx.tenant(), id)))
        .set(credentials::doubted_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}
