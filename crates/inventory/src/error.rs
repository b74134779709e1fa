use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use motel_kernel::InvalidStay;

/// Why the inventory refused.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// Every unit of the group is sold for a night.
    #[error("no room of this type is left on {night}")]
    SoldOut {
        /// The first such night.
        night: NaiveDate,
    },
    /// The property has not put a night on sale.
    #[error("{night} is not open for sale yet")]
    NotOpen {
        /// The first such night.
        night: NaiveDate,
    },
    /// Nights were given back which nobody had taken.
    #[error("no room of this type was taken on {night}")]
    NotTaken {
        /// The first such night.
        night: NaiveDate,
    },
    /// The dates to open do not lie one after the other, or are further apart than
    /// [`MAX_OPEN_NIGHTS`](crate::commands::MAX_OPEN_NIGHTS).
    #[error("nights can be opened from one date to a later one, at most {max} at a time", max = crate::commands::MAX_OPEN_NIGHTS)]
    InvalidRange,
    /// A unit cannot change its group: nights of the old group may be sold on it.
    #[error("unit {number} belongs to another unit group already")]
    UnitOfOtherGroup {
        /// The unit's number.
        number: String,
    },
    /// There is no such unit.
    #[error("there is no such unit")]
    UnknownUnit,
    /// There is no such unit group.
    #[error("there is no such unit group")]
    UnknownUnitGroup,
    /// Another group has the code, or another unit the number.
    #[error("another one of the property is called so")]
    NameTaken,
    /// There is no such block, or it was taken back.
    #[error("there is no such block")]
    UnknownBlock,
    /// The unit is out of order on one of the nights already.
    #[error("the unit is out of order on one of these nights already")]
    AlreadyBlocked,
    /// A group that still has units cannot be archived.
    #[error("archive its units first: {}", .numbers.join(", "))]
    UnitsLeft {
        /// What is written on their doors.
        numbers: Vec<String>,
    },
    /// A block can only lose nights.
    #[error("a block can be shortened; for more nights make another one")]
    NotWithin,
    /// It was changed since the caller read it.
    #[error("it was changed in the meantime")]
    Stale,
    /// A statement failed: an unknown fault.
    #[error("the inventory could not be read or written")]
    Sql(#[from] SqlError),
    /// A row has dates that are no stay.
    #[error("a block could not be read")]
    BrokenDates(#[from] InvalidStay),
}

impl InventoryError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SoldOut { .. } => "sold_out",
            Self::NotOpen { .. } => "not_open",
            Self::NotTaken { .. } => "not_taken",
            Self::InvalidRange => "invalid_range",
            Self::UnitOfOtherGroup { .. } => "unit_of_other_group",
            Self::UnknownUnit => "not_found",
            Self::UnknownUnitGroup => "not_found",
            Self::NameTaken => "name_taken",
            Self::UnknownBlock => "not_found",
            Self::AlreadyBlocked => "already_blocked",
            Self::UnitsLeft { .. } => "units_left",
            Self::NotWithin => "not_within_block",
            Self::Stale => "version_mismatch",
            Self::Sql(_) | Self::BrokenDates(_) => "internal",
        }
    }
}

/// True when the CHECK on a counter refused a sale.
pub(crate) fn is_over_capacity(error: &SqlError) -> bool {
    matches!(
        error,
        SqlError::DatabaseError(DatabaseErrorKind::CheckViolation, details)
            if details.constraint_name() == Some("nightly_counters_within_capacity")
    )
}

/// True when the unit is out of order on one of the nights already.
pub(crate) fn is_overlapping_block(error: &SqlError) -> bool {
    matches!(
        error,
        SqlError::DatabaseError(_, details)
            if details.constraint_name() == Some("blocks_one_out_of_order_per_unit")
    )
}

/// Tells the refusal of a name that is taken from a fault.
pub(crate) fn name_taken(error: SqlError) -> InventoryError {
    let taken = matches!(
        &error,
        SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, details)
            if matches!(details.constraint_name(), Some("unit_groups_code_is_unique" | "units_number_is_unique"))
    );
    if taken {
        InventoryError::NameTaken
    } else {
        error.into()
    }
}
