//! Links that are mailed and may be used once.

mod letter;
mod make;
mod model;
mod post;
mod spend;
mod sweep;

pub use make::told_link;
pub(crate) use make::{NewLink, make_link, write_link};
pub(crate) use model::LinkFor;
pub use model::{LinkId, LinkPurpose, OneUseLink};
pub use post::MailLinks;
pub(crate) use spend::{look_at_link, spend_link, spend_others};
pub(crate) use sweep::sweep_links;
