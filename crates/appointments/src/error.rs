use motel_db::DbError;
use motel_guests::GuestsError;
use motel_jobs::JobsError;
use motel_kernel::{Money, MoneyError};

use crate::{AppointmentStatus, Closed};

/// Why a service, a station or an appointment could not be written, priced or found.
#[derive(Debug, thiserror::Error)]
pub enum AppointmentError {
    /// Fields that say something impossible: each with its name and a sentence.
    #[error("{}", said(.0))]
    Invalid(Vec<(String, String)>),
    /// Another one of this property has the code.
    #[error("the code {0:?} is taken")]
    CodeTaken(String),
    /// There is no such thing, or it isn't this guest's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// What is wanted can't be had at any time.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The service never begins at this time.
    #[error("the service does not begin at this time")]
    NoSuchSlot,
    /// The slot can't be had.
    #[error("this time can't be had: {0}")]
    Closed(#[from] Closed),
    /// The price moved away from the one the guest agreed to.
    #[error("the price is now {now}, not {agreed}")]
    PriceChanged {
        /// What the guest agreed to.
        agreed: Money,
        /// What it costs now.
        now: Money,
    },
    /// What is asked for is not done in this state.
    #[error("this is not possible: {reason}")]
    NotAllowed {
        /// Where the appointment stands.
        status: AppointmentStatus,
        /// A sentence.
        reason: &'static str,
    },
    /// Somebody changed it since it was read.
    #[error("it has changed since you looked: it is at version {0} now")]
    Stale(i32),
    /// A row that our own rules would refuse, or a fault of a crate below.
    #[error("an appointment could not be read, priced or written")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

/// Why a service can't be had in this way, at whatever time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The party is too small.
    #[error("it takes at least {0} guests")]
    TooFewGuests(u32),
    /// The party is too large.
    #[error("it takes at most {0} guests")]
    TooManyGuests(u32),
    /// There is no such add-on.
    #[error("there is no add-on {0:?}")]
    UnknownAddOn(String),
    /// More of an add-on than there can be.
    #[error("at most {most} of {code:?} can be had")]
    TooManyAddOns {
        /// Which.
        code: String,
        /// The most.
        most: u32,
    },
    /// It has to be said where.
    #[error("please say where: {0} is missing")]
    DestinationMissing(
        /// `miles` or `postcode`.
        &'static str,
    ),
    /// Nobody goes there.
    #[error("this is too far away")]
    TooFar,
    /// No station of this code can do it.
    #[error("there is no {0:?} who can do it")]
    UnknownStation(String),
}

impl Refusal {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewGuests(_) => "too_few_guests",
            Self::TooManyGuests(_) => "too_many_guests",
            Self::UnknownAddOn(_) => "unknown_add_on",
            Self::TooManyAddOns { .. } => "too_many_add_ons",
            Self::DestinationMissing(_) => "destination_missing",
            Self::TooFar => "too_far",
            Self::UnknownStation(_) => "unknown_station",
        }
    }

    /// The field of a request that stands in the way.
    pub fn field(&self) -> &'static str {
        match self {
            Self::TooFewGuests(_) | Self::TooManyGuests(_) => "guests",
            Self::UnknownAddOn(_) | Self::TooManyAddOns { .. } => "add_ons",
            Self::DestinationMissing(field) => field,
            Self::TooFar => "destination",
            Self::UnknownStation(_) => "station",
        }
    }
}

impl AppointmentError {
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_input",
            Self::CodeTaken(_) => "code_taken",
            Self::NotFound(_) => "not_found",
            Self::Refused(refusal) => refusal.code(),
            Self::NoSuchSlot => "no_such_slot",
            Self::Closed(closed) => closed.code(),
            Self::PriceChanged { .. } => "price_changed",
            Self::NotAllowed { .. } => "not_allowed",
            Self::Stale(_) => "version_mismatch",
            Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

fn said(fields: &[(String, String)]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(field, reason)| format!("{field}: {reason}"))
        .collect();
    fields.join("; ")
}

impl From<diesel::result::Error> for AppointmentError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<MoneyError> for AppointmentError {
    fn from(error: MoneyError) -> Self {
        Self::fault(error)
    }
}

impl From<GuestsError> for AppointmentError {
    fn from(error: GuestsError) -> Self {
        Self::fault(error)
    }
}

impl From<JobsError> for AppointmentError {
    fn from(error: JobsError) -> Self {
        Self::fault(error)
    }
}
