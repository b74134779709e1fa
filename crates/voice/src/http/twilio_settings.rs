use secrecy::SecretString;

/// How Twilio reaches us, and how it proves that it is Twilio.
#[derive(Clone)]
pub struct TwilioSettings {
    auth_token: Option<SecretString>,
    public_url: String,
}

impl TwilioSettings {
    /// `public_url` is the address under which Twilio calls this server, such as `https://motel.example`. Without an
    /// auth token (or with an empty one) nothing Twilio sends can be believed, and its routes answer 503.
    pub fn new(auth_token: Option<SecretString>, public_url: &str) -> Self {
        use secrecy::ExposeSecret;
        Self {
            auth_token: auth_token.filter(|token| !token.expose_secret().is_empty()),
            public_url: public_url.trim_end_matches('/').to_owned(),
        }
    }

    /// The account's auth token.
    pub(crate) fn auth_token(&self) -> Option<&SecretString> {
        self.auth_token.as_ref()
    }

    /// The public URL of a path with its query.
    pub(crate) fn url(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.public_url)
    }
}
