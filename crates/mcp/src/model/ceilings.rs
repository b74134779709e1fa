use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, Money};

use crate::McpError;
use crate::schema::ceilings;

/// How far the assistant with a key may go, beside what the key permits. The default is no ceiling at all.
///
/// There is none for discounts: no tool grants one, and a booking at another total than the house's is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ceilings {
    /// The most that a single booking may come to.
    pub max_total: Option<Money>,
    /// How many bookings it may make on a day at the property.
    pub bookings_a_day: Option<i32>,
    /// Whether it looks up, cancels and sends payment links only for what was booked by this key.
    pub own_only: bool,
    /// Whether it only tries out what it would do.
    pub dry_run_only: bool,
}

/// The same as it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCeilings {
    /// What was set.
    pub ceilings: Ceilings,
    /// Grows with every change.
    pub version: i32,
    /// Who set it.
    pub set_by: Actor,
    /// When.
    pub set_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = ceilings, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub(crate) struct CeilingsRow {
    max_total_minor: Option<i64>,
    max_total_currency: Option<String>,
    bookings_a_day: Option<i32>,
    own_only: bool,
    dry_run_only: bool,
    version: i32,
    set_by: Actor,
    set_at: DateTime<Utc>,
}

impl CeilingsRow {
    pub(crate) fn of(set: &SetCeilings) -> Self {
        let ceilings = &set.ceilings;
        Self {
            max_total_minor: ceilings.max_total.map(Money::minor),
            max_total_currency: ceilings.max_total.map(|most| most.currency().to_string()),
            bookings_a_day: ceilings.bookings_a_day,
            own_only: ceilings.own_only,
            dry_run_only: ceilings.dry_run_only,
            version: set.version,
            set_by: set.set_by,
            set_at: set.set_at,
        }
    }

    pub(crate) fn read(self) -> Result<SetCeilings, McpError> {
        let max_total = match (self.max_total_minor, self.max_total_currency) {
            (Some(minor), Some(currency)) => Some(Money::new(minor, currency.parse()?)),
            _ => None,
        };
        Ok(SetCeilings {
            ceilings: Ceilings {
                max_total,
                bookings_a_day: self.bookings_a_day,
                own_only: self.own_only,
                dry_run_only: self.dry_run_only,
            },
            version: self.version,
            set_by: self.set_by,
            set_at: self.set_at,
        })
    }
}
