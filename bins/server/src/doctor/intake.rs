use motel_billing::queries::{Intake, intake};
use motel_db::Db;

use super::Finding;
use crate::settings::Settings;

/// Looks at what gateways told and could not be taken, and at what somebody told in their name.
pub(super) async fn examine(settings: &Settings) -> Vec<Finding> {
    match look(settings).await {
        Ok(intake) => findings(intake),
        // What is wrong with the database is told with the database.
        Err(_) => Vec::new(),
    }
}

async fn look(settings: &Settings) -> anyhow::Result<Intake> {
    let db = Db::connect(&settings.database.url, 1).await?;
    let mut platform = db.platform("examine the intake of webhooks").await?;
    Ok(intake(&mut platform).await?)
}

fn findings(intake: Intake) -> Vec<Finding> {
    let waiting = intake.failed + intake.unread;
    let kept = match waiting {
        0 => Finding::Good("webhooks: all that gateways told was taken".to_owned()),
        _ => Finding::Odd(format!(
            "webhooks: {} failed and {} could not be read; `remotemotel payments events --state failed` says why, \
             `payments replay --failed` tries again",
            intake.failed, intake.unread
        )),
    };
    let forged = match intake.forged {
        0 => Finding::Good("webhooks: nobody forged one since yesterday".to_owned()),
        number => Finding::Odd(format!(
            "webhooks: {number} since yesterday whose signature proved nothing; `remotemotel payments incidents` says \
             from where (or the secret of the webhook is not the one set up)"
        )),
    };
    vec![kept, forged]
}
