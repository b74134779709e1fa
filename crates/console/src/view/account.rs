use askama::Template;

use super::Head;

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
    pub role: &'static str,
    /// What was typed as a name before.
    pub name: String,
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
}
