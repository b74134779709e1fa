use diesel::prelude::*;

use crate::schema::candidates;

/// On which terms a candidate is tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = candidates, check_for_backend(diesel::pg::Pg))]
pub struct Terms {
    /// Of a hundred conversations, how many it answers.
    pub share: i16,
    /// Whether it answers the others silently.
    pub silent: bool,
    /// It is not taken back before so many turns were scored.
    pub least_turns: i32,
    /// Of a hundred turns, how many it may leave to the built-in engine for a fault of its own.
    pub most_fallbacks: i16,
    /// Of a hundred turns, how many may fail.
    pub most_failures: i16,
    /// How long 95 of a hundred answers take at most, in milliseconds.
    pub slowest_ms: i32,
    /// How much it agrees at least with what guests heard, in hundredths.
    pub least_agreement: i16,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            share: 0,
            silent: true,
            least_turns: 30,
            most_fallbacks: 10,
            most_failures: 5,
            slowest_ms: 8_000,
            least_agreement: 70,
        }
    }
}
