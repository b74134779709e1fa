use chrono::NaiveDate;
use motel_db::DbError;
use motel_guests::GuestsError;
use motel_inventory::InventoryError;
use motel_jobs::JobsError;
use motel_kernel::Money;
use motel_rates::RatesError;

use crate::commands::NoRoom;
use crate::rules::Obstacle;

/// Why a booking could not be made, found or taken back.
#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// Some night has no room of the type left.
    #[error("no room of this type is left for the night of {night}")]
    SoldOut {
        /// The first night without a room.
        night: NaiveDate,
    },
    /// The room type can't be sold for these dates and this party.
    #[error("{reason}")]
    NotOffered {
        /// What of the request stands in the way: `check_in`, `check_out` or `room_type`.
        field: &'static str,
        /// A stable word, e.g. `too_many_guests`.
        code: &'static str,
        /// A sentence for the guest.
        reason: String,
    },
    /// There is no room type of this name.
    #[error("{0}")]
    UnknownUnitGroup(String),
    /// The quote is unknown, was booked before, or is no longer honoured.
    #[error("this price is no longer held; {}", fresh(.agreed.as_ref(), .now.as_ref()))]
    QuoteExpired {
        /// What it was, when there was such a quote.
        agreed: Option<Money>,
        /// What the same costs now.
        now: Option<Money>,
    },
    /// There is no such booking, or it isn't this guest's.
    #[error("there is no such booking")]
    NotFound,
    /// The state of the reservation, or the day, is against it.
    #[error("{0}")]
    NotAllowed(#[from] Obstacle),
    /// The unit the guest has is given to somebody else on some of the nights.
    #[error("the unit is taken on some of these nights")]
    UnitTaken,
    /// No unit can be had for a stay, or a unit cannot be freed.
    #[error("{0}")]
    NoRoom(#[from] NoRoom),
    /// A hold has to end after it begins.
    #[error("the hold would be over at once")]
    HoldInPast,
    /// The key was used for a request that said something else.
    #[error("this Idempotency-Key was used for a different request")]
    KeyReused,
    /// The price moved away from the one the guest agreed to.
    #[error("the price is now {now}, not {agreed}")]
    PriceChanged {
        /// What the guest agreed to.
        agreed: Money,
        /// What it costs now.
        now: Money,
    },
    /// It was changed by somebody else meanwhile.
    #[error("it was changed meanwhile; please look again")]
    Stale,
    /// A row that our own rules would refuse, or a fault of a crate below.
    #[error("a booking could not be read, priced or written")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

impl BookingError {
    /// Nobody knows such a quote, or it was booked.
    pub(crate) const UNKNOWN_QUOTE: Self = Self::QuoteExpired {
        agreed: None,
        now: None,
    };

    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SoldOut { .. } => "sold_out",
            Self::NotOffered { code, .. } => code,
            Self::UnknownUnitGroup(_) => "unknown_room_type",
            Self::QuoteExpired { .. } => "quote_expired",
            Self::NotFound => "not_found",
            Self::NotAllowed(obstacle) => obstacle.code(),
            Self::UnitTaken => "unit_taken",
            Self::NoRoom(no_room) => no_room.code(),
            Self::HoldInPast => "hold_in_past",
            Self::KeyReused => "idempotency_key_reused",
            Self::PriceChanged { .. } => "price_changed",
            Self::Stale => "version_mismatch",
            Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for BookingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<InventoryError> for BookingError {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::SoldOut { night } => Self::SoldOut { night },
            InventoryError::NotOpen { night } => Self::NotOffered {
                field: "check_out",
                code: "not_open",
                reason: format!("the night of {night} is not on sale yet"),
            },
            other => Self::fault(other),
        }
    }
}

impl From<RatesError> for BookingError {
    fn from(error: RatesError) -> Self {
        let (code, reason) = (error.code(), error.to_string());
        match error {
            RatesError::InPast { .. } => Self::NotOffered {
                field: "check_in",
                code,
                reason,
            },
            RatesError::TooLong { .. } => Self::NotOffered {
                field: "check_out",
                code,
                reason,
            },
            RatesError::UnknownRatePlan { .. } => Self::NotOffered {
                field: "rate_plan",
                code,
                reason,
            },
            RatesError::Promo(_) => Self::NotOffered {
                field: "promo",
                code,
                reason,
            },
            RatesError::UnknownUnitGroup { .. } => Self::UnknownUnitGroup(reason),
            other => Self::fault(other),
        }
    }
}

impl From<GuestsError> for BookingError {
    fn from(error: GuestsError) -> Self {
        Self::fault(error)
    }
}

impl From<JobsError> for BookingError {
    fn from(error: JobsError) -> Self {
        Self::fault(error)
    }
}

fn fresh(agreed: Option<&Money>, now: Option<&Money>) -> String {
    match (agreed, now) {
        (Some(agreed), Some(now)) if agreed == now => format!("it is still {now}"),
        (Some(agreed), Some(now)) => format!("it was {agreed} and is {now} now"),
        _ => "please ask for a new one".to_owned(),
    }
}
