//! What happens later.

use async_trait::async_trait;
use motel_bookings::BookingConfirmed;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};

use crate::commands::{Booker, convert};

/// Marks the leads of who booked as converted. Subscribes to `booking.confirmed`; running it twice changes nothing.
#[derive(Debug, Clone, Copy)]
pub struct ConvertLeads;

impl ConvertLeads {
    /// The name to subscribe it by.
    pub const SUBSCRIBER: &'static str = "leads.convert";
}

#[async_trait]
impl Handler<BookingConfirmed> for ConvertLeads {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingConfirmed>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let booking = motel_bookings::queries::find(&mut tx, delivery.event.booking_id).await?;
        let booker = Booker {
            booking: booking.id,
            email: booking.booker.email,
            phone: booking.booker.phone,
            conversations: motel_conversations::queries::of_guest(&mut tx, booking.booker.guest)
                .await?,
        };
        convert(&mut tx, &booker).await?;
        tx.commit().await?;
        Ok(())
    }
}
