use motel_bookings::BookingError;
use motel_inventory::InventoryError;
use motel_rates::RatesError;

/// Why a rule could not be kept, or an offer not be taken.
#[derive(Debug, thiserror::Error)]
pub enum UpsellError {
    /// There is no such rule.
    #[error("there is no such rule")]
    NotFound,
    /// It was changed since it was read.
    #[error("it was changed meanwhile: this is version {current} now")]
    Stale {
        /// The version it has.
        current: i32,
    },
    /// The property has as many rules as it may.
    #[error("a property has at most {most} rules")]
    TooMany {
        /// How many.
        most: usize,
    },
    /// The property has no package of that code.
    #[error("there is no package {code:?}")]
    UnknownPackage {
        /// What was named.
        code: String,
    },
    /// Only what comes to the price is offered on top of it.
    #[error(
        "the package {code:?} takes something off the price: guests hear of it when they ask for deals"
    )]
    TakesOff {
        /// The package.
        code: String,
    },
    /// The property has no room type of that code.
    #[error("there is no room type {code:?}")]
    UnknownRoomType {
        /// The field that named it.
        field: &'static str,
        /// What was named.
        code: String,
    },
    /// The property has no season of that code.
    #[error("there is no season {code:?}")]
    UnknownSeason {
        /// What was named.
        code: String,
    },
    /// An order names other rules than there are.
    #[error("name every rule of the property once")]
    NotAll,
    /// What was agreed costs something else by now; nothing was changed.
    #[error("the price has changed meanwhile")]
    PriceChanged,
    /// Stays could not be read or changed.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// Prices could not be read.
    #[error("the rates could not be read")]
    Rates(#[from] RatesError),
    /// Room types could not be read.
    #[error("the inventory could not be read")]
    Inventory(#[from] InventoryError),
    /// A statement failed: an unknown fault.
    #[error("the rules could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl UpsellError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Stale { .. } => "version_mismatch",
            Self::TooMany { .. } => "too_many_rules",
            Self::UnknownPackage { .. } => "unknown_package",
            Self::TakesOff { .. } => "takes_off",
            Self::UnknownRoomType { .. } => "unknown_room_type",
            Self::UnknownSeason { .. } => "unknown_season",
            Self::NotAll => "not_all_rules",
            Self::PriceChanged => "price_changed",
            Self::Booking(error) => error.code(),
            Self::Rates(_) | Self::Inventory(_) | Self::Sql(_) => "internal",
        }
    }
}
