use motel_appointments::AppointmentError;
use motel_conversations::ConversationError;
use motel_db::DbError;
use motel_inventory::InventoryError;
use motel_limits::LimitsError;
use motel_rates::RatesError;
use motel_tenancy::TenancyError;

/// Why a business could not be signed up, or a step of setting it up was refused.
#[derive(Debug, thiserror::Error)]
pub enum OnboardingError {
    /// So many sign-ups wait for their link to be followed that no more are taken.
    #[error("too many sign-ups are open; please try again later")]
    TooManyOpen,
    /// The property has a room type of that name.
    #[error("there is a room type of that name already")]
    RoomTypeTaken,
    /// The property has a service of that name.
    #[error("there is a service of that name already")]
    ServiceTaken,
    /// What is sold has prices, which would be of another currency all at once.
    #[error("the currency can't be changed any more once something has a price")]
    CurrencyInUse,
    /// The price is in the currency that the property had a moment ago.
    #[error("the currency was changed meanwhile; please look at the price again")]
    CurrencyChanged,
    /// A business, its account or its property.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// Rooms.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// Prices.
    #[error(transparent)]
    Rates(#[from] RatesError),
    /// Services.
    #[error(transparent)]
    Appointments(#[from] AppointmentError),
    /// Conversations.
    #[error(transparent)]
    Conversations(#[from] ConversationError),
    /// It could not be counted.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl OnboardingError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyOpen => "too_many_sign_ups",
            Self::RoomTypeTaken | Self::ServiceTaken => "code_taken",
            Self::CurrencyInUse => "currency_in_use",
            Self::CurrencyChanged => "currency_changed",
            Self::Tenancy(error) => error.code(),
            Self::Inventory(error) => error.code(),
            Self::Rates(error) => error.code(),
            Self::Appointments(error) => error.code(),
            Self::Conversations(_) | Self::Limits(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for OnboardingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
