use askama::Template;

use super::{Head, Notice};

/// The form of who forgot their password, and the one answer to it.
#[derive(Debug, Template)]
#[template(path = "forgot_password.html")]
pub struct ForgotPasswordPage {
    /// What was typed before.
    pub email: String,
    /// Why it was refused.
    pub error: Option<String>,
    /// Whether the question was taken.
    pub asked: bool,
}

/// The form behind a mailed link for a new password.
#[derive(Debug, Template)]
#[template(path = "new_password.html")]
pub struct NewPasswordPage {
    /// The word in the link; none when it is good for nothing.
    pub link: Option<String>,
    /// Why the password was refused.
    pub error: Option<String>,
}

/// The form behind an invitation.
#[derive(Debug, Template)]
#[template(path = "join.html")]
pub struct JoinPage {
    /// The invitation; none when its link is good for nothing.
    pub invitation: Option<JoinForm>,
    /// Why it was refused.
    pub error: Option<String>,
}

/// An invitation that can be accepted.
#[derive(Debug)]
pub struct JoinForm {
    /// The word in the link.
    pub link: String,
    /// Who invites.
    pub business: String,
    /// What they will sign in with.
    pub email: String,
    /// What they will be there for.
    pub role: String,
    /// What was typed as a name before.
    pub name: String,
}

/// One's own account.
#[derive(Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why a name was refused.
    pub error: Option<String>,
    /// How the console greets them, or what was typed for it.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// Whether they show a second factor when they sign in.
    pub second_factor: bool,
}

/// The form for another e-mail address.
#[derive(Debug, Template)]
#[template(path = "email.html")]
pub struct EmailPage {
    /// The bar at the top.
    pub head: Head,
    /// Why it was refused.
    pub error: Option<String>,
    /// What was typed before.
    pub email: String,
    /// What they sign in with.
    pub current: String,
    /// Whether a code has to be shown.
    pub second_factor: bool,
    /// Whether they keep passkeys, which stand in the place of a code.
    pub passkeys: bool,
}

/// The form behind a link for another e-mail address.
#[derive(Debug, Template)]
#[template(path = "new_email.html")]
pub struct NewEmailPage {
    /// The word in the link and the address that it puts in force; none when it is good for nothing.
    pub link: Option<(String, String)>,
    /// Why it was refused.
    pub error: Option<String>,
}

/// The form of who is signed in and wants another password.
#[derive(Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// The bar at the top.
    pub head: Head,
    /// Why it was refused.
    pub error: Option<String>,
    /// Whether it was changed.
    pub changed: bool,
    /// Whether they have a second factor, of which a code is asked.
    pub second_factor: bool,
}
