use motel_credentials::{CredentialsError, queries};
use motel_db::TenantTx;
use motel_seal::Keyring;
use secrecy::{ExposeSecret, SecretString};

/// How Twilio reaches us, and how it proves that it is Twilio.
#[derive(Clone)]
pub struct TwilioSettings {
    auth_token: Option<SecretString>,
    keyring: Keyring,
    public_url: String,
}

impl TwilioSettings {
    /// `public_url` is the address under which Twilio calls this server, such as `https://motel.example`. `auth_token` is that
    /// of the installation, for businesses that have set none of their own; what they have set opens with `keyring`. Where
    /// there is neither (an empty one is none) nothing Twilio sends can be believed, and its routes answer 503.
    pub fn new(auth_token: Option<SecretString>, keyring: Keyring, public_url: &str) -> Self {
        Self {
            auth_token: auth_token.filter(|token| !token.expose_secret().is_empty()),
            keyring,
            public_url: public_url.trim_end_matches('/').to_owned(),
        }
    }

    /// The auth token of the account that calls for this business come from: its own, or else the installation's.
    pub(crate) async fn auth_token(
        &self,
        tx: &mut TenantTx,
    ) -> Result<Option<SecretString>, CredentialsError> {
        let own = queries::twilio_account(tx, &self.keyring).await?;
        let own = own.map(|account| account.auth_token);
        Ok(own.or_else(|| self.auth_token.clone()))
    }

    /// The public URL of a path with its query.
    pub(crate) fn url(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.public_url)
    }
}
