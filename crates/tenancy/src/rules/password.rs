use std::ops::RangeInclusive;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
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

/// Whether a hash was made with other parameters than are used now, or cannot be read.
pub(crate) fn is_outdated(hashed: &str) -> bool {
    let params = PasswordHash::new(hashed).map(|hash| Params::try_from(&hash));
    match params {
        Ok(Ok(params)) => {
            let now = Params::default();
            (params.m_cost(), params.t_cost(), params.p_cost())
                != (now.m_cost(), now.t_cost(), now.p_cost())
        }
        _ => true,
    }
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
    fn a_hash_of_other_costs_is_outdated() {
        let password = "correct horse".into();
        assert!(!is_outdated(&hash(&password).unwrap()));
        let cheap = Params::new(8_192, 1, 1, None).unwrap();
        let cheap = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, cheap);
        let cheap = cheap.hash_password(b"correct horse").unwrap().to_string();
        assert!(is_outdated(&cheap) && matches(&password, Some(&cheap)).unwrap());
        assert!(is_outdated("$argon2id$what"));
    }

    #[test]
    fn the_same_password_never_hashes_alike() {
        let password = "correct horse".into();
        assert_ne!(hash(&password).unwrap(), hash(&password).unwrap());
    }
}
