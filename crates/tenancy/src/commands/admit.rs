use std::net::IpAddr;

use chrono::{DateTime, Utc};
use motel_db::Db;
use secrecy::SecretString;

use super::sign_in;
use crate::lockout::{self, Subject, Turn};
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
    /// E-mail and password do not belong together, or the member may not sign in any more.
    Refused,
    /// Too many failures of the account, or from there. Right credentials are not looked at either.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// [`sign_in`] for whoever comes along: five failures of an account within a quarter of an hour, or twenty from one internet
/// address, lead to a wait of a minute, and each one more to a wait twice as long, an hour at most. An account that does not exist is
/// counted like any other.
///
/// # Errors
/// The database failed.
pub async fn admit(
    db: &Db,
    visitor: Visitor<'_>,
    now: DateTime<Utc>,
) -> Result<Admission, TenancyError> {
    let account = Subject::account(visitor.email);
    let from = Subject::visitor(visitor.address);
    let subjects = [account.clone(), from.clone()];
    if let Turn::Wait(seconds) = lockout::reserve(db, &subjects, now).await? {
        return Ok(Admission::TooMany { seconds });
    }
    let Some(member) = sign_in(db, visitor.email, visitor.password).await? else {
        return Ok(Admission::Refused);
    };
    lockout::let_through(db, &account, &[from], now).await?;
    Ok(Admission::Admitted(Box::new(member)))
}
