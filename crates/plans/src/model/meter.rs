use chrono::{DateTime, Utc};

motel_db::text_enum! {
    /// What is counted.
    #[derive(PartialOrd, Ord)]
    pub enum Meter {
        /// Messages of guests that were answered.
        Messages = "messages",
        /// Telephone calls.
        Calls = "calls",
        /// Minutes of calls, each that was begun.
        Minutes = "minutes",
        /// Text messages sent.
        Sms = "sms",
        /// Tokens that a language model read or wrote.
        Tokens = "tokens",
    }
}

impl Meter {
    /// The word for several of them.
    pub fn words(self) -> &'static str {
        match self {
            Self::Messages => "guest messages",
            Self::Calls => "calls",
            Self::Minutes => "call minutes",
            Self::Sms => "text messages",
            Self::Tokens => "tokens",
        }
    }
}

/// Something that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// What.
    pub meter: Meter,
    /// Whose service it was: `twilio`. Small letters, digits and underscores, at most 40.
    pub provider: String,
    /// How much of it: 1 to 1,000,000,000.
    pub quantity: i64,
    /// What that cost the operator, in millionths of the currency.
    pub cost_micros: i64,
    /// What tells it from others of its meter, such as `call:<id>`; at most 120 characters. Told again it counts once.
    pub source: String,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// How much was used in a period, of one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// What.
    pub meter: Meter,
    /// Whose service it was.
    pub provider: String,
    /// How much of it.
    pub quantity: i64,
    /// What that cost the operator, in millionths of the currency.
    pub cost_micros: i64,
}
