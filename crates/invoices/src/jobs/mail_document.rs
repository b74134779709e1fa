use std::sync::Arc;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_mail::{Attachment, Correspondent, Mail, MailKey, Mailer, send_once};

use super::letter::Letter;
use crate::{InvoiceSent, Snapshot, queries, render};

/// Mails a document with the PDF attached, once for each event however often the job runs.
#[derive(Clone)]
pub struct MailDocument {
    mailer: Arc<dyn Mailer>,
}

impl MailDocument {
    /// Mails go by `mailer`.
    pub fn new(mailer: Arc<dyn Mailer>) -> Self {
        Self { mailer }
    }
}

#[async_trait]
impl Handler<InvoiceSent> for MailDocument {
    async fn handle(&self, db: &Db, delivery: &Delivery<InvoiceSent>) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let invoice = queries::invoice(&mut tx, delivery.event.invoice_id).await?;
        tx.commit().await?;
        let mail = mail(&invoice.snapshot, delivery)?;
        send_once(db, delivery.tenant, self.mailer.as_ref(), &mail).await?;
        Ok(())
    }
}

fn mail(snapshot: &Snapshot, delivery: &Delivery<InvoiceSent>) -> Result<Mail, HandlerError> {
    let letter = Letter::of(snapshot);
    Ok(Mail {
        key: MailKey::parse(&format!("invoice-{}", delivery.event_id))?,
        from: Correspondent {
            name: snapshot.issuer.name.clone(),
            email: snapshot.issuer.email.parse()?,
        },
        to: Correspondent {
            name: snapshot.addressee.title().to_owned(),
            email: delivery.event.to.clone(),
        },
        subject: letter.subject(),
        text: letter.text()?,
        html: letter.html()?,
        attachments: vec![Attachment {
            name: format!("{}.pdf", render::file_stem(snapshot)),
            content_type: "application/pdf".to_owned(),
            content: render::pdf(snapshot)?,
        }],
    })
}
