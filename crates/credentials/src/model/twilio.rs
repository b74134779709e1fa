use secrecy::SecretString;

use super::secret_text::{InvalidAuthToken, secret_text};

/// An account at Twilio, as far as it is needed to believe that a call comes from there.
#[derive(Debug, Clone)]
pub struct TwilioAccount {
    /// Twilio signs with it what it sends.
    pub auth_token: SecretString,
}

impl TwilioAccount {
    /// Takes an auth token as it was pasted; spaces around it are not meant.
    ///
    /// # Errors
    /// It is too short, too long, or holds something else than visible ASCII.
    pub fn parse(auth_token: &SecretString) -> Result<Self, InvalidAuthToken> {
        secret_text(auth_token).map(|auth_token| Self { auth_token })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_pasted_token_is_taken_without_its_spaces_and_nothing_odd_is() {
        let token = "0123456789abcdef0123456789abcdef";
        let account = TwilioAccount::parse(&format!(" {token}\n").into()).unwrap();
        assert_eq!(account.auth_token.expose_secret(), token);
        assert!(!format!("{account:?}").contains("0123"));
        for odd in [
            "",
            "short",
            "0123456789 abcdef",
            "0123456789abcdéf",
            &"x".repeat(201),
        ] {
            let refused = TwilioAccount::parse(&odd.into());
            assert_eq!(refused.unwrap_err(), InvalidAuthToken, "{odd}");
        }
    }
}
