use askama::Template;

use super::{Head, Notice};

/// The form for a code, between the password and the desk.
#[derive(Debug, Template)]
#[template(path = "code.html")]
pub struct CodePage {
    /// Why it was refused.
    pub error: Option<String>,
    /// Whether passkeys are offered.
    pub passkeys: bool,
}

/// One's second factor: whether there is one, and what can be done about it.
#[derive(Debug, Template)]
#[template(path = "second_factor.html")]
pub struct SecondFactorPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why it was refused.
    pub error: Option<String>,
    /// How many recovery codes are left; none while there is no authenticator.
    pub codes_left: Option<i64>,
    /// Whether they keep passkeys.
    pub passkeys: bool,
    /// Whether the business asks everybody for one.
    pub required: bool,
}

/// What a device is set up with, and the form for its first code.
#[derive(Debug, Template)]
#[template(path = "second_factor_set_up.html")]
pub struct SetUpPage {
    /// The bar at the top.
    pub head: Head,
    /// Why the code was refused.
    pub error: Option<String>,
    /// The key, in groups of four.
    pub key: String,
    /// The same as a picture.
    pub picture: Picture,
}

/// A picture of dark squares on light ground.
#[derive(Clone, Debug)]
pub struct Picture {
    /// How many squares it is wide and high, its margin included.
    pub size: usize,
    /// Its dark squares, as the commands of an SVG path.
    pub path: String,
}

/// The recovery codes, which are shown this once.
#[derive(Debug, Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// The bar at the top.
    pub head: Head,
    /// Whether the second factor has just come into force.
    pub just_set_up: bool,
    /// Each in groups of four.
    pub codes: Vec<String>,
}
