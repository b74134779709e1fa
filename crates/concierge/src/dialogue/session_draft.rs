use chrono::NaiveTime;
use motel_appointments::Destination;
use serde::{Deserialize, Serialize};

/// The appointment wanted, as far as said. Its day and its guests stand in the draft of the stay, which is read in the same
/// words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SessionDraft {
    /// The code of the service.
    pub(crate) service: Option<String>,
    /// On the wall clock of the house; as said, where morning or afternoon was not.
    pub(crate) at: Option<NaiveTime>,
    /// Whether it was said which half of the day is meant.
    pub(crate) half_of_day: bool,
    /// How many come, where it was said.
    pub(crate) guests: Option<u32>,
    pub(crate) destination: Option<Destination>,
    /// What was asked last.
    pub(crate) asked: Option<SessionSlot>,
}

/// Something an appointment needs and a stay does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SessionSlot {
    /// Which service.
    Service,
    /// What day.
    Day,
    /// What time.
    Time,
    /// How many come.
    Guests,
    /// How many miles away.
    Miles,
    /// In which postal code.
    Postcode,
}
