use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_mail::{Correspondent, Mail, MailKey, Mailer, send_regardless};

use super::letter::{LetterHtml, LetterText, RollBackLetter};
use crate::CandidateRolledBack;

/// Writes to the business that its candidate was taken back, once however often the job runs. The letter goes to the address of its first
/// property.
pub(super) struct TellOfRollBack {
    pub(super) mailer: Arc<dyn Mailer>,
    pub(super) sender: Correspondent,
    pub(super) page: String,
}

#[async_trait]
impl Handler<CandidateRolledBack> for TellOfRollBack {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<CandidateRolledBack>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let property = motel_tenancy::queries::default_property(&mut tx).await?;
        tx.commit().await?;
        let letter = RollBackLetter::about(&delivery.event, &self.page);
        let mail = Mail {
            key: MailKey::parse(&format!("candidate-rolled-back-{}", delivery.event_id))?,
            from: self.sender.clone(),
            to: Correspondent {
                name: property.name,
                email: property.email,
            },
            subject: letter.subject.clone(),
            text: LetterText(&letter).render()?,
            html: LetterHtml(&letter).render()?,
            attachments: Vec::new(),
        };
        send_regardless(db, delivery.tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}
