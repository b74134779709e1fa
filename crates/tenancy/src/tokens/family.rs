use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::SessionId;
use secrecy::SecretString;

use super::RefreshToken;
use crate::commands::{end_session, open_session};
use crate::schema::refresh_tokens;
use crate::{Device, Staff, StaffSession, TenancyError, queries};

/// A session that goes on by tokens: each is exchanged for the next, and the session says whether any is still worth something. So
/// whatever ends sessions ends them.
#[derive(Debug)]
pub struct Family {
    /// Which session.
    pub session: SessionId,
    /// The token that is good for the next pair: nobody sees it again but the program that keeps it.
    pub refresh: SecretString,
}

/// What became of a refresh token.
#[derive(Debug)]
pub enum Rotation {
    /// It was exchanged: whose session goes on, and the next token.
    Renewed(StaffSession, SecretString),
    /// It was exchanged before, so somebody has a copy: whose session is over now.
    Replayed(StaffSession),
    /// There is no such token, its session is over, or another request exchanged it in this moment.
    Refused,
}

/// Opens a session for a program of a member whose credentials were right, with the first refresh token.
///
/// # Errors
/// [`TenancyError::NotFound`] as for [`open_session`].
pub async fn open_family(
    tx: &mut TenantTx,
    staff: &Staff,
    device: &Device,
) -> Result<Family, TenancyError> {
    let opened = open_session(tx, staff, device).await?;
    let refresh = next(tx, opened.id).await?;
    Ok(Family {
        session: opened.id,
        refresh,
    })
}

/// Exchanges a refresh token for the next. Of two requests at once one gets it, and the other is refused; who comes with it
/// later than that has a copy, or somebody else has, and the session ends. Commit in any case.
///
/// # Errors
/// The database failed.
pub async fn rotate(tx: &mut TenantTx, token: &RefreshToken) -> Result<Rotation, TenancyError> {
    let Some((session, use_before)) = hold(tx, token).await? else {
        return Ok(Rotation::Refused);
    };
    let Some((session, _)) = queries::session_by_id(tx, session).await? else {
        return Ok(Rotation::Refused);
    };
    match use_before {
        None => {
            spend(tx, token).await?;
            queries::note_use(tx, session.id).await?;
            let refresh = next(tx, session.id).await?;
            Ok(Rotation::Renewed(session, refresh))
        }
        Some(Use::Meanwhile) => Ok(Rotation::Refused),
        Some(Use::Before) => {
            note_replay(tx, token).await?;
            end_session(tx, session.staff_id, session.id).await?;
            Ok(Rotation::Replayed(session))
        }
    }
}

/// When a token was exchanged.
enum Use {
    /// While this request was already under way.
    Meanwhile,
    /// Before it began.
    Before,
}

/// Whose a token is and whether it was used; nobody else exchanges it until the transaction is over. One that somebody exchanges in this
/// moment is not waited for, and not found: once they are through it would look as if it had come back.
async fn hold(
    tx: &mut TenantTx,
    token: &RefreshToken,
) -> Result<Option<(SessionId, Option<Use>)>, TenancyError> {
    let found: Option<(SessionId, Option<bool>)> = refresh_tokens::table
        .find((tx.tenant(), token.digest()))
        .select((
            refresh_tokens::session_id,
            // Within a transaction now() is when it began.
            sql::<Nullable<Bool>>("spent_at > now()"),
        ))
        .for_update()
        .skip_locked()
        .first(tx.conn())
        .await
        .optional()?;
    let use_of = |meanwhile| match meanwhile {
        true => Use::Meanwhile,
        false => Use::Before,
    };
    Ok(found.map(|(session, meanwhile)| (session, meanwhile.map(use_of))))
}

async fn spend(tx: &mut TenantTx, token: &RefreshToken) -> Result<(), TenancyError> {
    let row = refresh_tokens::table.find((tx.tenant(), token.digest()));
    diesel::update(row)
        .set(refresh_tokens::spent_at.eq(sql::<Nullable<Timestamptz>>("clock_timestamp()")))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn note_replay(tx: &mut TenantTx, token: &RefreshToken) -> Result<(), TenancyError> {
    let row = refresh_tokens::table.find((tx.tenant(), token.digest()));
    diesel::update(row)
        .set(refresh_tokens::replayed_at.eq(sql::<Nullable<Timestamptz>>("clock_timestamp()")))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Keeps the digest of a new token of the session.
async fn next(tx: &mut TenantTx, session: SessionId) -> Result<SecretString, TenancyError> {
    let (token, text) = RefreshToken::mint(tx.tenant());
    let row = (
        refresh_tokens::tenant_id.eq(tx.tenant()),
        refresh_tokens::digest.eq(token.digest()),
        refresh_tokens::session_id.eq(session),
    );
    diesel::insert_into(refresh_tokens::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(text)
}
