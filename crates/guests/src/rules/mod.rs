//! Pure functions: no clock, no database.

mod absorb;
mod changed;

pub(crate) use absorb::absorb;
pub(crate) use changed::changed_fields;
