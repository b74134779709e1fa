//! What an installation is told: `remotemotel.toml` in the working folder, then `REMOTEMOTEL__…` in the environment.

use std::num::NonZeroU8;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use config::{Config, Environment, File};
use secrecy::SecretString;
use serde::Deserialize;

/// Every setting; `.env.example` lists them with their environment names. Secrets cannot be printed.
#[derive(Debug, Clone, Deserialize)]
pub struct Settings {
    /// Where the data is.
    pub database: DatabaseSettings,
    /// Where guests and staff come in.
    #[serde(default)]
    pub http: HttpSettings,
    /// Files that belong to the installation: the development mailbox, keys.
    #[serde(default = "data_dir")]
    pub data_dir: PathBuf,
    /// The business that answers at `/`.
    #[serde(default = "default_tenant")]
    pub default_tenant: String,
    /// Outgoing mail.
    #[serde(default)]
    pub mail: MailSettings,
    /// Taking payments.
    #[serde(default)]
    pub payments: PaymentSettings,
    /// What businesses pay to the operator.
    #[serde(default)]
    pub platform: PlatformSettings,
    /// The telephone.
    #[serde(default)]
    pub voice: VoiceSettings,
    /// The knowledge base.
    #[serde(default)]
    pub knowledge: KnowledgeSettings,
    /// Who answers guests.
    #[serde(default)]
    pub concierge: ConciergeSettings,
    /// Searching for rooms.
    #[serde(default)]
    pub search: SearchSettings,
    /// The master keys that secrets are kept under.
    #[serde(default)]
    pub secrets: SecretSettings,
    /// How often somebody may ask.
    #[serde(default)]
    pub limits: motel_limits::Limits,
    /// A filter such as `info` or `info,motel_bookings=debug`.
    #[serde(default = "log")]
    pub log: String,
}

/// Where the data is.
#[derive(Debug, Clone, Deserialize)]
pub struct DatabaseSettings {
    /// A PostgreSQL ≥ 16 with pgvector. The user needs the right to make roles and extensions once, for `migrate`.
    pub url: SecretString,
    /// The most connections of the server.
    #[serde(default = "pool_size")]
    pub pool_size: u32,
}

/// Where guests and staff come in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HttpSettings {
    /// The address listened on; this machine only by default.
    pub host: Option<String>,
    /// The port, 8080 by default.
    pub port: Option<u16>,
    /// The address guests see. It stands in payment links and mails, and Twilio signs it.
    pub public_url: Option<String>,
    /// Whom to tell of a weakness, for `/.well-known/security.txt`: `mailto:…` or `https://…`.
    pub security_contact: Option<String>,
    /// Whether a proxy of your own stands before the server and writes `X-Forwarded-For`. Then its last entry is whose address
    /// failures to sign in are counted by.
    pub behind_proxy: bool,
    /// Sites whose pages may call `/api/v1/public/` from a visitor's browser, with commas in between; none by default.
    pub cors_origins: Option<String>,
    /// How many seconds somebody may take to send a request, the head of it (five at most) and then the body: 20 by default.
    pub read_seconds: Option<NonZeroU8>,
    /// Signs and encrypts the session cookie and signs access tokens and the sandbox's notices; at least 64 characters.
    pub session_key: Option<SecretString>,
    /// How many minutes an access token works: 15 by default, a day at most.
    pub access_token_minutes: Option<u32>,
}

/// Outgoing mail.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// `smtps://user:password@mail.example.com`. Without it mails are files in `data_dir/mailbox`.
    pub smtp_url: Option<SecretString>,
    /// From whom mails of the installation itself are, to people who sign a business up. Without it they are from
    /// `platform.billing_email`, and without that from `no-reply` at the host guests see.
    pub from: Option<String>,
}

/// Taking payments.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PaymentSettings {
    /// Stripe Checkout. It makes new payment pages wherever it is set up.
    pub stripe: StripeSettings,
    /// PayPal. It makes new payment pages where Stripe is not set up. Without either the sandbox takes the payments.
    pub paypal: PayPalSettings,
}

/// A Stripe account.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StripeSettings {
    /// `sk_live_…` or `sk_test_…`.
    pub secret_key: Option<SecretString>,
    /// `whsec_…` of the endpoint `/payments/webhooks/stripe`.
    pub webhook_secret: Option<SecretString>,
    /// Another address than Stripe's own, for tests.
    pub api_base: Option<String>,
}

