//! The words around a gift card. Text and HTML say the same.

use askama::Template;
use motel_tenancy::Property;

use crate::GiftCard;

#[derive(Template)]
#[template(path = "gift_card.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a Letter);

#[derive(Template)]
#[template(path = "gift_card.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a Letter);

/// What the mail says.
pub(super) struct Letter {
    pub(super) property: Property,
    pub(super) card: GiftCard,
    /// In groups.
    pub(super) code: String,
    pub(super) site_url: String,
}

impl Letter {
    pub(super) fn subject(&self) -> String {
        format!(
            "{}: a gift card of {}",
            self.property.name, self.card.balance
        )
    }

    fn greeting(&self) -> &str {
        self.card.recipient.name.as_deref().unwrap_or("there")
    }

    /// The last day on which it can be paid with.
    fn last_day(&self) -> Option<String> {
        let end = self.card.expires_at?.with_timezone(&self.property.timezone);
        let last = end - chrono::TimeDelta::seconds(1);
        Some(last.format("%A, %B %-d, %Y").to_string())
    }
}
