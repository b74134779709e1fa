//! What happens later: documents are mailed.

mod letter;
mod mail_document;

use std::sync::Arc;

use motel_jobs::Worker;
use motel_mail::Mailer;

use crate::InvoiceSent;

pub use mail_document::MailDocument;

/// Has documents mailed that staff sent.
#[must_use]
pub fn register(worker: Worker, mailer: &Arc<dyn Mailer>) -> Worker {
    worker.on::<InvoiceSent>("invoices.mail_document", MailDocument::new(mailer.clone()))
}
