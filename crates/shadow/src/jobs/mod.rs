//! What follows from events.

mod letter;
mod tell;

use std::sync::Arc;

use motel_jobs::Worker;
use motel_mail::{Correspondent, Mailer};

use crate::CandidateRolledBack;
use tell::TellOfRollBack;

/// Adds this crate's handler to a worker. Letters are from `sender`, and links in them begin with `public_url`.
#[must_use]
pub fn register(
    worker: Worker,
    mailer: &Arc<dyn Mailer>,
    sender: Correspondent,
    public_url: &str,
) -> Worker {
    let tell = TellOfRollBack {
        mailer: mailer.clone(),
        sender,
        page: format!("{}/console/rehearsals", public_url.trim_end_matches('/')),
    };
    worker.on::<CandidateRolledBack>("shadow.tell_of_roll_back", tell)
}
