use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use motel_kernel::{Actor, ConsentId, GuestId};
use serde::Serialize;

use crate::schema::consents;

motel_db::text_enum! {
    /// A way in which a guest can be reached with offers.
    pub enum Channel {
        /// By e-mail.
        Email = "email",
        /// By text message.
        Sms = "sms",
        /// By a call.
        Phone = "phone",
        /// By WhatsApp.
        Whatsapp = "whatsapp",
        /// On paper.
        Post = "post",
    }
}

/// That a guest allowed or forbade being reached on a channel. The last word counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = consents, check_for_backend(diesel::pg::Pg))]
pub struct Consent {
    /// The id.
    pub id: ConsentId,
    /// Whose.
    #[diesel(column_name = guest_id)]
    pub guest: GuestId,
    /// How they are reached.
    pub channel: Channel,
    /// True when it was given, false when it was withdrawn.
    pub given: bool,
    /// How it was said: a form, a call, the front desk.
    pub source: String,
    /// Who noted it.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}
