use motel_kernel::TenantId;
use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

const RANDOM_BYTES: usize = 32;
/// Hexadecimal digits of a tenant's id.
const TENANT_DIGITS: usize = 32;

/// What a mailed link carries: whose it is, and 256 random bits. Kept is a digest of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkToken {
    tenant: TenantId,
    digest: [u8; 32],
}

impl LinkToken {
    /// Reads the word in a link: 96 small hexadecimal digits. `None` for every other text.
    pub fn parse(text: &str) -> Option<Self> {
        let small = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != TENANT_DIGITS + 2 * RANDOM_BYTES || !text.bytes().all(small) {
            return None;
        }
        let (tenant, _) = text.split_at_checked(TENANT_DIGITS)?;
        Some(Self {
            tenant: tenant.parse().ok()?,
            digest: Sha256::digest(text.as_bytes()).into(),
        })
    }

    /// Whose transaction to open. That the tenant exists is not said.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(super) fn digest(&self) -> &[u8] {
        &self.digest
    }

    /// A token that was never given out, with the word to put in the link.
    pub(super) fn mint(tenant: TenantId) -> (Self, SecretString) {
        let random: [u8; RANDOM_BYTES] = rand::rng().random();
        let text = format!("{}{}", tenant.as_uuid().simple(), hex::encode(random));
        let digest = Sha256::digest(text.as_bytes()).into();
        (Self { tenant, digest }, text.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_minted_token_is_read_back() {
        let tenant = TenantId::new();
        let (token, text) = LinkToken::mint(tenant);
        let read = LinkToken::parse(text.expose_secret()).unwrap();
        assert_eq!((read, read.tenant()), (token, tenant));
        assert_ne!(LinkToken::mint(tenant).0, token);
    }

    #[test]
    fn other_texts_are_not_even_looked_up() {
        let (_, text) = LinkToken::mint(TenantId::new());
        let text = text.expose_secret();
        for other in [
            "",
            &text.to_uppercase(),
            &format!("{text}0"),
            &format!(" {text}"),
            text.get(1..).unwrap(),
            &"ä".repeat(48),
        ] {
            assert_eq!(LinkToken::parse(other), None, "{other}");
        }
    }

    #[test]
    fn another_tenants_name_before_it_is_another_token() {
        let (token, text) = LinkToken::mint(TenantId::new());
        let other = TenantId::new().as_uuid().simple().to_string();
        let moved = format!("{other}{}", &text.expose_secret()[TENANT_DIGITS..]);
        assert_ne!(LinkToken::parse(&moved).unwrap().digest(), token.digest());
    }
}
