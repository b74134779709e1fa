use motel_seal::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{Provider, TwilioAccount};
use crate::CredentialsError;

/// What a provider gave a business to prove who it is.
#[derive(Debug, Clone)]
pub enum Credential {
    /// For telephone calls.
    Twilio(TwilioAccount),
}

/// How an account at Twilio is written before it is sealed.
#[derive(Serialize)]
struct TwilioWritten<'a> {
    auth_token: &'a str,
}

/// How it is read again.
#[derive(Deserialize)]
struct TwilioRead {
    auth_token: SecretString,
}

impl Credential {
    /// Whose it is for.
    pub fn provider(&self) -> Provider {
        match self {
            Self::Twilio(_) => Provider::Twilio,
        }
    }

    /// How its secret ends, for people to tell one from another.
    pub(crate) fn last_four(&self) -> String {
        let Self::Twilio(account) = self;
        let secret = account.auth_token.expose_secret();
        let start = secret.len().saturating_sub(4);
        secret.get(start..).unwrap_or_default().to_owned()
    }

    /// All of it, to be sealed.
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, CredentialsError> {
        let Self::Twilio(account) = self;
        let fields = TwilioWritten {
            auth_token: account.auth_token.expose_secret(),
        };
        let json = serde_json::to_vec(&fields).map_err(|_| CredentialsError::Unreadable)?;
        Ok(Zeroizing::new(json))
    }

    /// Reads what [`Credential::to_bytes`] wrote.
    pub(crate) fn from_bytes(provider: Provider, bytes: &[u8]) -> Result<Self, CredentialsError> {
        match provider {
            Provider::Twilio => {
                // The parser's own words would quote what it read.
                let read: TwilioRead =
                    serde_json::from_slice(bytes).map_err(|_| CredentialsError::Unreadable)?;
                let account = TwilioAccount::parse(&read.auth_token);
                let account = account.map_err(|_| CredentialsError::Unreadable)?;
                Ok(Self::Twilio(account))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_ends_as_it_says() {
        for token in ["0123456789abcdef", r#"with"quotes\and\/more"#] {
            let account = TwilioAccount::parse(&token.into()).unwrap();
            let written = Credential::Twilio(account);
            let bytes = written.to_bytes().unwrap();
            let read = Credential::from_bytes(written.provider(), &bytes).unwrap();
            assert_eq!(read.to_bytes().unwrap(), bytes);
            assert!(token.ends_with(&read.last_four()) && read.last_four().len() == 4);
            assert!(!format!("{read:?}").contains(token));
        }
        assert!(Credential::from_bytes(Provider::Twilio, b"{}").is_err());
    }
}
