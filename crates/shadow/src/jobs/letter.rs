//! The words of the letter. Text and HTML say the same.

use askama::Template;

use crate::CandidateRolledBack;

/// The letter as text.
#[derive(Template)]
#[template(path = "mail/rolled_back.txt")]
pub(super) struct LetterText<'a>(pub(super) &'a RollBackLetter);

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/rolled_back.html")]
pub(super) struct LetterHtml<'a>(pub(super) &'a RollBackLetter);

/// What the business is written when its candidate was taken back.
#[derive(Debug)]
pub(super) struct RollBackLetter {
    pub(super) subject: String,
    pub(super) paragraphs: Vec<String>,
    /// The page where it can be looked at.
    pub(super) url: String,
}

impl RollBackLetter {
    pub(super) fn about(event: &CandidateRolledBack, url: &str) -> Self {
        let CandidateRolledBack {
            candidate,
            share,
            why,
        } = event;
        Self {
            subject: format!("The candidate for your front desk was taken back: {candidate}"),
            paragraphs: vec![
                format!("It answered {share} % of your guests' conversations, and {why}."),
                "Your guests are answered as before it was tried out. It answers nobody until you set its share anew."
                    .to_owned(),
            ],
            url: url.to_owned(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_and_html_is_escaped() {
        let event = CandidateRolledBack {
            candidate: "a-<b>-model".to_owned(),
            share: 20,
            why: "7 % of 40 turns failed, more than 5 %".to_owned(),
        };
        let letter = RollBackLetter::about(&event, "https://motel.example/console/rehearsals");
        let text = LetterText(&letter).render().unwrap();
        let html = LetterHtml(&letter).render().unwrap();
        for said in [
            "20 %",
            "7 % of 40 turns failed",
            "motel.example/console/rehearsals",
        ] {
            assert!(text.contains(said) && html.contains(said), "{text} {html}");
        }
        assert!(!html.contains("<b>"), "{html}");
    }
}
