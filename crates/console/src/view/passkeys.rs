use askama::Template;

use super::{Head, Notice};

/// One's passkeys.
#[derive(Debug, Template)]
#[template(path = "passkeys.html")]
pub struct PasskeysPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why it was refused.
    pub error: Option<String>,
    /// The oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Whether something more than the password has to be shown for another one.
    pub second_factor: bool,
    /// Whether they have an authenticator as well.
    pub authenticator: bool,
    /// Whether browsers make passkeys for the installation's address.
    pub available: bool,
}

/// One passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Whether it outlives the device.
    pub backed_up: bool,
    /// Since when.
    pub since: String,
    /// When it was last used.
    pub last_used: Option<String>,
    /// When its count went back.
    pub doubted: Option<String>,
}
