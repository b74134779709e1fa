use motel_payments::EventKind;
use uuid::Uuid;

use super::Sandbox;
use super::checkout::{SandboxCheckout, mark_paid, open_page};
use super::notice::publish_notice;
use crate::BillingError;

motel_db::text_enum! {
    /// What a guest does on the sandbox's page.
    pub enum Choice {
        /// Pays with a card that works.
        Pay = "pay",
        /// Pays with a card that is declined; the page stays open.
        Decline = "decline",
        /// Goes away without paying; the page stays open.
        Abandon = "abandon",
    }
}

/// What a choice led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The page it was made on.
    pub page: SandboxCheckout,
    /// What the sandbox now has to tell us, if anything.
    pub notice: Option<Uuid>,
}

impl Sandbox {
    /// Does what the guest chose. What there is to tell us is written in the same transaction and sent by a job, so no
    /// restart loses it.
    ///
    /// # Errors
    /// As [`Sandbox::page`].
    pub async fn choose(&self, id: Uuid, choice: Choice) -> Result<Chosen, BillingError> {
        let tenant = self.page(id).await?.tenant;
        let mut tx = self.db.tenant(tenant).await?;
        let page = open_page(&mut tx, id, self.settings.clock.now()).await?;
        let notice = match choice {
            Choice::Pay => {
                mark_paid(&mut tx, id).await?;
                Some(publish_notice(&mut tx, id, EventKind::Paid).await?)
            }
            Choice::Decline => Some(publish_notice(&mut tx, id, EventKind::Declined).await?),
            Choice::Abandon => None,
        };
        tx.commit().await?;
        Ok(Chosen { page, notice })
    }
}
