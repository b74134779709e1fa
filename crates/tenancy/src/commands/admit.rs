use std::net::IpAddr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::Email;
use secrecy::SecretString;

use super::sign_in::sign_in;
use crate::hashing::take_seat;
use crate::lockout::{self, Subject, Turn};
use crate::schema::{sessions, staff};
use crate::second_factor::HalfAdmitted;
use crate::{Staff, TenancyError};

/// Somebody at the door.
#[derive(Debug, Clone, Copy)]
pub struct Visitor<'a> {
    /// Who they say they are.
    pub email: &'a str,
    /// How they prove it.
    pub password: &'a SecretString,
    /// Where they call from.
    pub address: IpAddr,
}

/// What the door says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// It is this member.
    Admitted(Box<Staff>),
    /// It is somebody whose second factor has to be shown, too.
    HalfAdmitted(Box<HalfAdmitted>),
    /// E-mail and password do not belong together, or the member may not sign in any more.
    Refused,
    /// Too many failures of the account, or from there. Right credentials are not looked at either.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Whose credentials these are, for whoever comes along: five failures of an account within a quarter of an hour, or twenty from one internet
/// address, lead to a wait of a minute, and each one more to a wait twice as long, an hour at most. An account that does not exist is
/// counted like any other. Where somebody got into the account within the last 30 days its failures are counted apart, so that
/// nobody keeps its owner out by guessing from elsewhere.
///
/// # Errors
/// [`TenancyError::Busy`], and then nothing was counted; the database failed.
pub async fn admit(
    db: &Db,
    visitor: Visitor<'_>,
    now: DateTime<Utc>,
) -> Result<Admission, TenancyError> {
    let seat = take_seat()?;
    let account = match is_known_there(db, visitor).await? {
        true => Subject::account_from(visitor.email, visitor.address),
        false => Subject::account(visitor.email),
    };
    let from = Subject::visitor(visitor.address);
    let subjects = [account.clone(), from.clone()];
    if let Turn::Wait(seconds) = lockout::reserve(db, &subjects, now).await? {
        return Ok(Admission::TooMany { seconds });
    }
    let Some(member) = sign_in(seat, db, visitor.email, visitor.password).await? else {
        return Ok(Admission::Refused);
    };
    lockout::let_through(db, &account, &[from], now).await?;
    Ok(match member.second_factor_at {
        None => Admission::Admitted(Box::new(member)),
        Some(_) => Admission::HalfAdmitted(Box::new(HalfAdmitted(member))),
    })
}

/// Whether a session of this account was opened from there, as long as that is remembered.
async fn is_known_there(db: &Db, visitor: Visitor<'_>) -> Result<bool, TenancyError> {
    let Ok(email) = Email::parse(visitor.email) else {
        return Ok(false);
    };
    let address = visitor.address.to_canonical().to_string();
    let member = staff::tenant_id
        .eq(sessions::tenant_id)
        .and(staff::id.eq(sessions::staff_id));
    let opened = sessions::table
        .inner_join(staff::table.on(member))
        .filter(staff::email.eq(email))
        .filter(sessions::address.eq(address));
    let mut tx = db.platform("look from where somebody signs in").await?;
    let known = diesel::select(diesel::dsl::exists(opened))
        .get_result(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(known)
}
