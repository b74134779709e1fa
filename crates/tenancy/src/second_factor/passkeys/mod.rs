//! What passkeys need of an account. What they are and how one is checked is known above; here is what follows.

mod admit;
mod count;
mod keep;
mod shown;

pub use admit::{Challenged, close_challenge, find_challenge, hold_challenge, member_by_passkey};
pub use count::{PasskeyTry, count_passkey, passkey_was_right};
pub(crate) use keep::{drop_passkeys, fall_back_on_passkeys};
pub use keep::{has_authenticator, hold_for_passkeys, keep_passkeys, let_go_of_passkey};
pub use shown::note_passkey_shown;
pub(crate) use shown::spend_shown_passkey;
