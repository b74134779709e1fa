use chrono::Duration;
use motel_payments::EventKind;
use uuid::Uuid;

use super::Sandbox;
use super::authorisation::agree;
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
        /// Pays with a card that has not enough on it; the page stays open.
        Insufficient = "insufficient",
        /// Pays with a card that is past its date; the page stays open.
        ExpiredCard = "expired_card",
        /// Pays with a card whose bank wants to see its owner first: the page asks, and then takes one of the others.
        Challenge = "challenge",
        /// Pays in a way that takes a minute; nobody tells us when it is through.
        Slow = "slow",
        /// Pays with a card that works, and the sandbox falls silent before it tells us.
        Silent = "silent",
        /// Pays with a card that works, and then wants the money back by way of the bank, which takes its time.
        Dispute = "dispute",
        /// The same, and the bank decides for us.
        DisputeWon = "dispute_won",
        /// The same, and the bank decides against us.
        DisputeLost = "dispute_lost",
        /// Pays with a card that works. When money goes back to it, the sandbox falls silent before it tells us.
        RefundSilent = "refund_silent",
        /// Pays with a card that works. When money goes back to it, it goes through and then bounces.
        RefundFails = "refund_fails",
        /// Pays with a card that works now. When it is charged later, it is declined.
        KeptDeclines = "kept_declines",
        /// Pays with a card that works now. When it is charged later, its bank wants to see its owner.
        KeptAsks = "kept_asks",
        /// Pays with a card that works. When it is charged later, that goes through and the sandbox falls silent.
        KeptSilent = "kept_silent",
        /// Agrees with a card that works. When what is set aside on it is taken, the sandbox falls silent.
        TakenSilent = "taken_silent",
        /// Agrees with a card on which money stays aside for a minute only.
        Lapses = "lapses",
    }
}

/// How long a slow card takes.
const SLOW: Duration = Duration::minutes(1);

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
        let now = self.settings.clock.now();
        let page = open_page(&mut tx, id, now).await?;
        let notice = match choice {
            _ if page.authorises => agree(&mut tx, &page, choice, now).await?,
            Choice::Pay
            | Choice::TakenSilent
            | Choice::Lapses
            | Choice::RefundSilent
            | Choice::RefundFails
            | Choice::KeptDeclines
            | Choice::KeptAsks
            | Choice::KeptSilent
            | Choice::Dispute
            | Choice::DisputeWon
            | Choice::DisputeLost => {
                mark_paid(&mut tx, id, choice, now).await?;
                let mut last = publish_notice(&mut tx, id, EventKind::Paid).await?;
                for kind in disputed(choice) {
                    last = publish_notice(&mut tx, id, *kind).await?;
                }
                Some(last)
            }
            Choice::Decline | Choice::Insufficient | Choice::ExpiredCard => {
                Some(publish_notice(&mut tx, id, EventKind::Declined).await?)
            }
            Choice::Slow => {
                mark_paid(&mut tx, id, choice, now + SLOW).await?;
                None
            }
            Choice::Silent => {
                mark_paid(&mut tx, id, choice, now).await?;
                None
            }
            Choice::Challenge | Choice::Abandon => None,
        };
        tx.commit().await?;
        Ok(Chosen { page, notice })
    }
}

/// What the bank does after the payment.
fn disputed(choice: Choice) -> &'static [EventKind] {
    match choice {
        Choice::Dispute => &[EventKind::Disputed],
        Choice::DisputeWon => &[EventKind::Disputed, EventKind::DisputeWon],
        Choice::DisputeLost => &[EventKind::Disputed, EventKind::DisputeLost],
        _ => &[],
    }
}
