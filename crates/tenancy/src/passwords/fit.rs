use secrecy::SecretString;

use crate::hashing::hash_fit_password;
use crate::{PasswordHash, TenancyError};

/// The hash of a password that somebody chose, to be kept. It takes tens of milliseconds, so it is made before a transaction begins.
///
/// # Errors
/// [`TenancyError::UnfitPassword`].
pub async fn fit(password: &SecretString) -> Result<PasswordHash, TenancyError> {
    hash_fit_password(password).await.map(PasswordHash)
}
