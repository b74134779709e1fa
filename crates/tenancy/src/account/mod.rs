//! One's own account: the name, the e-mail address, and what its owner is told of it by mail.

mod email;
mod notice;
mod rename;
mod sweep;

pub use email::{ask_for_email, look_at_new_email, use_new_email};
pub use notice::{MailNotices, NoticeId};
pub(crate) use notice::{NewNotice, NoticeKind, make_notice};
pub use rename::{own_account, rename};
pub(crate) use sweep::sweep_notices;
