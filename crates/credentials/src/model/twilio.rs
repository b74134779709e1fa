use secrecy::{ExposeSecret, SecretString};

/// Shorter ones are typing errors, and four shown characters would be too much of them; longer ones nobody gives out.
const LENGTH: std::ops::RangeInclusive<usize> = 16..=200;

/// An account at Twilio, as far as it is needed to believe that a call comes from there.
#[derive(Debug, Clone)]
pub struct TwilioAccount {
    /// Twilio signs with it what it sends.
    pub auth_token: SecretString,
}

/// No auth token looks like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have {} to {} visible characters without spaces", LENGTH.start(), LENGTH.end())]
pub struct InvalidAuthToken;

impl TwilioAccount {
    /// Takes an auth token as it was pasted; spaces around it are not meant.
    ///
    /// # Errors
    /// It is too short, too long, or holds something else than visible ASCII.
    pub fn parse(auth_token: &SecretString) -> Result<Self, InvalidAuthToken> {
        let text = auth_token.expose_secret().trim();
        if !LENGTH.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidAuthToken);
        }
        Ok(Self {
            auth_token: text.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
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
