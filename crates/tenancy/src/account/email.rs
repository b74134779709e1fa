use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{Email, SessionId, StaffId};
use motel_seal::Keyring;

use super::{NewNotice, NoticeKind, make_notice};
use crate::commands::{end_sessions_of, hold_unchanged};
use crate::links::{LinkFor, NewLink, look_at_link, make_link, spend_link, spend_others};
use crate::lockout::{self, Subject, Turn};
use crate::schema::staff;
use crate::second_factor::{Proof, prove};
use crate::{AddressedToken, LinkPurpose, StaffSession, TenancyError};

const PURPOSE: LinkPurpose = LinkPurpose::ChangeEmail;

/// Has a link mailed to the address that a member wants to sign in with, and a notice to the one they do. It takes effect when the link
/// is used. Where somebody signs in with the new address already they are told so by mail, and who asks is answered alike.
///
/// # Errors
/// [`TenancyError::NotProven`]; [`TenancyError::TooManyAttempts`], also when too many mails were asked for.
pub async fn ask_for_email(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    proof: Proof<'_>,
    new: &Email,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let asking = [Subject::address_of(member.id)];
    if let Turn::Wait(seconds) = lockout::reserve(db, &asking, now).await? {
        return Err(TenancyError::TooManyAttempts { seconds });
    }
    let taken = is_taken(db, new).await?;
    let mut tx = db.tenant(session.tenant).await?;
    hold_unchanged(&mut tx, &member).await?;
    let notice = |kind, email| NewNotice {
        member: member.id,
        kind,
        email,
    };
    let asked = notice(NoticeKind::EmailAsked, &member.email);
    make_notice(&mut tx, &asked, now).await?;
    spend_others(&mut tx, LinkFor::ChangeEmail(member.id), now).await?;
    if taken {
        let in_use = notice(NoticeKind::EmailInUse, new);
        make_notice(&mut tx, &in_use, now).await?;
    } else {
        let link = NewLink {
            subject: LinkFor::ChangeEmail(member.id),
            email: new,
        };
        make_link(&mut tx, &link, now).await?;
    }
    Ok(tx.commit().await?)
}

/// The address that a link puts in force, as long as it can be used. Looking does not use it.
///
/// # Errors
/// The database failed.
pub async fn look_at_new_email(
    db: &Db,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<Email>, TenancyError> {
    let mut tx = db.tenant(token.tenant()).await?;
    let link = look_at_link(&mut tx, token, PURPOSE, now).await?;
    Ok(link.map(|link| link.email))
}

/// Puts the new address in force. The member's sessions end, except for one if it is said; links that were mailed to the old address are
/// worth nothing any more.
///
/// # Errors
/// [`TenancyError::LinkGone`], also for a member who may not sign in any more; [`TenancyError::EmailTaken`] when somebody took the
/// address since the link was mailed.
pub async fn use_new_email(
    db: &Db,
    token: &AddressedToken,
    except: Option<SessionId>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let mut tx = db.tenant(token.tenant()).await?;
    let link = look_at_link(&mut tx, token, PURPOSE, now).await?;
    let (member, email) = link
        .and_then(|link| Some((link.staff_id?, link.email)))
        .ok_or(TenancyError::LinkGone)?;
    // The account first, then its links: as everybody does who holds both.
    take(&mut tx, member, &email).await?;
    spend_link(&mut tx, token, PURPOSE, now).await?;
    spend_others(&mut tx, LinkFor::ChangeEmail(member), now).await?;
    spend_others(&mut tx, LinkFor::NewPassword(member), now).await?;
    end_sessions_of(&mut tx, member, except).await?;
    Ok(tx.commit().await?)
}

async fn take(tx: &mut TenantTx, member: StaffId, email: &Email) -> Result<(), TenancyError> {
    let account = staff::table
        .find((tx.tenant(), member))
        .filter(staff::active);
    let taken = diesel::update(account)
        .set(staff::email.eq(email))
        .execute(tx.conn())
        .await;
    match taken {
        Ok(0) => Err(TenancyError::LinkGone),
        Ok(_) => Ok(()),
        Err(SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(TenancyError::EmailTaken)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether somebody signs in with the address, at whatever business.
async fn is_taken(db: &Db, email: &Email) -> Result<bool, TenancyError> {
    let mut tx = db.platform("see whether an address is in use").await?;
    let theirs = staff::table.filter(staff::email.eq(email));
    let taken = diesel::select(diesel::dsl::exists(theirs))
        .get_result(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(taken)
}
