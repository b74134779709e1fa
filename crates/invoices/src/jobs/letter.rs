//! The words around the document. Text and HTML say the same.

use askama::Template;

use crate::Snapshot;
use crate::render::{Labels, Sheet};

#[derive(Template)]
#[template(path = "letter.txt")]
struct LetterText<'a>(&'a Letter);

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterHtml<'a>(&'a Letter);

/// What a mail with a document says.
pub(super) struct Letter {
    sheet: Sheet,
    name: String,
    attached: &'static str,
}

impl Letter {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        Self {
            sheet: Sheet::of(snapshot),
            name: snapshot.addressee.title().to_owned(),
            attached: Labels::of(snapshot.language).attached,
        }
    }

    pub(super) fn subject(&self) -> String {
        let sheet = &self.sheet;
        format!("{}: {} {}", sheet.issuer, sheet.title, sheet.number)
    }

    pub(super) fn text(&self) -> askama::Result<String> {
        LetterText(self).render()
    }

    pub(super) fn html(&self) -> askama::Result<String> {
        LetterHtml(self).render()
    }
}
