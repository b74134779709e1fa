//! What follows from an event. Each handler may run twice for one event and ends in the same rows.

use async_trait::async_trait;
use motel_bookings::{BookingCancelled, BookingConfirmed};
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError, Worker};
use motel_kernel::{BookingId, TenantId};

use crate::sandbox::Sandbox;
use crate::{BillingError, SandboxNoticed, commands};

/// Registers the handlers of this crate; those of the sandbox only where there is one.
#[must_use]
pub fn register(worker: Worker, sandbox: Option<Sandbox>) -> Worker {
    let worker = worker
        .on::<BookingConfirmed>("billing.open_folio", KeepFolio)
        .on::<BookingCancelled>("billing.settle_folio", KeepFolio);
    match sandbox {
        Some(sandbox) => {
            worker.on::<SandboxNoticed>("billing.sandbox_webhook", SendNotice(sandbox))
        }
        None => worker,
    }
}

/// Brings the folio in line with its booking.
struct KeepFolio;

/// Sends what the sandbox has to tell us.
struct SendNotice(Sandbox);

#[async_trait]
impl Handler<BookingConfirmed> for KeepFolio {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingConfirmed>,
    ) -> Result<(), HandlerError> {
        Ok(keep(db, delivery.tenant, delivery.event.booking_id).await?)
    }
}

#[async_trait]
impl Handler<BookingCancelled> for KeepFolio {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingCancelled>,
    ) -> Result<(), HandlerError> {
        Ok(keep(db, delivery.tenant, delivery.event.booking_id).await?)
    }
}

#[async_trait]
impl Handler<SandboxNoticed> for SendNotice {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<SandboxNoticed>,
    ) -> Result<(), HandlerError> {
        let notice = delivery.event.notice_id;
        Ok(self.0.deliver(delivery.tenant, notice).await?)
    }
}

async fn keep(db: &Db, tenant: TenantId, booking: BookingId) -> Result<(), BillingError> {
    let mut tx = db.tenant(tenant).await?;
    let booking = motel_bookings::queries::find(&mut tx, booking).await?;
    commands::keep_folio(&mut tx, &booking).await?;
    Ok(tx.commit().await?)
}
