//! What a property charges.

mod fees;
mod levies;
mod taxes;

pub use fees::{fee, fees};
pub use levies::levies;
pub use taxes::{tax, taxes};
