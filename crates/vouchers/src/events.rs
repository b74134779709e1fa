//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use serde::{Deserialize, Serialize};

use crate::GiftCardId;

/// A gift card is to be mailed to its recipient. The code is made when the mail is written, so it stands in no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCardSent {
    /// Which.
    pub gift_card_id: GiftCardId,
}

impl Event for GiftCardSent {
    const KIND: &'static str = "gift_card.sent";
}
