//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use serde::{Deserialize, Serialize};

use crate::LinkId;
use crate::account::NoticeId;

/// A link is to be mailed. The word it carries is made when the mail is written, so it stands in no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDue {
    /// Which.
    pub link_id: LinkId,
}

impl Event for LinkDue {
    const KIND: &'static str = "link.due";
}

/// Somebody is to be told something about an account, by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDue {
    /// Which notice.
    pub notice_id: NoticeId,
}

impl Event for NoticeDue {
    const KIND: &'static str = "notice.due";
}
