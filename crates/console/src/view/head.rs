use askama::Template;

use super::Notice;

/// The bar at the top of every staff page.
#[derive(Clone, Debug)]
pub struct Head {
    /// The property's name.
    pub place: String,
    /// Who is signed in.
    pub who: String,
    /// "Front desk".
    pub role: String,
    /// Why the business is suspended, if it is.
    pub suspended: Option<String>,
    /// Whether the page follows events.
    pub live: bool,
    /// Pages they may go to, each with its address.
    pub links: Vec<(&'static str, &'static str)>,
}

/// The sign-in form.
#[derive(Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// What was typed before.
    pub email: String,
    /// What was done before, on another page.
    pub notice: Option<Notice>,
    /// Why it was refused.
    pub error: Option<String>,
    /// Whether strangers may sign their businesses up.
    pub sign_up: bool,
    /// Whether passkeys are offered.
    pub passkeys: bool,
}
