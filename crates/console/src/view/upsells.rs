use askama::Template;

use super::{Head, Notice};

/// What guests are offered besides what they asked for.
#[derive(Debug, Template)]
#[template(path = "upsells.html")]
pub struct UpsellsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Whether who looks may change anything.
    pub may_write: bool,
    /// Over which days the figures are.
    pub days: String,
    /// The rules in their order.
    pub rules: Vec<UpsellRow>,
    /// Rules to start from that nobody has taken up yet.
    pub starts: Vec<UpsellStart>,
}

/// A rule with what became of what it offered.
#[derive(Debug)]
pub struct UpsellRow {
    /// Its id.
    pub id: String,
    /// What the staff call it.
    pub name: String,
    /// Whether it is on.
    pub enabled: bool,
    /// Whether another one is looked at before.
    pub has_earlier: bool,
    /// "When everything was read back: 2 nights or more".
    pub when: String,
    /// "For 2 nights from Fri, Dec 4 the guest would read: …".
    pub example: String,
    /// How often it was said, taken and declined, and what it brought.
    pub figures: [(&'static str, String); 4],
}

/// A rule to start from.
#[derive(Debug)]
pub struct UpsellStart {
    /// Its place among them.
    pub number: usize,
    /// What it would be called.
    pub name: String,
    /// When it would be said.
    pub when: String,
}

/// A rule as it is described anew.
#[derive(Debug, Template)]
#[template(path = "upsell.html")]
pub struct UpsellPage {
    /// The bar at the top.
    pub head: Head,
    /// What the page is called.
    pub heading: &'static str,
    /// Where the form goes.
    pub action: String,
    /// Why something was refused.
    pub error: Option<String>,
    /// What a guest would read, for a rule that is kept already.
    pub example: Option<String>,
    /// The form.
    pub form: UpsellFields,
}

/// The fields of the form, as they are filled in.
#[derive(Debug)]
pub struct UpsellFields {
    /// What the staff call it.
    pub name: String,
    /// The version that was read; empty for a new rule.
    pub version: String,
    /// Whether it is on.
    pub enabled: bool,
    /// When it is said.
    pub triggers: Vec<UpsellOption>,
    /// What was asked about.
    pub topics: Vec<UpsellOption>,
    /// What is offered.
    pub offers: Vec<UpsellOption>,
    /// What the guest reads.
    pub words: String,
    /// Numbers: the name of each field, its label, the bounds and what is in it.
    pub numbers: Vec<UpsellNumber>,
    /// The days of arrival.
    pub days: Vec<UpsellOption>,
    /// With children or without.
    pub children: Vec<UpsellOption>,
    /// With pets or without.
    pub pets: Vec<UpsellOption>,
    /// The room types.
    pub rooms: Vec<UpsellOption>,
    /// The seasons.
    pub seasons: Vec<UpsellOption>,
    /// How the guest reaches the house.
    pub channels: Vec<UpsellOption>,
    /// The first date on which it is said.
    pub from: String,
    /// The first date no more.
    pub until: String,
}

/// One of several.
#[derive(Debug)]
pub struct UpsellOption {
    /// What is sent.
    pub word: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A number that may be left out.
#[derive(Debug)]
pub struct UpsellNumber {
    /// The name of the field.
    pub name: &'static str,
    /// What is read.
    pub label: &'static str,
    /// The least.
    pub least: i16,
    /// The most.
    pub most: i16,
    /// What is in it.
    pub value: String,
}
