use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_bookings::Booking;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{Money, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_once};
use motel_tenancy::Property;

use crate::{AuthorisationEnding, BillingError, IntentState, queries};

/// Writes to the house when money that is set aside lapses within a day, once for each however often the job runs.
#[derive(Clone)]
pub struct MailEnding {
    mailer: Arc<dyn Mailer>,
    public_url: Arc<str>,
}

/// What the letter says.
struct Ending {
    property: Property,
    booking: Booking,
    amount: Money,
    until: String,
    booking_url: String,
}

#[derive(Template)]
#[template(path = "mail/authorisation_ending.txt")]
struct EndingText<'a>(&'a Ending);

#[derive(Template)]
#[template(path = "mail/authorisation_ending.html")]
struct EndingHtml<'a>(&'a Ending);

impl MailEnding {
    /// A writer whose links begin with `public_url`.
    pub fn new(mailer: Arc<dyn Mailer>, public_url: &str) -> Self {
        Self {
            mailer,
            public_url: public_url.trim_end_matches('/').into(),
        }
    }

    /// `None` when it was taken or let go between the event and now.
    async fn letter(
        &self,
        db: &Db,
        tenant: TenantId,
        event: &AuthorisationEnding,
    ) -> Result<Option<Ending>, BillingError> {
        let mut tx = db.tenant(tenant).await?;
        let found = queries::authorisation(&mut tx, event.payment_link_id).await?;
        let is_aside = |state| state == IntentState::Authorised;
        if !found.is_some_and(|found| is_aside(found.payment.state)) {
            return Ok(None);
        }
        let booking = motel_bookings::queries::find(&mut tx, event.booking_id).await?;
        let property = motel_tenancy::queries::property(&mut tx, booking.property).await;
        let property = property.map_err(BillingError::unreadable)?;
        let property = property.ok_or(BillingError::NotFound("property"))?;
        let until = event.until.with_timezone(&property.timezone);
        Ok(Some(Ending {
            amount: event.amount,
            until: until.format("%A, %B %-d, %Y at %H:%M").to_string(),
            booking_url: format!("{}/console/bookings/{}", self.public_url, booking.code),
            booking,
            property,
        }))
    }
}

#[async_trait]
impl Handler<AuthorisationEnding> for MailEnding {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AuthorisationEnding>,
    ) -> Result<(), HandlerError> {
        let event = &delivery.event;
        let Some(letter) = self.letter(db, delivery.tenant, event).await? else {
            return Ok(());
        };
        let house = Correspondent {
            name: letter.property.name.clone(),
            email: letter.property.email.clone(),
        };
        let mail = Mail {
            key: MailKey::parse(&format!("ending-{}", event.payment_link_id))?,
            from: house.clone(),
            to: house,
            subject: format!(
                "{} for booking {} lapses soon",
                letter.amount, letter.booking.code
            ),
            text: EndingText(&letter).render()?,
            html: EndingHtml(&letter).render()?,
            attachments: Vec::new(),
        };
        send_once(db, delivery.tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}
