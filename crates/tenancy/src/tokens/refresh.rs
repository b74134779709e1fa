use motel_kernel::TenantId;
use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// How every refresh token begins, so that one that leaked is recognised as such.
const PREFIX: &str = "rmr_";
const RANDOM_BYTES: usize = 32;
/// Hexadecimal digits of a tenant's id.
const TENANT_DIGITS: usize = 32;

/// What a program shows for the next pair of tokens: whose it is, and 256 random bits. Kept is a digest of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    tenant: TenantId,
    digest: [u8; 32],
}

impl RefreshToken {
    /// Reads `rmr_` and 96 small hexadecimal digits. `None` for every other text.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX)?;
        let small = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() != TENANT_DIGITS + 2 * RANDOM_BYTES || !digits.bytes().all(small) {
            return None;
        }
        let (tenant, _) = digits.split_at_checked(TENANT_DIGITS)?;
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

    /// A token that was never given out, with its text.
    pub(super) fn mint(tenant: TenantId) -> (Self, SecretString) {
        let random: [u8; RANDOM_BYTES] = rand::rng().random();
        let whose = tenant.as_uuid().simple();
        let text = format!("{PREFIX}{whose}{}", hex::encode(random));
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
    fn a_minted_token_is_read_back_and_nothing_else_is_one() {
        let tenant = TenantId::new();
        let (token, text) = RefreshToken::mint(tenant);
        let text = text.expose_secret();
        assert_eq!(RefreshToken::parse(text), Some(token));
        assert_eq!(token.tenant(), tenant);
        assert_ne!(RefreshToken::mint(tenant).0, token);
        for other in [
            "",
            "rmr_",
            &text.to_uppercase(),
            &text.replacen("rmr_", "RMR_", 1),
            &text.replacen("rmr_", "rmk_", 1),
            &format!("{text}0"),
            &format!(" {text}"),
            text.strip_prefix("rmr_").unwrap(),
        ] {
            assert_eq!(RefreshToken::parse(other), None, "{other}");
        }
    }

    #[test]
    fn another_tenants_name_in_it_makes_it_another_token() {
        let (token, text) = RefreshToken::mint(TenantId::new());
        let (_, rest) = text.expose_secret().split_at(PREFIX.len() + TENANT_DIGITS);
        let moved = format!("{PREFIX}{}{rest}", TenantId::new().as_uuid().simple());
        assert_ne!(
            RefreshToken::parse(&moved).unwrap().digest(),
            token.digest()
        );
    }
}
