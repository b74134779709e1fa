use askama::Template;

use super::{Head, Notice};

/// What providers gave the business to prove who it is.
#[derive(Debug, Template)]
#[template(path = "credentials.html")]
pub struct CredentialsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why something was refused; it never says what was typed.
    pub error: Option<String>,
    /// Whether who looks may set them.
    pub may_set: bool,
    /// Whose services one can be set for.
    pub providers: Vec<ProviderCard>,
}

/// One provider, and what is set for it.
#[derive(Clone, Debug)]
pub struct ProviderCard {
    /// `twilio`.
    pub word: &'static str,
    /// "Twilio".
    pub name: &'static str,
    /// What it is used for, and what happens without.
    pub purpose: &'static str,
    /// What the field asks for, and where to find it.
    pub field: &'static str,
    /// "ends in 1234", and who set it when; `None` where nothing is set.
    pub set: Option<CredentialRow>,
}

/// What is known of one that is set.
#[derive(Clone, Debug)]
pub struct CredentialRow {
    /// How it ends.
    pub last_four: String,
    /// "Dana".
    pub by: String,
    /// When it was set.
    pub when: String,
}
