use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::Db;
use motel_inventory::UnitGroup;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{BookingId, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_once};
use motel_tenancy::Property;

use super::letters::{
    CancellationHtml, CancellationText, ConfirmationHtml, ConfirmationText, Letter,
};
use crate::{Booking, BookingCancelled, BookingConfirmed, BookingError, queries};

/// Writes to the guest, once for each event however often the job runs.
#[derive(Clone)]
pub struct MailGuest {
    mailer: Arc<dyn Mailer>,
    public_url: Arc<str>,
}

/// What a letter needs to know.
struct Facts {
    property: Property,
    booking: Booking,
    group: UnitGroup,
    booking_url: String,
}

impl MailGuest {
    /// A writer whose links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, public_url: &str) -> Self {
        Self {
            mailer,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }

    async fn facts(&self, db: &Db, tenant: TenantId, id: BookingId) -> Result<Facts, HandlerError> {
        let mut tx = db.tenant(tenant).await?;
        let booking = queries::find(&mut tx, id).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await?;
        let group =
            motel_inventory::queries::unit_group(&mut tx, booking.first().unit_group).await?;
        let (Some(property), Some(group)) = (property, group) else {
            return Err(BookingError::NotFound.into());
        };
        let booking_url = format!("{}/booking/{}", self.public_url, booking.code);
        Ok(Facts {
            property,
            booking,
            group,
            booking_url,
        })
    }

    async fn send(&self, db: &Db, tenant: TenantId, mail: Mail) -> Result<(), HandlerError> {
        send_once(db, tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}

impl Facts {
    fn letter(&self) -> Letter<'_> {
        Letter {
            property: &self.property,
            booking: &self.booking,
            group: &self.group,
            booking_url: &self.booking_url,
        }
    }

    fn mail(
        &self,
        kind: &str,
        subject: String,
        text: String,
        html: String,
    ) -> Result<Mail, HandlerError> {
        Ok(Mail {
            key: MailKey::parse(&format!("{kind}-{}", self.booking.id))?,
            from: Correspondent {
                name: self.property.name.clone(),
                email: self.property.email.clone(),
            },
            to: Correspondent {
                name: self.booking.booker.name.to_string(),
                email: self.booking.booker.email.clone(),
            },
            subject,
            text,
            html,
            attachments: Vec::new(),
        })
    }
}

#[async_trait]
impl Handler<BookingConfirmed> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingConfirmed>,
    ) -> Result<(), HandlerError> {
        let facts = self
            .facts(db, delivery.tenant, delivery.event.booking_id)
            .await?;
        let subject = format!(
            "{}: your booking {}",
            facts.property.name, facts.booking.code
        );
        let text = ConfirmationText(facts.letter()).render()?;
        let html = ConfirmationHtml(facts.letter()).render()?;
        self.send(
            db,
            delivery.tenant,
            facts.mail("confirmed", subject, text, html)?,
        )
        .await
    }
}

#[async_trait]
impl Handler<BookingCancelled> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<BookingCancelled>,
    ) -> Result<(), HandlerError> {
        let facts = self
            .facts(db, delivery.tenant, delivery.event.booking_id)
            .await?;
        let subject = format!(
            "{}: booking {} is cancelled",
            facts.property.name, facts.booking.code
        );
        let text = CancellationText(facts.letter()).render()?;
        let html = CancellationHtml(facts.letter()).render()?;
        self.send(
            db,
            delivery.tenant,
            facts.mail("cancelled", subject, text, html)?,
        )
        .await
    }
}
