//! What follows from an event. Each handler may run twice for one event and ends in the same rows.

mod authorisation_letter;
mod authorisations;
mod cards;
mod due_letter;
mod mail_due;
mod remind;
mod sweep;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_bookings::{
    BookingCancelled, BookingConfirmed, ReservationCancelled, ReservationChanged,
    ReservationCheckedOut, ReservationNightCharged, ReservationNoShow, ReservationReinstated,
};
use motel_db::Db;
use motel_jobs::{Chore, Delivery, Event, Handler, HandlerError, Worker};
use motel_kernel::{BookingId, Clock, TenantId};
use motel_mail::Mailer;

use crate::sandbox::Sandbox;
use crate::{
    AuthorisationEnding, AuthorisationWanted, BillingError, CardRemoved, ChargeRequested,
    PaymentDesk, PaymentDue, PaymentReceived, PaymentRevoked, RefundRequested, SandboxNoticed,
    commands,
};
use authorisations::{SettleAuthorisation, WarnOfEnds};
use cards::{ChargeCard, ForgetCard, KeepCard};
use sweep::{SWEEP_EVERY, SweepWebhooks};

pub use authorisation_letter::MailEnding;
pub use mail_due::MailDue;
pub use remind::RemindOfDues;

/// Registers the handlers of this crate; those of the sandbox only where there is one.
#[must_use]
pub fn register(worker: Worker, sandbox: Option<Sandbox>) -> Worker {
    let worker = worker
        .on::<BookingConfirmed>("billing.open_folio", KeepFolio)
        .on::<BookingCancelled>("billing.settle_folio", KeepFolio)
        .on::<ReservationChanged>("billing.correct_folio", KeepFolio)
        .on::<ReservationCancelled>("billing.settle_stay", KeepFolio)
        .on::<ReservationNoShow>("billing.settle_no_show", KeepFolio)
        .on::<ReservationReinstated>("billing.reopen_stay", KeepFolio)
        .on::<ReservationCheckedOut>("billing.complete_stay", KeepFolio)
        .on::<ReservationNightCharged>("billing.charge_night", ChargeNight);
    match sandbox {
        Some(sandbox) => {
            worker.on::<SandboxNoticed>("billing.sandbox_webhook", SendNotice(sandbox))
        }
        None => worker,
    }
}

/// Registers what asks gateways: refunds are sent, money is set aside, taken or let go, cards are kept, charged and forgotten, pages of withdrawn links closed,
/// payments and refunds nobody told the end of asked about by a chore; another chore tries again what gateways told and we could
/// not take, and a third deletes what nobody could read for 90 days.
#[must_use]
pub fn register_desk(worker: Worker, desk: PaymentDesk, clock: Arc<dyn Clock>) -> Worker {
    let send = SendRefund {
        desk: desk.clone(),
        clock: clock.clone(),
    };
    let keep = KeepCard {
        desk: desk.clone(),
        clock: clock.clone(),
    };
    let charge = ChargeCard {
        desk: desk.clone(),
        clock: clock.clone(),
    };
    let settle = SettleAuthorisation {
        desk: desk.clone(),
        clock: clock.clone(),
    };
    let worker = worker
        .on::<AuthorisationWanted>("billing.settle_authorisation", settle)
        .on::<RefundRequested>("billing.send_refund", send)
        .on::<PaymentReceived>("billing.keep_card", keep)
        .on::<ChargeRequested>("billing.charge_card", charge)
        .on::<CardRemoved>("billing.forget_card", ForgetCard(desk.clone()));
    let close = ClosePage(desk.clone());
    let retry = RetryEvents {
        desk: desk.clone(),
        clock: clock.clone(),
    };
    let reconcile = Reconcile { desk, clock };
    worker
        .on::<PaymentRevoked>("billing.close_page", close)
        .every(RECONCILE_EVERY, "billing.reconcile_payments", reconcile)
        .every(RETRY_EVERY, "billing.retry_events", retry)
        .every(SWEEP_EVERY, "billing.sweep_webhooks", SweepWebhooks)
}

