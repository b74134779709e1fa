use std::net::IpAddr;

use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::{ApiKeyId, Clock, SystemClock};
use secrecy::{ExposeSecret, SecretString};

use crate::lockout::{self, Subject, Turn};
use crate::{Directory, KeyHolder, TenancyError};

/// A program at the door: the id of a key, and the key.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a> {
    /// Which key it says it has.
    pub id: &'a str,
    /// The key.
    pub secret: &'a SecretString,
    /// Where it calls from.
    pub address: IpAddr,
}

/// What the door says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientAdmission {
    /// It has this key.
    Admitted(KeyHolder),
    /// There is no such key, or it is another one's, revoked or over.
    Refused,
    /// Too many failures from there. A right key is not looked at either.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Whose key it is that a program comes with. Failures are counted as at the door for people, but never of a key as such: nobody
/// guesses 256 bits, and whoever knows the id of a key should not keep its program out.
///
/// # Errors
/// The database failed.
pub async fn admit_client(
    db: &Db,
    directory: &Directory,
    client: Client<'_>,
    now: DateTime<Utc>,
) -> Result<ClientAdmission, TenancyError> {
    let key = Subject::client_from(client.id, client.address);
    let from = Subject::visitor(client.address);
    let subjects = [key.clone(), from.clone()];
    if let Turn::Wait(seconds) = lockout::reserve(db, &subjects, now).await? {
        return Ok(ClientAdmission::TooMany { seconds });
    }
    let secret = client.secret.expose_secret();
    let holder = directory.holder_of(secret, SystemClock.now()).await?;
    let id = client.id.parse::<ApiKeyId>().ok();
    let Some(holder) = holder.filter(|holder| Some(holder.key) == id) else {
        return Ok(ClientAdmission::Refused);
    };
    lockout::let_through(db, &key, &[from], now).await?;
    Ok(ClientAdmission::Admitted(holder))
}
