//! What happens later: gift cards are mailed, give back what was paid for a cancelled booking, and expire.

mod expire;
mod give_back;
mod letter;
mod mail_gift_card;

use std::sync::Arc;
use std::time::Duration;

use motel_bookings::BookingCancelled;
use motel_jobs::Worker;
use motel_kernel::Clock;
use motel_mail::Mailer;

use crate::GiftCardSent;

pub use expire::ExpireGiftCards;
pub use give_back::GiveBack;
pub use mail_gift_card::MailGiftCard;

const EXPIRE_EVERY: Duration = Duration::from_secs(60);

/// Registers the handlers and the chore of this crate. Links in the mails begin with `public_url`.
#[must_use]
pub fn register(
    worker: Worker,
    clock: Arc<dyn Clock>,
    mailer: &Arc<dyn Mailer>,
    public_url: &str,
) -> Worker {
    let letters = MailGiftCard::new(mailer.clone(), clock.clone(), public_url);
    worker
        .on::<GiftCardSent>("vouchers.mail_gift_card", letters)
        .on::<BookingCancelled>("vouchers.give_back", GiveBack::new(clock.clone()))
        .every(
            EXPIRE_EVERY,
            "vouchers.expire_gift_cards",
            ExpireGiftCards::new(clock),
        )
}
