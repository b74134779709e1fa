//! Reads.

mod kept;
mod master_keys;
mod open;

pub use kept::{kept_credential, kept_credentials};
pub use master_keys::{master_keys_in_use, under_other_keys};
pub use open::{openai_account, twilio_account};
