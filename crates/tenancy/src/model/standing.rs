use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;

use crate::schema::tenants;

motel_db::text_enum! {
    /// How a business stands with the installation.
    pub enum TenantState {
        /// It does business.
        Active = "active",
        /// Guests are told to come back later; the team may look and change nothing.
        Suspended = "suspended",
        /// It is not there for anybody, and purged later.
        Deleted = "deleted",
    }
}

/// Why a business is suspended or deleted: 1 to 500 characters, for its team to read.
#[derive(Debug, Clone, PartialEq, Eq, DieselNewType)]
pub struct Reason(String);

/// It is empty, too long or has a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason has 1 to 500 characters on one line")]
pub struct InvalidReason;

impl Reason {
    const LONGEST: usize = 500;

    /// Without the spaces around it.
    ///
    /// # Errors
    /// Nothing is left, it is too long, or it has more than one line.
    pub fn parse(text: &str) -> Result<Self, InvalidReason> {
        let text = text.trim();
        let fits = (1..=Self::LONGEST).contains(&text.chars().count());
        let plain = !text.chars().any(char::is_control);
        (fits && plain)
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidReason)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Reason {
    type Err = InvalidReason;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// How a business stands, since when, and why.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tenants, check_for_backend(diesel::pg::Pg))]
pub struct Standing {
    /// How.
    pub state: TenantState,
    /// Since when.
    #[diesel(column_name = state_since)]
    pub since: DateTime<Utc>,
    /// Why; `None` while it does business.
    #[diesel(column_name = state_reason)]
    pub reason: Option<Reason>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_says_something() {
        let reason = Reason::parse("  unpaid since May ");
        assert_eq!(
            reason.map(|it| it.as_str().to_owned()),
            Ok("unpaid since May".to_owned())
        );
        assert!(Reason::parse(&"é".repeat(500)).is_ok());
        for bad in ["", "   ", "two\nlines", &"x".repeat(501)] {
            assert!(Reason::parse(bad).is_err(), "{bad:?}");
        }
    }
}
