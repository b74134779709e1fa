use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// What the desk does with a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeskAction {
    CheckIn,
    CheckOut,
    NoShow,
    Undo,
}

impl DeskAction {
    /// The action of the last part of a path.
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "check-in" => Some(Self::CheckIn),
            "check-out" => Some(Self::CheckOut),
            "no-show" => Some(Self::NoShow),
            "undo" => Some(Self::Undo),
            _ => None,
        }
    }
}

/// Something done with a stay, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawStay {
    version: i32,
    #[serde(default)]
    reason: String,
    anyway: Option<String>,
}

/// The same, parsed.
pub(crate) struct StayForm {
    /// The version of the reservation that the clerk has seen.
    pub(crate) version: i32,
    pub(crate) reason: Option<String>,
    /// Although something stands in the way that staff may pass with a reason.
    pub(crate) anyway: bool,
}

impl Input for StayForm {
    type Raw = RawStay;

    fn parse(raw: RawStay) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let anyway = raw.anyway.is_some();
        let reason = errors.text("reason", &raw.reason, usize::from(anyway)..=500);
        let reason = reason.ok_or(errors)?;
        Ok(Self {
            version: raw.version,
            reason: (!reason.is_empty()).then_some(reason),
            anyway,
        })
    }
}
