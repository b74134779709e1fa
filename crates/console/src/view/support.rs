use askama::Template;

use super::{Head, Notice};

/// Whether whoever runs the installation may come in, and who came.
#[derive(Debug, Template)]
#[template(path = "support.html")]
pub struct SupportPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Until when they may.
    pub until: Option<String>,
    /// The last first.
    pub visits: Vec<SupportVisitRow>,
}

/// Somebody came.
#[derive(Clone, Debug)]
pub struct SupportVisitRow {
    /// Who.
    pub visitor: String,
    /// What for.
    pub reason: String,
    /// When.
    pub when: String,
}

/// Where a visitor comes in.
#[derive(Debug, Template)]
#[template(path = "support_entry.html")]
pub struct SupportEntryPage {
    /// The visit; nothing where its link is over.
    pub visit: Option<VisitForm>,
}

/// A visit that waits.
#[derive(Clone, Debug)]
pub struct VisitForm {
    /// The word of the link.
    pub link: String,
    /// Who.
    pub visitor: String,
    /// What for.
    pub reason: String,
}