/// An app at PayPal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PayPalSettings {
    /// The app's client id.
    pub client_id: Option<String>,
    /// The app's secret.
    pub client_secret: Option<SecretString>,
    /// The id of the webhook registered for `/payments/webhooks/paypal`.
    pub webhook_id: Option<String>,
    /// Another address than PayPal's own: `https://api-m.sandbox.paypal.com`, or one for tests.
    pub api_base: Option<String>,
}

/// The operator, and the businesses it has as customers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlatformSettings {
    /// From whom statements are sent. Without it nobody is billed, and no trial ends.
    pub billing_email: Option<String>,
    /// Whether strangers may sign their businesses up. Unless it is said they may only where nothing real is behind it: nobody
    /// becomes the host of others by an upgrade.
    pub open_to_new: Option<bool>,
}

/// The telephone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VoiceSettings {
    /// A Twilio account.
    pub twilio: TwilioAccount,
}

/// A Twilio account.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TwilioAccount {
    /// Verifies that a request comes from Twilio. Without it the telephone routes answer 503.
    pub auth_token: Option<SecretString>,
}

/// The master keys that secrets are kept under: one source, or none, and then `data_dir/keys/master.key` is it and is made at the
/// first start. Each gives one key a line; the last one seals, all of them open.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SecretSettings {
    /// The keys themselves, with commas between them.
    pub keys: Option<SecretString>,
    /// A file they stand in.
    pub keys_file: Option<PathBuf>,
    /// A command that writes them to its standard output, such as one that asks a secret manager. Run by `sh` at each start. It may
    /// carry a token.
    pub keys_command: Option<SecretString>,
}

/// Searching for rooms.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default)]
pub struct SearchSettings {
    /// How much memory calendars may take, in MiB; 0 reads the database for every search. Room for ten thousand small
    /// properties, and no more is taken than there are.
    pub memory_mib: u64,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { memory_mib: 128 }
    }
}

/// The knowledge base.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct KnowledgeSettings {
    /// An OpenAI-compatible embedding service. Without a key the built-in embedder is used.
    pub openai: OpenAiAccount,
    /// A folder that holds a sentence transformer, which is used instead of the built-in embedder. Not beside a key.
    pub local_model: Option<PathBuf>,
}

/// Who answers guests. Which model a business lets answer is its own to choose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ConciergeSettings {
    /// Whether businesses may choose a language model on this very machine, which is asked without TLS. Others have to lie in the public
    /// internet.
    pub models_on_this_machine: bool,
}

/// An OpenAI-compatible service.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenAiAccount {
    /// Its key.
    pub api_key: Option<SecretString>,
    /// Another address than OpenAI's own.
    pub api_base: Option<String>,
    /// The embedding model.
    pub model: Option<String>,
}

fn data_dir() -> PathBuf {
    ".data".into()
}

fn default_tenant() -> String {
    "remotemotel".to_owned()
}

fn pool_size() -> u32 {
    8
}

fn log() -> String {
    "info".to_owned()
}

impl Settings {
    /// Reads the file, if there is one, and the environment, which wins. An empty variable counts as not set.
    ///
    /// # Errors
    /// A setting is missing or has the wrong form; the message names it.
    pub fn load() -> anyhow::Result<Self> {
        Config::builder()
            .add_source(File::with_name("remotemotel").required(false))
            .add_source(Environment::with_prefix("REMOTEMOTEL").prefix_separator("__").separator("__").ignore_empty(true))
            .build()
            .and_then(Config::try_deserialize)
            .context("the settings cannot be read: see .env.example (REMOTEMOTEL__DATABASE__URL names the database)")
    }
}

impl HttpSettings {
    /// The address listened on.
    pub fn host(&self) -> &str {
        self.host.as_deref().unwrap_or("127.0.0.1")
    }

    /// The port listened on.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(8080)
    }

    /// How long somebody may take to send a request's body.
    pub fn read_within(&self) -> Duration {
        Duration::from_secs(self.read_seconds.map_or(20, |seconds| seconds.get().into()))
    }

    /// The address guests see, without a slash at the end.
    pub fn public_url(&self) -> String {
        let given = self
            .public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned());
        given.unwrap_or_else(|| format!("http://{}:{}", self.host(), self.port()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn somebody_has_some_time_to_send_a_request() {
        let read = |seconds: &str| {
            let given = Config::builder()
                .set_override("read_seconds", seconds)
                .unwrap();
            let read = given.build().unwrap().try_deserialize::<HttpSettings>();
            read.map(|http| http.read_within().as_secs())
        };
        assert_eq!(read("3").unwrap(), 3);
        for slip in ["0", "-1", "256", "soon"] {
            assert!(read(slip).is_err(), "{slip}");
        }
    }
}
