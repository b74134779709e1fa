//! Adding, showing, renaming and removing passkeys. One use case a file.

mod add;
mod prove;
mod remove;
mod rename;
mod second_factor;
mod sign_in;

pub use add::{add_passkey, begin_adding};
pub use prove::{begin_proof, prove_by_passkey};
pub use remove::remove_passkey;
pub use rename::rename_passkey;
pub use second_factor::{answer_by_passkey, begin_second_factor};
pub use sign_in::{begin_sign_in, sign_in_by_passkey};
