//! Asking for a business, and founding it by a mailed link.

mod ask;
mod confirm;
mod letter;
mod model;
mod post;
mod sweep;
mod word;

pub use ask::{Asked, ask_to_sign_up};
pub use confirm::{NewOwner, confirm_sign_up, look_at_sign_up};
pub use model::{NewSignUp, SignUpId, SignUpLook};
pub(crate) use post::MailSignUps;
pub(crate) use sweep::sweep_sign_ups;
pub use word::SignUpWord;
