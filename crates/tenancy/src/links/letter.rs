//! The words around a link. Text and HTML say the same.

use askama::Template;

use super::LinkPurpose;

#[derive(Template)]
#[template(path = "link.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a Letter);

#[derive(Template)]
#[template(path = "link.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a Letter);

/// What the mail says.
pub(super) struct Letter {
    pub(super) purpose: LinkPurpose,
    /// The business's name.
    pub(super) place: String,
    /// The whole address.
    pub(super) url: String,
}

impl Letter {
    pub(super) fn subject(&self) -> String {
        match self.purpose {
            LinkPurpose::ResetPassword => format!("A new password for {}", self.place),
            LinkPurpose::Invitation => format!("Join the team of {}", self.place),
            LinkPurpose::ChangeEmail => format!("Your new e-mail address at {}", self.place),
            LinkPurpose::Support => format!("Your visit to {}", self.place),
        }
    }

    /// Why it is sent.
    fn reason(&self) -> String {
        match self.purpose {
            LinkPurpose::ResetPassword => format!(
                "somebody asked for a new password for your account at the front desk of {}.",
                self.place
            ),
            LinkPurpose::Invitation => {
                format!("you are invited to join the front desk of {}.", self.place)
            }
            LinkPurpose::ChangeEmail => format!(
                "you asked to sign in to the front desk of {} with this address.",
                self.place
            ),
            LinkPurpose::Support => format!("{} lets support in.", self.place),
        }
    }

    /// What the link is good for.
    fn action(&self) -> &'static str {
        match self.purpose {
            LinkPurpose::ResetPassword => "Choose a new password",
            LinkPurpose::Invitation => "Accept the invitation",
            LinkPurpose::ChangeEmail => "Use this address",
            LinkPurpose::Support => "Come in",
        }
    }

    /// How long, and what if it was not them.
    fn terms(&self) -> &'static str {
        match self.purpose {
            LinkPurpose::ResetPassword => {
                "The link works once and for one hour. It signs you out everywhere. If it was not you who asked, do nothing: \
                 your password stays as it is."
            }
            LinkPurpose::Invitation => {
                "The link works once and for seven days. If you do not know the business, do nothing."
            }
            LinkPurpose::ChangeEmail => {
                "The link works once and for one day. It signs you out on other devices. If it was not you who asked, do \
                 nothing: the account keeps the address it has."
            }
            LinkPurpose::Support => "The link works once and for a quarter of an hour.",
        }
    }
}
