use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::{AppointmentId, EventId, Money, TenantId};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_once};

use super::letter::{Letter, LetterHtml, LetterText};
use crate::{
    Appointment, AppointmentBooked, AppointmentCancelled, AppointmentError, AppointmentReminderDue,
    AppointmentRescheduled, AppointmentStatus, queries,
};

/// Writes to the guest, once for each event however often the job runs.
#[derive(Clone)]
pub struct MailGuest {
    mailer: Arc<dyn Mailer>,
}

/// What is new: the subject, a sentence, and one about money.
struct News {
    subject: &'static str,
    sentence: String,
    money: String,
}

impl MailGuest {
    /// A writer.
    pub fn new(mailer: Arc<dyn Mailer>) -> Self {
        Self { mailer }
    }

    /// Sends what `news` makes of the appointment as it is now; nothing where that is no news any more.
    async fn tell(
        &self,
        db: &Db,
        (tenant, event): (TenantId, EventId),
        id: AppointmentId,
        news: impl FnOnce(&Appointment) -> Option<News>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(tenant).await?;
        let appointment = queries::find(&mut tx, id).await?;
        let Some(news) = news(&appointment) else {
            return Ok(());
        };
        let service = queries::service(&mut tx, appointment.service).await?;
        let property = motel_tenancy::queries::property(&mut tx, appointment.property).await?;
        let property = property.ok_or(AppointmentError::NotFound("property"))?;
        drop(tx);
        let subject = format!("{}: {} {}", property.name, news.subject, appointment.code);
        let letter = Letter {
            appointment,
            service,
            property,
            news: news.sentence,
            money: news.money,
        };
        let mail = mail(&letter, event, subject)?;
        send_once(db, tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}

fn mail(letter: &Letter, event: EventId, subject: String) -> Result<Mail, HandlerError> {
    let booker = &letter.appointment.booker;
    Ok(Mail {
        key: MailKey::parse(&format!("appointment-{event}"))?,
        from: Correspondent {
            name: letter.property.name.clone(),
            email: letter.property.email.clone(),
        },
        to: Correspondent {
            name: booker.name.to_string(),
            email: booker.email.clone(),
        },
        subject,
        text: LetterText(letter).render()?,
        html: LetterHtml(letter).render()?,
        attachments: Vec::new(),
    })
}

fn costs(appointment: &Appointment) -> String {
    let price = &appointment.price;
    if price.deposit.is_zero() {
        return format!("It costs {}.", price.total);
    }
    format!(
        "It costs {}; {} of that reserves it.",
        price.total, price.deposit
    )
}

fn fee(fee: Money) -> String {
    if fee.is_zero() {
        "There is no charge.".to_owned()
    } else {
        format!("Because it was late, {fee} is due.")
    }
}

#[async_trait]
impl Handler<AppointmentBooked> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AppointmentBooked>,
    ) -> Result<(), HandlerError> {
        let of = (delivery.tenant, delivery.event_id);
        let news = |appointment: &Appointment| {
            Some(News {
                subject: "your appointment",
                sentence: "Your appointment is booked.".to_owned(),
                money: costs(appointment),
            })
        };
        self.tell(db, of, delivery.event.appointment_id, news).await
    }
}

#[async_trait]
impl Handler<AppointmentRescheduled> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AppointmentRescheduled>,
    ) -> Result<(), HandlerError> {
        let of = (delivery.tenant, delivery.event_id);
        let news = |appointment: &Appointment| {
            Some(News {
                subject: "changed appointment",
                sentence: "Your appointment has changed. This is how it stands now.".to_owned(),
                money: costs(appointment),
            })
        };
        self.tell(db, of, delivery.event.appointment_id, news).await
    }
}

#[async_trait]
impl Handler<AppointmentCancelled> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AppointmentCancelled>,
    ) -> Result<(), HandlerError> {
        let of = (delivery.tenant, delivery.event_id);
        let news = |_: &Appointment| {
            Some(News {
                subject: "cancelled appointment",
                sentence: "Your appointment is cancelled.".to_owned(),
                money: fee(delivery.event.fee),
            })
        };
        self.tell(db, of, delivery.event.appointment_id, news).await
    }
}

#[async_trait]
impl Handler<AppointmentReminderDue> for MailGuest {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AppointmentReminderDue>,
    ) -> Result<(), HandlerError> {
        let of = (delivery.tenant, delivery.event_id);
        let news = |appointment: &Appointment| {
            let stands = appointment.status == AppointmentStatus::Booked
                && appointment.starts_at == delivery.event.starts_at;
            stands.then(|| News {
                subject: "soon: your appointment",
                sentence: "We are looking forward to your appointment.".to_owned(),
                money: costs(appointment),
            })
        };
        self.tell(db, of, delivery.event.appointment_id, news).await
    }
}
