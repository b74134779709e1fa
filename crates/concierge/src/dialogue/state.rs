use chrono::{DateTime, NaiveDate, Utc};
use motel_appointments::Destination;
use motel_conversations::HandOverReason;
use motel_kernel::{BookingCode, Email, Money};
use serde::{Deserialize, Serialize};

use super::{ContactDraft, Manner, SessionDraft, StayDraft, Upsell};
use crate::understanding::Slot;

/// What is being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Topic {
    #[default]
    None,
    Booking,
    LookUp,
    Cancelling,
    Paying,
    /// Taking details for a person to come back to.
    Lead,
}

/// Everything the engine remembers of a conversation; stored as JSON between two messages.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// Grows when a change of this struct cannot be read by the older one.
    pub(crate) version: u16,
    pub(crate) topic: Topic,
    /// What was asked last.
    pub(crate) expecting: Option<Slot>,
    pub(crate) stay: StayDraft,
    /// Where services are sold by appointment, and no rooms.
    pub(crate) session: SessionDraft,
    pub(crate) contact: ContactDraft,
    /// Codes of the rooms offered last, in the order shown.
    pub(crate) offered: Vec<String>,
    /// The booking the guest was asked to confirm.
    pub(crate) read_back: Option<ReadBack>,
    /// How many read-backs there were: each is a new request with its own idempotency key.
    pub(crate) read_backs: u32,
    /// What was booked here.
    pub(crate) booked: Option<BookedHere>,
    /// The booking the guest wants to see, pay or cancel, as far as named.
    pub(crate) subject: Subject,
    pub(crate) cancelling: Option<CancellationReadBack>,
    /// The number of the lead taken here.
    pub(crate) lead: Option<String>,
    /// Why a person is to come back to the guest.
    pub(crate) lead_reason: Option<String>,
    pub(crate) handed_over: bool,
    /// What was offered beside what the guest asked for.
    pub(crate) upsell: Upsell,
    /// Why it was handed over so far: each reason does it once.
    pub(crate) handed_over_for: Vec<HandOverReason>,
    /// How many answers in a row helped nobody.
    pub(crate) failures: u16,
    /// How many rooms are wanted, where it is more than one.
    pub(crate) rooms_wanted: Option<u32>,
    /// In which tone the guest speaks.
    pub(crate) manner: Manner,
    pub(crate) last_reply: String,
}

/// A booking read back, waiting for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadBack {
    pub(crate) number: u32,
    pub(crate) room: String,
    pub(crate) total: Money,
    /// The appointment that was read back, where it was one: that one is booked, and nothing said since.
    #[serde(default)]
    pub(crate) session: Option<SessionReadBack>,
}

/// An appointment as it was read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SessionReadBack {
    pub(crate) service: String,
    pub(crate) day: NaiveDate,
    pub(crate) starts_at: DateTime<Utc>,
    pub(crate) guests: u32,
    pub(crate) destination: Option<Destination>,
}

/// A booking made in this conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BookedHere {
    pub(crate) code: BookingCode,
    pub(crate) email: Email,
}

/// What the guest said to name and to prove a booking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Subject {
    pub(crate) code: Option<BookingCode>,
    pub(crate) email: Option<Email>,
    /// The code once more, where it is known to be that of an appointment.
    pub(crate) appointment: Option<BookingCode>,
}

/// A cancellation read back, waiting for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CancellationReadBack {
    pub(crate) code: BookingCode,
    pub(crate) email: Email,
    pub(crate) fee: Money,
}

impl State {
    const VERSION: u16 = 1;

    /// Reads a stored state. One of another version, or none, begins anew: the turns are kept elsewhere.
    pub(crate) fn read(stored: &serde_json::Value) -> Self {
        let read: Option<Self> = serde_json::from_value(stored.clone()).ok();
        let same = read.filter(|state| state.version == Self::VERSION);
        same.unwrap_or_else(|| Self {
            version: Self::VERSION,
            ..Self::default()
        })
    }

    /// The arrival talked about, against which "the 14th" is read.
    pub(crate) fn arrival(&self) -> Option<NaiveDate> {
        self.stay.arrival.or(self.stay.around)
    }

    /// Drops the booking that was being made; who the guest is stays known.
    pub(crate) fn forget_booking(&mut self) {
        self.stay = StayDraft::default();
        self.session = SessionDraft::default();
        self.read_back = None;
        self.offered.clear();
        self.rooms_wanted = None;
        self.expecting = None;
        self.topic = Topic::None;
    }
}
