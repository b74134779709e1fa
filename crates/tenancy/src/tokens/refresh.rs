use motel_kernel::TenantId;
use secrecy::{ExposeSecret, SecretString};

use crate::rules::AddressedToken;

/// How every refresh token begins, so that one that leaked is recognised as such.
const PREFIX: &str = "rmr_";

/// What a program shows for the next pair of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken(AddressedToken);

impl RefreshToken {
    /// Reads `rmr_` and 96 small hexadecimal digits. `None` for every other text.
    pub fn parse(text: &str) -> Option<Self> {
        AddressedToken::parse(text.strip_prefix(PREFIX)?).map(Self)
    }

    /// Whose transaction to open. That the tenant exists is not said.
    pub fn tenant(&self) -> TenantId {
        self.0.tenant()
    }

    pub(super) fn digest(&self) -> &[u8] {
        self.0.digest()
    }

    /// A token that was never given out, with its text.
    pub(super) fn mint(tenant: TenantId) -> (Self, SecretString) {
        let (token, word) = AddressedToken::mint(tenant);
        let text = format!("{PREFIX}{}", word.expose_secret());
        (Self(token), text.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_minted_token_is_read_back_and_no_other_beginning_will_do() {
        let tenant = TenantId::new();
        let (token, text) = RefreshToken::mint(tenant);
        let text = text.expose_secret();
        assert_eq!(RefreshToken::parse(text), Some(token));
        assert_eq!(token.tenant(), tenant);
        for other in [
            "",
            "rmr_",
            &text.replacen("rmr_", "RMR_", 1),
            &text.replacen("rmr_", "rmk_", 1),
            text.strip_prefix("rmr_").unwrap(),
        ] {
            assert_eq!(RefreshToken::parse(other), None, "{other}");
        }
    }
}
