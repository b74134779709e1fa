//! Taking documents in, and keeping what was asked in vain.

mod answer_question;
mod fingerprint;
mod folder;
mod ingest_folder;
mod note_question;
mod passages;
mod put_document;
mod remove_document;
mod take_in;
mod turns;
mod upload_document;

pub use answer_question::{answer_question, dismiss_question};
pub use ingest_folder::ingest_folder;
pub use note_question::note_question;
pub use put_document::put_document;
pub use remove_document::remove_document;
pub use upload_document::upload_document;
