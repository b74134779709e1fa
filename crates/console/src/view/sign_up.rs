use askama::Template;

/// The form of who signs a business up, and the one answer to it.
#[derive(Debug, Template)]
#[template(path = "sign_up.html")]
pub struct SignUpPage {
    /// What was typed as its name before.
    pub business: String,
    /// What was typed as an address before.
    pub email: String,
    /// The trades.
    pub kinds: Vec<KindOption>,
    /// Why it was refused.
    pub errors: Vec<String>,
    /// Whether it was taken.
    pub asked: bool,
}

/// A trade that a business can be in.
#[derive(Clone, Debug)]
pub struct KindOption {
    /// `motel`.
    pub word: &'static str,
    /// "Rooms by the night".
    pub name: &'static str,
    /// What that is, in a few words.
    pub about: &'static str,
    /// Whether it is the one that was chosen.
    pub chosen: bool,
}

/// The form behind the mailed link.
#[derive(Debug, Template)]
#[template(path = "sign_up_confirm.html")]
pub struct ConfirmSignUpPage {
    /// The sign-up; none when its link is good for nothing.
    pub sign_up: Option<ConfirmForm>,
    /// Why it was refused.
    pub errors: Vec<String>,
}

/// A sign-up that can be confirmed.
#[derive(Debug)]
pub struct ConfirmForm {
    /// The word in the link.
    pub link: String,
    /// What the business calls itself.
    pub business: String,
    /// What its owner will sign in with.
    pub email: String,
    /// What was typed as a name before.
    pub name: String,
    /// What was typed as a number before.
    pub phone: String,
}
