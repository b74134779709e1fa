use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::Email;
use motel_seal::Keyring;
use secrecy::{ExposeSecret, SecretString};

use super::authenticator::Authenticator;
use super::renew::put_codes;
use super::{Proof, TypedCode, end_devices_of, has_authenticator, prove};
use crate::commands::{end_sessions_of, hold_unchanged};
use crate::lockout::{self, Subject, Turn};
use crate::schema::{second_factors, staff};
use crate::{StaffSession, TenancyError, queries};

/// How long a key that was shown waits for its first code.
const WAITS: TimeDelta = TimeDelta::minutes(15);

/// What a device is set up with. Nobody sees it again once it counts.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The key, to be typed: 32 letters and digits.
    pub key: SecretString,
    /// The same and whose it is, to be read from a picture: `otpauth://…`.
    pub address: SecretString,
}

/// Begins to set up a second factor; a beginning before it is forgotten. It counts from [`confirm_set_up`] on.
///
/// # Errors
/// [`TenancyError::NotProven`], also for who has an authenticator already; [`TenancyError::TooManyAttempts`].
pub async fn begin_set_up(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<SetUp, TenancyError> {
    // Who has one already is asked for a code that nobody can show here. Who has passkeys shows one of them before.
    let code = SecretString::default();
    let proof = Proof {
        password,
        code: &code,
    };
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let authenticator = Authenticator::mint()?;
    let whose = (session.tenant, session.staff_id);
    let sealed = authenticator.seal(keys, whose)?;
    let mut tx = db.tenant(session.tenant).await?;
    hold_unchanged(&mut tx, &member).await?;
    if has_authenticator(&mut tx, member.id).await? {
        return Err(TenancyError::NotProven);
    }
    let beginning = (
        second_factors::sealed.eq(sealed.as_bytes()),
        second_factors::begun_in.eq(session.id),
        second_factors::begun_at.eq(now),
    );
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::tenant_id.eq(session.tenant),
            second_factors::staff_id.eq(session.staff_id),
            beginning,
        ))
        .on_conflict((second_factors::tenant_id, second_factors::staff_id))
        .do_update()
        .set(beginning)
        .execute(tx.conn())
        .await?;
    let shown = show(&mut tx, &authenticator, &member.email).await?;
    tx.commit().await?;
    Ok(shown)
}

/// What was begun in this session and still waits for its first code, to be shown again when that was wrong.
///
/// # Errors
/// The database failed, or the key cannot be opened.
pub async fn set_up_begun(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<Option<SetUp>, TenancyError> {
    let mut tx = db.tenant(session.tenant).await?;
    let Some(authenticator) = begun(&mut tx, keys, session, now).await? else {
        return Ok(None);
    };
    let email: Email = staff::table
        .find((session.tenant, session.staff_id))
        .select(staff::email)
        .first(tx.conn())
        .await?;
    let shown = show(&mut tx, &authenticator, &email).await?;
    tx.commit().await?;
    Ok(Some(shown))
}

/// Puts the second factor in force, with the first code of it: from now on signing in takes a code. Every other session of the member
/// ends. Answers the recovery codes, which nobody sees again.
///
/// # Errors
/// [`TenancyError::NotProven`] for a wrong code, [`TenancyError::TooManyAttempts`]; [`TenancyError::NotFound`] when none was begun in this
/// session, or more than a quarter of an hour ago.
pub async fn confirm_set_up(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    code: &SecretString,
    now: DateTime<Utc>,
) -> Result<Vec<SecretString>, TenancyError> {
    let subject = Subject::code_of(session.staff_id);
    if let Turn::Wait(seconds) = lockout::reserve(db, std::slice::from_ref(&subject), now).await? {
        return Err(TenancyError::TooManyAttempts { seconds });
    }
    let mut tx = db.tenant(session.tenant).await?;
    // The member first, as for everybody who holds both.
    let member = (session.tenant, session.staff_id);
    diesel::update(staff::table.find(member))
        .set(staff::second_factor_at.eq(now))
        .execute(tx.conn())
        .await?;
    let authenticator = begun(&mut tx, keys, session, now).await?;
    let authenticator = authenticator.ok_or(TenancyError::NotFound("second factor"))?;
    let step = match TypedCode::parse(code) {
        Some(TypedCode::Authenticator(digits)) => {
            authenticator.step_of(digits.expose_secret(), now)
        }
        _ => None,
    };
    let step = step.ok_or(TenancyError::NotProven)?;
    diesel::update(second_factors::table.find(member))
        .set((
            second_factors::confirmed_at.eq(now),
            second_factors::last_step.eq(step),
        ))
        .execute(tx.conn())
        .await?;
    let codes = put_codes(&mut tx, session.staff_id, now).await?;
    end_devices_of(&mut tx, session.staff_id, now).await?;
    end_sessions_of(&mut tx, session.staff_id, Some(session.id)).await?;
    tx.commit().await?;
    lockout::forget(db, &subject).await?;
    Ok(codes)
}

/// The authenticator that was begun in this session and waits; nobody else takes its first code at the same time.
async fn begun(
    tx: &mut TenantTx,
    keys: &Keyring,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<Option<Authenticator>, TenancyError> {
    let sealed: Option<Vec<u8>> = second_factors::table
        .find((session.tenant, session.staff_id))
        .filter(second_factors::confirmed_at.is_null())
        .filter(second_factors::begun_in.eq(session.id))
        .filter(second_factors::begun_at.gt(now - WAITS))
        .select(second_factors::sealed)
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let whose = (session.tenant, session.staff_id);
    sealed
        .map(|sealed| Authenticator::open(keys, whose, &sealed))
        .transpose()
}

async fn show(
    tx: &mut TenantTx,
    authenticator: &Authenticator,
    email: &Email,
) -> Result<SetUp, TenancyError> {
    let business = queries::tenant(tx).await?;
    let business = business.ok_or(TenancyError::NotFound("business"))?;
    Ok(SetUp {
        key: authenticator.key(),
        address: authenticator.address(&business.name, email)?,
    })
}
