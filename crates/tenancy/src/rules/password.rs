use std::ops::RangeInclusive;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

use crate::TenancyError;

/// How many characters a password may have.
pub(crate) const PASSWORD_LENGTH: RangeInclusive<usize> = 10..=200;

/// The argon2id hash of a password with a fresh salt, as a PHC string. Takes tens of milliseconds of work by design.
pub(crate) fn hash(password: &SecretString) -> Result<String, TenancyError> {
    Argon2::default()
        .hash_password(password.expose_secret().as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| TenancyError::Hashing(error.into()))
}

/// Whether a password is the one that was hashed. Without a hash it is not, after the same amount of work: how long the
/// answer takes does not tell whether the account exists.
pub(crate) fn matches(password: &SecretString, hashed: Option<&str>) -> Result<bool, TenancyError> {
    let Some(hashed) = hashed else {
        return hash(password).map(|_| false);
    };
    let hashed = PasswordHash::new(hashed).map_err(|error| TenancyError::Hashing(error.into()))?;
    Ok(Argon2::default()
        .verify_password(password.expose_secret().as_bytes(), &hashed)
        .is_ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_password_itself_matches() {
        let hashed = hash(&"correct horse".into()).unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(matches(&"correct horse".into(), Some(&hashed)).unwrap());
        assert!(!matches(&"correct  horse".into(), Some(&hashed)).unwrap());
        assert!(!matches(&"correct horse".into(), None).unwrap());
    }

    #[test]
    fn the_same_password_never_hashes_alike() {
        let password = "correct horse".into();
        assert_ne!(hash(&password).unwrap(), hash(&password).unwrap());
    }
}
