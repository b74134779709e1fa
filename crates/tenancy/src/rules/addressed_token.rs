use motel_kernel::TenantId;
use secrecy::{ExposeSecret, SecretString};

use super::{TokenDigest, mint_token};

/// Hexadecimal digits of a tenant's id.
const TENANT_DIGITS: usize = 32;

/// A token together with whose rows to look for it in: what is given out where no tenant is known yet. Kept is a digest of the
/// token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressedToken {
    tenant: TenantId,
    digest: TokenDigest,
}

impl AddressedToken {
    /// Reads the word that was given out: 96 small hexadecimal digits. `None` for every other text.
    pub fn parse(word: &str) -> Option<Self> {
        let (tenant, token) = word.split_at_checked(TENANT_DIGITS)?;
        if tenant.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        Some(Self {
            tenant: tenant.parse().ok()?,
            digest: TokenDigest::of(token)?,
        })
    }

    /// Whose transaction to open. That the tenant exists is not said.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) fn digest(&self) -> &[u8] {
        self.digest.as_bytes()
    }

    /// A token that was never given out, with its word.
    pub(crate) fn mint(tenant: TenantId) -> (Self, SecretString) {
        let (token, digest) = mint_token();
        let tenant_digits = tenant.as_uuid().simple();
        let word = format!("{tenant_digits}{}", token.expose_secret());
        (Self { tenant, digest }, word.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_word_is_read_back_and_others_are_not_even_looked_up() {
        let tenant = TenantId::new();
        let (token, word) = AddressedToken::mint(tenant);
        let word = word.expose_secret();
        let read = AddressedToken::parse(word).unwrap();
        assert_eq!((read, read.tenant()), (token, tenant));
        for other in [
            "",
            &word.to_uppercase(),
            &format!("{word}0"),
            &format!(" {word}"),
            word.get(1..).unwrap(),
            &"ä".repeat(48),
        ] {
            assert_eq!(AddressedToken::parse(other), None, "{other}");
        }
    }
}
