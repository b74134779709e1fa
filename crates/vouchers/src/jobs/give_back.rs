use std::sync::Arc;

use async_trait::async_trait;
use motel_bookings::BookingCancelled;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::Clock;

use crate::{VoucherError, commands};

/// Lets what was paid with gift cards and coupons go back when a booking is cancelled.
pub struct GiveBack(Arc<dyn Clock>);

impl GiveBack {
    /// By the clocks of the properties, which go by this one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

#[async_trait]
impl Handler<BookingCancelled> for GiveBack {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingCancelled>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let booking = motel_bookings::queries::find(&mut tx, delivery.event.booking_id).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await?;
        let property = property.ok_or(VoucherError::NotFound("property"))?;
        let now = property.now(self.0.as_ref());
        commands::settle_cancelled(&mut tx, &booking, now).await?;
        tx.commit().await?;
        Ok(())
    }
}
