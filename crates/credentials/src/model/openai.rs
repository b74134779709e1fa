use secrecy::SecretString;

use super::secret_text::{InvalidAuthToken, secret_text};

/// An account with a service that speaks OpenAI's API, whoever runs it.
#[derive(Debug, Clone)]
pub struct OpenAiAccount {
    /// What proves to it who asks.
    pub api_key: SecretString,
}

impl OpenAiAccount {
    /// Takes a key as it was pasted; spaces around it are not meant.
    ///
    /// # Errors
    /// It is too short, too long, or holds something else than visible ASCII.
    pub fn parse(api_key: &SecretString) -> Result<Self, InvalidAuthToken> {
        secret_text(api_key).map(|api_key| Self { api_key })
    }
}
