use motel_seal::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{InvalidAuthToken, OpenAiAccount, Provider, TwilioAccount};
use crate::CredentialsError;

/// What a provider gave a business to prove who it is.
#[derive(Debug, Clone)]
pub enum Credential {
    /// For telephone calls.
    Twilio(TwilioAccount),
    /// For a language model.
    OpenAi(OpenAiAccount),
}

/// How a credential is written before it is sealed.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'a> {
    Twilio { auth_token: &'a str },
    OpenAi { api_key: &'a str },
}

/// How an account at Twilio is read again.
#[derive(Deserialize)]
struct TwilioRead {
    auth_token: SecretString,
}

/// How one with a model is.
#[derive(Deserialize)]
struct OpenAiRead {
    api_key: SecretString,
}

impl Credential {
    /// Takes the secret of an account with a provider, as it was pasted.
    ///
    /// # Errors
    /// No provider gives out a secret like that.
    pub fn parse(provider: Provider, secret: &SecretString) -> Result<Self, InvalidAuthToken> {
        match provider {
            Provider::Twilio => TwilioAccount::parse(secret).map(Self::Twilio),
            Provider::OpenAi => OpenAiAccount::parse(secret).map(Self::OpenAi),
        }
    }

    /// Whose it is for.
    pub fn provider(&self) -> Provider {
        match self {
            Self::Twilio(_) => Provider::Twilio,
            Self::OpenAi(_) => Provider::OpenAi,
        }
    }

    /// What proves who the business is.
    fn secret(&self) -> &str {
        match self {
            Self::Twilio(account) => account.auth_token.expose_secret(),
            Self::OpenAi(account) => account.api_key.expose_secret(),
        }
    }

    /// How its secret ends, for people to tell one from another.
    pub(crate) fn last_four(&self) -> String {
        let secret = self.secret();
        let start = secret.len().saturating_sub(4);
        secret.get(start..).unwrap_or_default().to_owned()
    }

    /// All of it, to be sealed.
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, CredentialsError> {
        let secret = self.secret();
        let fields = match self {
            Self::Twilio(_) => Written::Twilio { auth_token: secret },
            Self::OpenAi(_) => Written::OpenAi { api_key: secret },
        };
        let json = serde_json::to_vec(&fields).map_err(|_| CredentialsError::Unreadable)?;
        Ok(Zeroizing::new(json))
    }

    /// Reads what [`Credential::to_bytes`] wrote.
    pub(crate) fn from_bytes(provider: Provider, bytes: &[u8]) -> Result<Self, CredentialsError> {
        // The parser's own words would quote what it read.
        let unreadable = |_| CredentialsError::Unreadable;
        match provider {
            Provider::Twilio => {
                let read: TwilioRead = serde_json::from_slice(bytes).map_err(unreadable)?;
                let parsed = Self::parse(provider, &read.auth_token);
                parsed.map_err(|_| CredentialsError::Unreadable)
            }
            Provider::OpenAi => {
                let read: OpenAiRead = serde_json::from_slice(bytes).map_err(unreadable)?;
                let parsed = Self::parse(provider, &read.api_key);
                parsed.map_err(|_| CredentialsError::Unreadable)
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
            let twilio = TwilioAccount::parse(&token.into()).unwrap();
            let model = OpenAiAccount::parse(&token.into()).unwrap();
            for written in [Credential::Twilio(twilio), Credential::OpenAi(model)] {
                let bytes = written.to_bytes().unwrap();
                let read = Credential::from_bytes(written.provider(), &bytes).unwrap();
                assert_eq!(read.to_bytes().unwrap(), bytes);
                assert!(token.ends_with(&read.last_four()) && read.last_four().len() == 4);
                assert!(!format!("{read:?}").contains(token));
                let other = Provider::ALL.iter().find(|it| **it != written.provider());
                assert!(Credential::from_bytes(*other.unwrap(), &bytes).is_err());
            }
        }
        assert!(Credential::from_bytes(Provider::Twilio, b"{}").is_err());
    }
}
