//! The words around a link. Text and HTML say the same.

use askama::Template;

#[derive(Template)]
#[template(path = "sign_up.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a Letter);

#[derive(Template)]
#[template(path = "sign_up.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a Letter);

/// What the mail says.
pub(super) struct Letter {
    pub(super) subject: String,
    /// Why it is sent.
    pub(super) reason: String,
    /// What the link is good for.
    pub(super) action: &'static str,
    /// The whole address.
    pub(super) url: String,
    /// How long, and what if it was not them.
    pub(super) terms: String,
    /// Whose mail it is.
    pub(super) sender: String,
}

impl Letter {
    /// To somebody who has no account yet.
    pub(super) fn confirm(business: &str, url: String, sender: &str) -> Self {
        Self {
            subject: format!("Confirm the sign-up of {business}"),
            reason: format!("somebody signed {business} up with this e-mail address."),
            action: "Confirm and choose a password",
            url,
            terms: "The link works once and for 24 hours. If it was not you, do nothing: nothing is made, and what was \
                    typed is forgotten within a day."
                .to_owned(),
            sender: sender.to_owned(),
        }
    }

    /// To somebody who signs in with the address already.
    pub(super) fn known(business: &str, public_url: &str, sender: &str) -> Self {
        Self {
            subject: "You have an account already".to_owned(),
            reason: format!(
                "somebody wanted to sign {business} up with this e-mail address. You sign in with it already, and an address is \
                 good for one account; for another business please use another one."
            ),
            action: "Sign in",
            url: format!("{public_url}/console/sign-in"),
            terms: format!(
                "Forgot your password? {public_url}/console/forgot-password mails you a link for a new one. If it was not you \
                 who asked, do nothing: nothing was changed."
            ),
            sender: sender.to_owned(),
        }
    }
}
