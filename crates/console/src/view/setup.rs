use askama::Template;

use super::{Head, TurnView};

/// How far a business is, on top of every page of its setting up.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Each step, in order.
    pub steps: Vec<StepRow>,
    /// How many are done.
    pub done: usize,
}

/// A step of setting a business up.
#[derive(Clone, Debug)]
pub struct StepRow {
    /// "Your rooms".
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Where it is.
    pub address: String,
    /// `open`, `skipped` or `done`.
    pub state: &'static str,
    /// The same for people: "To do".
    pub word: &'static str,
    /// Whether it is the page that is looked at.
    pub current: bool,
}

/// The steps, and where to go on.
#[derive(Debug, Template)]
#[template(path = "setup/overview.html")]
pub struct SetupPage {
    /// The bar at the top.
    pub head: Head,
    /// How far it is.
    pub progress: Progress,
    /// Whether the business was founded a moment ago.
    pub welcome: bool,
    /// Where to go on; none when nothing waits.
    pub next: Option<String>,
}

/// A step that is a form.
#[derive(Debug, Template)]
#[template(path = "setup/form.html")]
pub struct SetupFormPage {
    /// The bar at the top.
    pub head: Head,
    /// How far it is.
    pub progress: Progress,
    /// What the step is.
    pub heading: &'static str,
    /// A sentence on what it is for.
    pub intro: &'static str,
    /// What is there already.
    pub there: Vec<String>,
    /// Why it was refused, as far as it is of no field.
    pub error: Option<String>,
    /// The fields, in groups.
    pub groups: Vec<FieldGroup>,
    /// Where the form goes; skipping stands below it.
    pub action: String,
    /// What the button says.
    pub submit: &'static str,
    /// Whether the step can be skipped: it waits.
    pub skippable: bool,
    /// Where to go on without this form, where something is there.
    pub on: Option<String>,
}

/// Fields that belong together.
#[derive(Clone, Debug)]
pub struct FieldGroup {
    /// What they are about.
    pub legend: &'static str,
    /// In order.
    pub fields: Vec<SetupField>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct SetupField {
    /// What it is sent as.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What stands in it.
    pub value: String,
    /// A word of help; may be empty.
    pub hint: &'static str,
    /// Why it was refused.
    pub error: Option<String>,
    /// What can be put in.
    pub kind: FieldKind,
}

/// What can be put into a field.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// Text of a kind that browsers know, at most so long, and whether it must be there.
    Text {
        /// `text`, `email`, `tel`, `time`, `number`.
        input: &'static str,
        /// In characters.
        longest: usize,
        /// Whether it must be there.
        required: bool,
        /// What browsers offer; may be empty.
        offered: Vec<&'static str>,
    },
    /// One of several: what is sent, and what people read.
    Choice(Vec<(String, String)>),
}

/// Where guests find the business.
#[derive(Debug, Template)]
#[template(path = "setup/channel.html")]
pub struct ChannelPage {
    /// The bar at the top.
    pub head: Head,
    /// How far it is.
    pub progress: Progress,
    /// The whole address of its page.
    pub address: String,
    /// Whether the step can be skipped: it waits.
    pub skippable: bool,
}

/// Talking to the concierge as a guest would.
#[derive(Debug, Template)]
#[template(path = "setup/trial.html")]
pub struct TrialPage {
    /// The bar at the top.
    pub head: Head,
    /// How far it is.
    pub progress: Progress,
    /// What was said, in order.
    pub turns: Vec<TurnView>,
    /// Which conversation; empty before the first word.
    pub conversation: String,
    /// What can be asked at a click.
    pub questions: &'static [&'static str],
    /// Why a message was refused.
    pub error: Option<String>,
    /// Whether the step can be skipped: it waits.
    pub skippable: bool,
}
