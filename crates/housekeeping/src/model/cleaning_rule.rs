use diesel::prelude::*;

use crate::TaskKind;
use crate::schema::rules;

/// How a property cleans. Without a change it cleans for guests who stay every day, with fresh linen every third.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = rules, check_for_backend(diesel::pg::Pg))]
pub struct CleaningRule {
    /// How often, and how long it takes.
    #[diesel(embed)]
    pub details: CleaningRuleDetails,
    /// Grows by one with every change.
    pub version: i32,
}

/// What of a [`CleaningRule`] the property decides.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = rules, check_for_backend(diesel::pg::Pg))]
pub struct CleaningRuleDetails {
    /// A stay-over clean every so many nights of a stay; 0 is never, at most 30.
    pub stay_over_every: i16,
    /// Fresh linen, with a clean, every so many nights; 0 is never, at most 30.
    pub linen_every: i16,
    /// How long a departure clean takes, 1 to 600 minutes.
    pub departure_minutes: i16,
    /// How long a stay-over clean takes.
    pub stay_over_minutes: i16,
    /// How long it takes with fresh linen.
    pub linen_minutes: i16,
}

impl CleaningRuleDetails {
    /// How long a clean of a kind takes.
    pub fn minutes(&self, kind: TaskKind) -> i16 {
        match kind {
            TaskKind::Departure => self.departure_minutes,
            TaskKind::StayOver => self.stay_over_minutes,
            TaskKind::LinenChange => self.linen_minutes,
        }
    }
}
