use askama::Template;

use super::{Head, Notice};

/// Who changed what.
#[derive(Debug, Template)]
#[template(path = "audit.html")]
pub struct AuditPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why something was refused.
    pub error: Option<String>,
    /// What came of walking the chain, when somebody asked for it.
    pub verdict: Option<ChainVerdict>,
    /// What is looked for.
    pub look: LookForm,
    /// Entries, the latest first.
    pub entries: Vec<AuditRow>,
    /// Where earlier ones are.
    pub earlier: Option<String>,
    /// Where the same is as a table to keep.
    pub export: String,
    /// Where the chain is walked.
    pub check: String,
    /// For how many days entries are kept.
    pub days: i32,
    /// Whether who looks may say for how long.
    pub may_set: bool,
}

/// Whether the log is as it was written, in words.
#[derive(Clone, Debug)]
pub struct ChainVerdict {
    /// The notice's colour.
    pub tone: &'static str,
    /// "The log is as it was written."
    pub text: String,
    /// What to keep elsewhere, or what to do.
    pub more: String,
}

/// The form, as it was filled in.
#[derive(Clone, Debug)]
pub struct LookForm {
    /// Who can be chosen: what is sent, and what is shown.
    pub people: Vec<(String, String)>,
    /// Who was.
    pub actor: String,
    /// `rates.seasons`.
    pub thing: String,
    /// Which of them.
    pub key: String,
    /// From which day on.
    pub from: String,
    /// Until which day.
    pub until: String,
    /// In which request.
    pub request: String,
    /// Whether anything is looked for.
    pub is_narrow: bool,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// When.
    pub when: String,
    /// "Dana".
    pub who: String,
    /// From where, and in which request.
    pub origin: Vec<String>,
    /// "Made".
    pub action: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// `rates.seasons`, in words.
    pub thing: String,
    /// Where everything that happened to this very one is.
    pub history: String,
    /// Its place in the chain.
    pub place: Option<i64>,
    /// What is different.
    pub changes: Vec<ChangeRow>,
}

/// What is different about one thing.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// "valid from".
    pub field: String,
    /// As it was, for a change or a removal.
    pub before: Option<String>,
    /// As it is, for a change or something new.
    pub after: Option<String>,
}

/// How many fields of an entry are shown at once.
const SHOWN: usize = 3;

impl AuditRow {
    /// The fields that are shown at once.
    pub fn first_changes(&self) -> &[ChangeRow] {
        self.changes.get(..SHOWN).unwrap_or(&self.changes)
    }

    /// Those that are folded away.
    pub fn further_changes(&self) -> &[ChangeRow] {
        self.changes.get(SHOWN..).unwrap_or_default()
    }
}
