use std::net::IpAddr;

use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_tenancy::AddressedToken;
use motel_tenancy::second_factor::{
    Answered, Challenged, PasskeyTry, close_challenge, count_passkey, find_challenge,
    hold_challenge, passkey_was_right,
};
use webauthn_rs::prelude::DiscoverableAuthentication;

use crate::ceremony::{self, Asked, Purpose};
use crate::check::{ask, check};
use crate::queries::credential_ids_of;
use crate::{Begun, CeremonyId, PasskeyError, RelyingParty, ShownPasskey};

/// Asks somebody whose password was right for a passkey; `None` when their sign-in is over.
///
/// # Errors
/// [`PasskeyError::Unavailable`]; the database failed.
pub async fn begin_second_factor(
    db: &Db,
    party: &RelyingParty,
    word: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<Begun>, PasskeyError> {
    let mut tx = db.tenant(word.tenant()).await?;
    let Some(challenged) = find_challenge(&mut tx, word, now).await? else {
        return Ok(None);
    };
    let kept = credential_ids_of(&mut tx, challenged.member()).await?;
    let (options, state) = ask(party, &kept)?;
    let id = ceremony::keep(&mut tx, asked(&challenged), &state, now).await?;
    tx.commit().await?;
    Ok(Some(Begun { id, options }))
}

/// Takes a passkey for a sign-in that waits, in the place of a code. Failures are counted of the member and of the address.
///
/// # Errors
/// [`PasskeyError::Unavailable`]; the database failed.
pub async fn answer_by_passkey(
    db: &Db,
    party: &RelyingParty,
    word: &AddressedToken,
    (ceremony, shown): (CeremonyId, &ShownPasskey),
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<Answered, PasskeyError> {
    let mut tx = db.tenant(word.tenant()).await?;
    let challenged = find_challenge(&mut tx, word, now).await?;
    tx.commit().await?;
    let Some(challenged) = challenged else {
        return Ok(Answered::Over);
    };
    let (member, from) = (challenged.member(), Some(address));
    if let PasskeyTry::TooMany { seconds } = count_passkey(db, Some(member), from, now).await? {
        return Ok(Answered::TooMany { seconds });
    }
    let mut tx = db.tenant(word.tenant()).await?;
    // The member first, as whoever changes their passkeys.
    if !hold_challenge(&mut tx, &challenged).await? {
        return Ok(Answered::Over);
    }
    if !is_right(&mut tx, party, &challenged, (ceremony, shown), now).await? {
        tx.commit().await?;
        return Ok(Answered::Refused);
    }
    let Some(staff) = close_challenge(&mut tx, challenged, now).await? else {
        return Ok(Answered::Over);
    };
    tx.commit().await?;
    passkey_was_right(db, member, from, now).await?;
    Ok(Answered::Admitted(Box::new(staff)))
}

async fn is_right(
    tx: &mut TenantTx,
    party: &RelyingParty,
    challenged: &Challenged,
    (ceremony, shown): (CeremonyId, &ShownPasskey),
    now: DateTime<Utc>,
) -> Result<bool, PasskeyError> {
    let state = ceremony::take(tx, ceremony, asked(challenged), now).await?;
    let Some(state) = state else {
        return Ok(false);
    };
    let state: DiscoverableAuthentication = state;
    check(tx, party, state, (challenged.member(), shown), now).await
}

fn asked(challenged: &Challenged) -> Asked {
    Asked {
        member: challenged.member(),
        purpose: Purpose::SecondFactor,
        within: challenged.id(),
    }
}
