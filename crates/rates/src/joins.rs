//! Leave for our tables to be joined with those of the inventory. `allow_tables_to_appear_in_same_query!` cannot be
//! used across crates.

use diesel::query_source::TableNotEqual;
use motel_inventory::schema::units;

use crate::schema::{rate_plans, rates};

impl TableNotEqual<units::table> for rates::table {}
impl TableNotEqual<rates::table> for units::table {}
impl TableNotEqual<units::table> for rate_plans::table {}
impl TableNotEqual<rate_plans::table> for units::table {}
