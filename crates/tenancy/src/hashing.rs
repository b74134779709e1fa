use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{TenancyError, rules};

/// One hash takes 19 MiB and a core for a while; a crowd at the sign-in page waits its turn instead of taking it all.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Hashes a password without holding up the runtime.
pub(crate) async fn hash_password(password: &SecretString) -> Result<String, TenancyError> {
    let password = password.clone();
    in_turn(move || rules::hash(&password)).await
}

/// The same for a password somebody chose.
///
/// # Errors
/// [`TenancyError::UnfitPassword`].
pub(crate) async fn hash_fit_password(password: &SecretString) -> Result<String, TenancyError> {
    let length = password.expose_secret().chars().count();
    if !rules::PASSWORD_LENGTH.contains(&length) {
        return Err(TenancyError::UnfitPassword);
    }
    hash_password(password).await
}

/// Compares a password without holding up the runtime; `hashed` is `None` for an unknown account.
pub(crate) async fn verify_password(
    password: &SecretString,
    hashed: Option<String>,
) -> Result<bool, TenancyError> {
    let password = password.clone();
    in_turn(move || rules::matches(&password, hashed.as_deref())).await
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TenancyError> + Send + 'static,
) -> Result<T, TenancyError> {
    let turn = TURNS
        .acquire()
        .await
        .map_err(|error| TenancyError::Hashing(error.into()))?;
    // The turn goes along: a caller that hangs up does not end the work it started.
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    work.await
        .map_err(|error| TenancyError::Hashing(error.into()))?
}
