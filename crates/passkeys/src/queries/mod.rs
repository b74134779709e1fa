//! Reading.

mod passkeys;

pub use passkeys::passkeys_of;
pub(crate) use passkeys::{credential_ids_of, whose};
