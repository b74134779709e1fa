use std::net::IpAddr;

use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_tenancy::second_factor::{
    Answered, PasskeyTry, count_passkey, member_by_passkey, passkey_was_right,
};

use crate::ceremony;
use crate::check::{ask, check};
use crate::queries::whose;
use crate::{Begun, CeremonyId, PasskeyError, RelyingParty, ShownPasskey};

/// Asks a stranger for a passkey.
///
/// # Errors
/// [`PasskeyError::Unavailable`]; the database failed.
pub async fn begin_sign_in(
    db: &Db,
    party: &RelyingParty,
    now: DateTime<Utc>,
) -> Result<Begun, PasskeyError> {
    let (options, state) = ask(party, &[])?;
    let mut tx = db.platform("ask a stranger for a passkey").await?;
    let id = ceremony::keep_arrival(&mut tx, &state, now).await?;
    tx.commit().await?;
    Ok(Begun { id, options })
}

/// Lets in who shows a passkey of theirs: it is two factors in one, the device and what unlocks it. A passkey that nobody keeps, one that
/// was removed, a wrong one and a ceremony that is over are one answer. Failures are counted of the member and of the address.
///
/// # Errors
/// [`PasskeyError::Unavailable`]; the database failed.
pub async fn sign_in_by_passkey(
    db: &Db,
    party: &RelyingParty,
    ceremony: CeremonyId,
    shown: &ShownPasskey,
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<Answered, PasskeyError> {
    let mut tx = db.platform("look whose passkey it is").await?;
    let asked = ceremony::take_arrival(&mut tx, ceremony, now).await?;
    let whose = whose(&mut tx, shown).await?;
    tx.commit().await?;
    let member = whose.map(|(_, member)| member);
    if let PasskeyTry::TooMany { seconds } = count_passkey(db, member, Some(address), now).await? {
        return Ok(Answered::TooMany { seconds });
    }
    // Nobody was told whose passkey to look for, so it has to say.
    let (Some(asked), Some((tenant, member)), Some(_)) = (asked, whose, shown.says_member()) else {
        return Ok(Answered::Refused);
    };
    let mut tx = db.tenant(tenant).await?;
    let staff = match check(&mut tx, party, asked, (member, shown), now).await? {
        true => member_by_passkey(&mut tx, member).await?,
        false => None,
    };
    tx.commit().await?;
    let Some(staff) = staff else {
        return Ok(Answered::Refused);
    };
    passkey_was_right(db, member, Some(address), now).await?;
    Ok(Answered::Admitted(Box::new(staff)))
}
