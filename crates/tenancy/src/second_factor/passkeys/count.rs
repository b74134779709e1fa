use std::net::IpAddr;

use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::StaffId;

use crate::TenancyError;
use crate::lockout::{self, Subject, Turn};

/// Whether a passkey may be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyTry {
    /// It may, and is counted as wrong until [`passkey_was_right`] says otherwise.
    Granted,
    /// Too many were wrong.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Counts that a passkey is shown: of the member whose it is, if it is anybody's, and of the address, if who shows it is not signed in.
///
/// # Errors
/// The database failed.
pub async fn count_passkey(
    db: &Db,
    member: Option<StaffId>,
    address: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<PasskeyTry, TenancyError> {
    let member = member.map(Subject::passkey_of);
    let address = address.map(Subject::visitor);
    let subjects: Vec<_> = member.into_iter().chain(address).collect();
    Ok(match lockout::reserve(db, &subjects, now).await? {
        Turn::Granted => PasskeyTry::Granted,
        Turn::Wait(seconds) => PasskeyTry::TooMany { seconds },
    })
}

/// The passkey that was counted was right.
///
/// # Errors
/// The database failed.
pub async fn passkey_was_right(
    db: &Db,
    member: StaffId,
    address: Option<IpAddr>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let others: Vec<_> = address.map(Subject::visitor).into_iter().collect();
    lockout::let_through(db, &Subject::passkey_of(member), &others, now).await
}
