use chrono_tz::Tz;
use motel_concierge::{ConciergeError, PromptPreview};
use motel_prompts::{
    Activation, DiffLine, LineFate, PromptKind, SavedVersion, Standing, Variables, VersionNumber,
};
use motel_tenancy::Staff;
use motel_web::{Problem, words};

use super::credentials::somebody;
use crate::view::{PromptActivationRow, PromptCard, PromptLine, PromptShown, PromptVersionRow};

/// "Version 3".
pub(crate) fn version_name(number: VersionNumber) -> String {
    match number {
        VersionNumber::DEFAULT => "The text that comes with the program".to_owned(),
        number => format!("Version {number}"),
    }
}

/// A kind of prompt with its versions and its history.
pub(crate) fn prompt_card(
    standing: Standing,
    versions: &[SavedVersion],
    activations: &[Activation],
    members: &[Staff],
    zone: Tz,
) -> PromptCard {
    let active = standing.active();
    let who = |by, at| format!("{}, {}", somebody(by, members), words::moment(at, zone));
    let version = |it: &SavedVersion| PromptVersionRow {
        number: it.number.get(),
        note: it.note.clone(),
        saved: who(it.saved_by, it.saved_at),
        active: it.number == active,
    };
    let activation = |it: &Activation| PromptActivationRow {
        what: version_name(it.number()),
        rolled_back: it.rolled_back,
        who: who(it.activated_by, it.activated_at),
    };
    PromptCard {
        kind: standing.kind.as_str(),
        title: standing.kind.title(),
        active: version_name(active),
        active_number: active.get(),
        activation: standing.last_activation(),
        can_go_back: activations.first().is_some_and(Activation::can_go_back),
        versions: versions.iter().map(version).collect(),
        activations: activations.iter().map(activation).collect(),
    }
}

/// "“shorter by text message” Saved by Dana, …".
pub(crate) fn about_version(saved: &SavedVersion, members: &[Staff], zone: Tz) -> String {
    let by = somebody(saved.saved_by, members);
    let saved_when = format!("Saved by {by}, {}.", words::moment(saved.saved_at, zone));
    match saved.note.as_str() {
        "" => saved_when,
        note => format!("“{note}” {saved_when}"),
    }
}

/// The lines of two versions.
pub(crate) fn prompt_lines(lines: Vec<DiffLine>) -> Vec<PromptLine> {
    let line = |it: DiffLine| {
        let (fate, sign) = match it.fate {
            LineFate::Same => ("same", " "),
            LineFate::Removed => ("removed", "−"),
            LineFate::Added => ("added", "+"),
        };
        PromptLine {
            fate,
            sign,
            text: it.text,
        }
    };
    lines.into_iter().map(line).collect()
}

/// What a template says now; that it says nothing is an answer too.
pub(crate) fn prompt_shown(
    shown: Result<PromptPreview, ConciergeError>,
) -> Result<PromptShown, Problem> {
    match shown {
        Ok(PromptPreview { said, told }) => Ok(PromptShown::Said { said, told }),
        Err(ConciergeError::Template(fault)) => Ok(PromptShown::Fault(fault.to_string())),
        Err(ConciergeError::Render(fault)) => Ok(PromptShown::Fault(fault.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// How a guest may have reached the house, and which of it is chosen; the first where none is.
pub(crate) fn prompt_channels(kind: PromptKind, chosen: &str) -> Vec<(&'static str, bool)> {
    let channels = kind.channels();
    let chosen = channels
        .iter()
        .find(|it| **it == chosen)
        .or(channels.first());
    channels
        .iter()
        .map(|it| (*it, Some(it) == chosen))
        .collect()
}

/// What a template may speak of.
pub(crate) fn prompt_variables() -> Vec<(&'static str, &'static str, bool)> {
    let variables = Variables::ALL.iter();
    variables
        .map(|it| (it.name, it.meaning, it.required))
        .collect()
}
