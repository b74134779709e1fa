mod age_band;
mod charge;
mod fee;
mod levies;
mod levy_check;
mod lines;
mod tax;
mod taxable_stay;
mod validity;

pub use age_band::AgeBand;
pub use charge::{Charge, Per};
pub use fee::{Fee, FeeDetails, FeeOccasion};
pub use levies::Levies;
pub(crate) use levies::{settings_pet_fee, settings_tax};
pub use lines::{FeeLine, Reckoned, TaxLine};
pub use tax::{Rounding, Tax, TaxDetails};
pub use taxable_stay::TaxableStay;
pub use validity::Validity;
