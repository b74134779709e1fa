use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::TenantId;
use motel_seal::Keyring;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{TypedCode, spend_code};
use crate::commands::hold_unchanged;
use crate::lockout::{self, Subject, Turn};
use crate::model::PasswordHash;
use crate::rules::AddressedToken;
use crate::schema::{challenges, staff};
use crate::{Staff, TenancyError};

/// How long somebody has to show a code.
const LASTS: TimeDelta = TimeDelta::minutes(5);

/// A member whose password was right and who has to show a second factor. No session can be opened for it: that takes the
/// [`Staff`], which is inside, and comes out by a code or a remembered device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfAdmitted(pub(crate) Staff);

impl HalfAdmitted {
    /// Whose transaction to open.
    pub fn tenant(&self) -> TenantId {
        self.0.tenant_id
    }
}

/// What became of an answer to a challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It is this member.
    Admitted(Box<Staff>),
    /// The code is not right, or was used before.
    Refused,
    /// Too many failures of the member, or from there. A right code is not looked at either.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
    /// The challenge is over: answered, five minutes old, or the password was changed meanwhile. They sign in anew.
    Over,
}

/// Asks for a code: the word by which the answer says what it answers. It is good for five minutes, and for nothing else.
///
/// # Errors
/// The database failed.
pub async fn open_challenge(
    db: &Db,
    half: &HalfAdmitted,
    now: DateTime<Utc>,
) -> Result<SecretString, TenancyError> {
    let member = &half.0;
    let (token, word) = AddressedToken::mint(member.tenant_id);
    let mut tx = db.tenant(member.tenant_id).await?;
    let row = (
        challenges::tenant_id.eq(member.tenant_id),
        challenges::id.eq(Uuid::now_v7()),
        challenges::staff_id.eq(member.id),
        challenges::digest.eq(token.digest()),
        challenges::password_digest.eq(digest_of(&member.password_hash)),
        challenges::created_at.eq(now),
        challenges::expires_at.eq(now + LASTS),
    );
    diesel::insert_into(challenges::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(word)
}

/// Takes the code for a challenge. A challenge is answered once, and a code used once: of two who show the same at the same time,
/// one gets in. Failures are counted of the member and of the address.
///
/// # Errors
/// The database failed, or the second factor's key cannot be opened.
pub async fn answer_challenge(
    db: &Db,
    keys: &Keyring,
    word: &AddressedToken,
    code: &SecretString,
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<Answered, TenancyError> {
    let mut tx = db.tenant(word.tenant()).await?;
    let open = find(&mut tx, word, now).await?;
    tx.commit().await?;
    let Some((id, member)) = open else {
        return Ok(Answered::Over);
    };
    let (account, from) = (Subject::code_of(member.id), Subject::visitor(address));
    let subjects = [account.clone(), from.clone()];
    if let Turn::Wait(seconds) = lockout::reserve(db, &subjects, now).await? {
        return Ok(Answered::TooMany { seconds });
    }
    let Some(code) = TypedCode::parse(code) else {
        return Ok(Answered::Refused);
    };
    let mut tx = db.tenant(word.tenant()).await?;
    match hold_unchanged(&mut tx, &member).await {
        Err(TenancyError::NotFound(_)) => return Ok(Answered::Over),
        held => held?,
    }
    if !close(&mut tx, id, now).await? {
        return Ok(Answered::Over);
    }
    if !spend_code(&mut tx, keys, member.id, &code, now).await? {
        return Ok(Answered::Refused);
    }
    tx.commit().await?;
    lockout::let_through(db, &account, &[from], now).await?;
    Ok(Answered::Admitted(Box::new(member)))
}

/// The open challenge of a word, with its member as they are.
pub(super) async fn find(
    tx: &mut TenantTx,
    word: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<(Uuid, Staff)>, TenancyError> {
    let member = staff::tenant_id
        .eq(challenges::tenant_id)
        .and(staff::id.eq(challenges::staff_id));
    let found: Option<(Uuid, Vec<u8>, Staff)> = challenges::table
        .inner_join(staff::table.on(member))
        .filter(challenges::tenant_id.eq(tx.tenant()))
        .filter(challenges::digest.eq(word.digest()))
        .filter(challenges::answered_at.is_null())
        .filter(challenges::expires_at.gt(now))
        .filter(staff::active)
        .filter(staff::second_factor_at.is_not_null())
        .select((
            challenges::id,
            challenges::password_digest,
            Staff::as_select(),
        ))
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found
        .filter(|(_, shown, member)| *shown == digest_of(&member.password_hash))
        .map(|(id, _, member)| (id, member)))
}

/// Answers whether it was open. Who comes second waits for the row and then finds it answered.
pub(super) async fn close(
    tx: &mut TenantTx,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let closed = diesel::update(challenges::table.find((tenant, id)))
        .filter(challenges::answered_at.is_null())
        .set(challenges::answered_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(closed == 1)
}

fn digest_of(hash: &PasswordHash) -> Vec<u8> {
    Sha256::digest(hash.0.as_bytes()).to_vec()
}
