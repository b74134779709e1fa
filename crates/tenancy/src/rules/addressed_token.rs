use motel_kernel::TenantId;
use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a tenant's id.
const TENANT_DIGITS: usize = 32;
const RANDOM_BYTES: usize = 32;

/// What is given out where no tenant is known yet, in links, cookies and tokens: whose rows to look for it in, and 256 random bits.
/// Kept is a digest of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressedToken {
    tenant: TenantId,
    digest: [u8; 32],
}

impl AddressedToken {
    /// Reads the word that was given out: 96 small hexadecimal digits. `None` for every other text.
    pub fn parse(word: &str) -> Option<Self> {
        let small = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if word.len() != TENANT_DIGITS + 2 * RANDOM_BYTES || !word.bytes().all(small) {
            return None;
        }
        let (tenant, _) = word.split_at_checked(TENANT_DIGITS)?;
        Some(Self {
            tenant: tenant.parse().ok()?,
            digest: Sha256::digest(word.as_bytes()).into(),
        })
    }

    /// Whose transaction to open. That the tenant exists is not said.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) fn digest(&self) -> &[u8] {
        &self.digest
    }

    /// A token that was never given out, with its word.
    pub(crate) fn mint(tenant: TenantId) -> (Self, SecretString) {
        let random: [u8; RANDOM_BYTES] = rand::rng().random();
        let word = format!("{}{}", tenant.as_uuid().simple(), hex::encode(random));
        let digest = Sha256::digest(word.as_bytes()).into();
        (Self { tenant, digest }, word.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_word_is_read_back_and_others_are_not_even_looked_up() {
        let tenant = TenantId::new();
        let (token, word) = AddressedToken::mint(tenant);
        let word = word.expose_secret();
        let read = AddressedToken::parse(word).unwrap();
        assert_eq!((read, read.tenant()), (token, tenant));
        assert_ne!(AddressedToken::mint(tenant).0, token);
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

    #[test]
    fn another_tenants_name_before_it_is_another_token() {
        let (token, word) = AddressedToken::mint(TenantId::new());
        let (_, random) = word.expose_secret().split_at(TENANT_DIGITS);
        let moved = format!("{}{random}", TenantId::new().as_uuid().simple());
        let moved = AddressedToken::parse(&moved).unwrap();
        assert_ne!(moved.digest(), token.digest());
    }
}
