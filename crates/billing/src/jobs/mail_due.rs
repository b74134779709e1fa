use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::TenantId;
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_once};

use super::due_letter::{DueHtml, DueLetter, DueText};
use crate::{BillingError, PaymentDue, queries};

/// Writes to guests who have not paid what is due, once for each event however often the job runs.
#[derive(Clone)]
pub struct MailDue {
    mailer: Arc<dyn Mailer>,
    public_url: Arc<str>,
}

impl MailDue {
    /// A writer whose links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, public_url: &str) -> Self {
        Self {
            mailer,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }

    async fn letter(
        &self,
        db: &Db,
        tenant: TenantId,
        event: &PaymentDue,
    ) -> Result<DueLetter, BillingError> {
        let mut tx = db.tenant(tenant).await?;
        let booking = motel_bookings::queries::find(&mut tx, event.booking_id).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await;
        let property = property.map_err(BillingError::unreadable)?;
        let due = queries::due(&mut tx, &booking, event.planned_for).await?;
        Ok(DueLetter {
            property: property.ok_or(BillingError::NotFound("property"))?,
            booking_url: format!("{}/booking/{}", self.public_url, booking.code),
            booking,
            due,
            card_refused: event.card_refused,
        })
    }
}

#[async_trait]
impl Handler<PaymentDue> for MailDue {
    async fn handle(&self, db: &Db, delivery: &Delivery<PaymentDue>) -> Result<(), HandlerError> {
        let event = &delivery.event;
        let letter = self.letter(db, delivery.tenant, event).await?;
        // Paid between the event and now.
        if letter.due.now.is_zero() {
            return Ok(());
        }
        let planned = event.planned_for.format("%Y%m%d");
        let mail = Mail {
            key: MailKey::parse(&format!("due-{}-{planned}", event.booking_id))?,
            from: Correspondent {
                name: letter.property.name.clone(),
                email: letter.property.email.clone(),
            },
            to: Correspondent {
                name: letter.booking.booker.name.to_string(),
                email: letter.booking.booker.email.clone(),
            },
            subject: format!(
                "{}: {} is due for booking {}",
                letter.property.name, letter.due.now, letter.booking.code
            ),
            text: DueText(&letter).render()?,
            html: DueHtml(&letter).render()?,
            attachments: Vec::new(),
        };
        send_once(db, delivery.tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}