/// Has guests reminded by mail of what is due and not paid, or the card charged that they left for it; and staff told of money that is set aside and about to lapse. Links in the mails begin with `public_url`.
#[must_use]
pub fn register_reminders(
    worker: Worker,
    clock: Arc<dyn Clock>,
    mailer: &Arc<dyn Mailer>,
    public_url: &str,
) -> Worker {
    let letters = MailDue::new(mailer.clone(), public_url);
    let endings = MailEnding::new(mailer.clone(), public_url);
    worker
        .every(
            REMIND_EVERY,
            "billing.warn_of_ends",
            WarnOfEnds::new(clock.clone()),
        )
        .on::<AuthorisationEnding>("mail.authorisation_ending", endings)
        .every(
            REMIND_EVERY,
            "billing.remind_of_dues",
            RemindOfDues::new(clock),
        )
        .on::<PaymentDue>("mail.payment_due", letters)
}

const REMIND_EVERY: Duration = Duration::from_secs(20);

const RECONCILE_EVERY: Duration = Duration::from_secs(20);

const RETRY_EVERY: Duration = Duration::from_secs(20);

/// Tries again what gateways told.
struct RetryEvents {
    desk: PaymentDesk,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Chore for RetryEvents {
    async fn run(&self, _db: &Db) -> Result<(), HandlerError> {
        self.desk.retry_events(self.clock.now()).await?;
        Ok(())
    }
}

/// Closes the pages of links that staff withdrew.
struct ClosePage(PaymentDesk);

#[async_trait]
impl Handler<PaymentRevoked> for ClosePage {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<PaymentRevoked>,
    ) -> Result<(), HandlerError> {
        let link = delivery.event.payment_link_id;
        Ok(self.0.close_page(delivery.tenant, link).await?)
    }
}

/// Asks about payments in doubt.
struct Reconcile {
    desk: PaymentDesk,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Chore for Reconcile {
    async fn run(&self, _db: &Db) -> Result<(), HandlerError> {
        self.desk.reconcile(self.clock.now()).await?;
        Ok(())
    }
}

/// Sends what was asked for to go back.
struct SendRefund {
    desk: PaymentDesk,
    clock: Arc<dyn Clock>,
}

/// Brings the folio in line with its booking.
struct KeepFolio;

/// Posts a night.
struct ChargeNight;

/// Sends what the sandbox has to tell us.
struct SendNotice(Sandbox);

/// News of a booking whose folio may have to follow.
trait OfBooking: Event {
    fn booking(&self) -> BookingId;
}

macro_rules! of_booking {
    ($($event:ty),+ $(,)?) => {$(
        impl OfBooking for $event {
            fn booking(&self) -> BookingId {
                self.booking_id
            }
        }
    )+};
}

of_booking!(
    BookingConfirmed,
    BookingCancelled,
    ReservationChanged,
    ReservationCancelled,
    ReservationNoShow,
    ReservationReinstated,
    ReservationCheckedOut,
);

#[async_trait]
impl<E: OfBooking> Handler<E> for KeepFolio {
    async fn handle(&self, db: &Db, delivery: &Delivery<E>) -> Result<(), HandlerError> {
        Ok(keep(db, delivery.tenant, delivery.event.booking()).await?)
    }
}

#[async_trait]
impl Handler<ReservationNightCharged> for ChargeNight {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<ReservationNightCharged>,
    ) -> Result<(), HandlerError> {
        Ok(charge(db, delivery.tenant, &delivery.event).await?)
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

#[async_trait]
impl Handler<RefundRequested> for SendRefund {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<RefundRequested>,
    ) -> Result<(), HandlerError> {
        let refund = delivery.event.refund_id;
        let sent = self
            .desk
            .send_refund(delivery.tenant, refund, self.clock.now());
        Ok(sent.await?)
    }
}

async fn keep(db: &Db, tenant: TenantId, booking: BookingId) -> Result<(), BillingError> {
    let mut tx = db.tenant(tenant).await?;
    let booking = motel_bookings::queries::find(&mut tx, booking).await?;
    commands::keep_folio(&mut tx, &booking).await?;
    Ok(tx.commit().await?)
}

async fn charge(
    db: &Db,
    tenant: TenantId,
    night: &ReservationNightCharged,
) -> Result<(), BillingError> {
    let mut tx = db.tenant(tenant).await?;
    let booking = motel_bookings::queries::find(&mut tx, night.booking_id).await?;
    let (stay, day) = (night.reservation_id, night.business_date);
    commands::charge_night(&mut tx, &booking, stay, day, &night.lines).await?;
    Ok(tx.commit().await?)
}
