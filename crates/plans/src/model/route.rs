use diesel::prelude::*;

use super::Meter;
use crate::schema::routes;

/// What a carrier takes for one unit of something that goes to numbers of a prefix.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = routes, check_for_backend(diesel::pg::Pg))]
pub struct Route {
    /// One unit of what.
    pub meter: Meter,
    /// The carrier.
    pub provider: String,
    /// How the number begins, in E.164 without the plus; empty for everywhere.
    pub prefix: String,
    /// In millionths of the currency.
    pub price_micros: i64,
    /// Whether it may be taken.
    pub active: bool,
}
