use std::time::Duration;

use chrono::{DateTime, Utc};
use motel_db::Acting;
use motel_kernel::{Actor, PaymentLinkId, TenantId};
use motel_payments::{GatewayName, Told, WebhookError};
use uuid::Uuid;

use super::PaymentDesk;
use crate::commands::{
    Attempt, ReceivedEvent, Taken, Unread, count_incident, events_waiting, forget_old_incidents,
    forget_unread_webhook, keep_payment_event, keep_stray_event, keep_unread_webhook, links_to_try,
    note_unread, try_payment_event, webhooks_to_read,
};
use crate::rules::account_of;
use crate::{BillingError, PaymentEventId, queries};

/// A gateway waits for our answer while we ask it for the money; what takes longer a chore does.
const PATIENCE_WITH_A_CAPTURE: Duration = Duration::from_secs(5);

impl PaymentDesk {
    /// Takes in a webhook that was verified: what it says is written down before anything is made of it, and then taken. What
    /// can't be read or taken now is kept and tried again by [`PaymentDesk::retry_events`].
    ///
    /// # Errors
    /// Nothing could be written down: then its gateway has to tell it again.
    pub async fn receive(
        &self,
        gateway: GatewayName,
        body: &[u8],
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        // Whom a gateway tells of is not who changes our books.
        Acting::note(Actor::System);
        let why = match self.read_and_keep(gateway, body, at).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => account_of(&error),
            Err(BillingError::Payee(error)) => account_of(error.as_ref()),
            Err(error) => return Err(error),
        };
        tracing::error!(%gateway, why, "a genuine webhook could not be read or taken; it is kept");
        let mut platform = self.db.platform("keep a webhook nobody could read").await?;
        keep_unread_webhook(&mut platform, gateway, body, at, &why).await?;
        Ok(platform.commit().await?)
    }

    /// Counts a webhook whose signature proved nothing, and logs the first of an hour and then ever fewer of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_forgery(
        &self,
        gateway: GatewayName,
        error: &WebhookError,
        address: &str,
    ) -> Result<(), BillingError> {
        let mut platform = self.db.platform("count a forged webhook").await?;
        let counted = count_incident(&mut platform, gateway, error, address).await?;
        platform.commit().await?;
        if let Some(number) = counted
            && number.count_ones() == 1
        {
            tracing::warn!(%gateway, %error, address, number, "a webhook was refused; so many came from there this hour");
        }
        Ok(())
    }

    /// Tries again what could not be read or taken, payment by payment, in the order in which it arrived. Answers how many
    /// payments and webhooks were looked at.
    ///
    /// # Errors
    /// The database failed. The trouble of one event is noted with it and does not keep the others.
    pub async fn retry_events(&self, at: DateTime<Utc>) -> Result<usize, BillingError> {
        let mut platform = self.db.platform("find webhooks to try again").await?;
        forget_old_incidents(&mut platform).await?;
        let unread = webhooks_to_read(&mut platform).await?;
        let links = links_to_try(&mut platform).await?;
        platform.commit().await?;
        for webhook in &unread {
            if let Err(error) = self.read_again(webhook).await {
                tracing::error!(webhook = %webhook.id, error = &error as &dyn std::error::Error, "a webhook could not be tried again");
            }
        }
        for (tenant, link) in &links {
            self.take_waiting(*tenant, *link, at).await;
        }
        Ok(unread.len() + links.len())
    }

    /// Tries one event again, whatever was tried before.
    ///
    /// # Errors
    /// [`BillingError::NotFound`]; the database failed so that not even the failure could be noted.
    pub async fn replay_event(
        &self,
        tenant: TenantId,
        id: PaymentEventId,
    ) -> Result<Attempt, BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let attempt = try_payment_event(&mut tx, id).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// The inner error is of what was sent, the outer one of ours.
    async fn read_and_keep(
        &self,
        name: GatewayName,
        body: &[u8],
        at: DateTime<Utc>,
    ) -> Result<Result<(), WebhookError>, BillingError> {
        let Some(gateway) = self.gateways.find(name) else {
            let gone = format!("{name} is no longer set up");
            return Ok(Err(WebhookError::Unreadable(gone)));
        };
        let events = match gateway.read_event(body).await {
            Ok(events) => events,
            Err(error) => return Ok(Err(error)),
        };
        for event in &events {
            let received = ReceivedEvent {
                gateway: name,
                event,
                body,
                received_at: at,
            };
            self.hand_to_its_owner(received).await?;
        }
        Ok(Ok(()))
    }

    /// Whose business an event is follows from our reference in it: a payment link's, or somebody else's who is paid through our
    /// gateways. Otherwise it is stray.
    async fn hand_to_its_owner(&self, received: ReceivedEvent<'_>) -> Result<(), BillingError> {
        let link = received.event.reference;
        let mut platform = self.db.platform("find whose payment link it is").await?;
        let Some(tenant) = queries::tenant_of_link(&mut platform, link).await? else {
            platform.commit().await?;
            return self.offer(received).await;
        };
        let mut tx = platform.narrow_to(tenant).await?;
        keep_payment_event(&mut tx, received).await?;
        tx.commit().await?;
        self.take_waiting(tenant, link, received.received_at).await;
        Ok(())
    }

    async fn offer(&self, received: ReceivedEvent<'_>) -> Result<(), BillingError> {
        let told = Told {
            gateway: received.gateway,
            event: received.event,
            at: received.received_at,
        };
        if self.payees.take(&told).await.map_err(BillingError::Payee)? {
            return Ok(());
        }
        let mut platform = self.db.platform("keep a stray event").await?;
        keep_stray_event(&mut platform, received).await?;
        Ok(platform.commit().await?)
    }

    /// Takes what waits of one payment, the first first. A failure is noted with its event and keeps none of the others: no
    /// event needs another one to have come before it.
    async fn take_waiting(&self, tenant: TenantId, link: PaymentLinkId, at: DateTime<Utc>) {
        let waiting = async {
            let mut tx = self.db.tenant(tenant).await?;
            events_waiting(&mut tx, link).await
        };
        let waiting = waiting.await.unwrap_or_else(|error| {
            tracing::error!(%link, error = &error as &dyn std::error::Error, "what waits of a payment could not be found; it is tried later");
            Vec::new()
        });
        for id in waiting {
            match self.replay_event(tenant, id).await {
                Ok(Attempt::Taken(kind, taken)) if kind.is_nudge() && taken != Taken::Refused => {
                    self.take_what_was_agreed(tenant, link, at).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(payment_event = %id, error = &error as &dyn std::error::Error, "an event could not be tried; it is tried later");
                }
            }
        }
    }

    /// What can't be taken now is asked about again by a chore, so the event is taken either way.
    async fn take_what_was_agreed(&self, tenant: TenantId, link: PaymentLinkId, at: DateTime<Utc>) {
        let asking = self.ask_about(tenant, link, at);
        match tokio::time::timeout(PATIENCE_WITH_A_CAPTURE, asking).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%link, error = &error as &dyn std::error::Error, "a payer agreed and the money could not be taken yet");
            }
            Err(_) => tracing::warn!(%link, "a payer agreed and the gateway takes its time"),
        }
    }

    async fn read_again(&self, webhook: &Unread) -> Result<(), BillingError> {
        let gateway = webhook.gateway.parse().map_err(BillingError::unreadable)?;
        let reading = self.read_and_keep(gateway, &webhook.body, webhook.received_at);
        let outcome = match reading.await {
            Ok(read) => read.map_err(|error| account_of(&error)),
            Err(error) => Err(account_of(&error)),
        };
        self.note_reading(webhook.id, outcome).await
    }

    async fn note_reading(
        &self,
        id: Uuid,
        outcome: Result<(), String>,
    ) -> Result<(), BillingError> {
        let mut platform = self.db.platform("note whether a webhook was read").await?;
        match outcome {
            Ok(()) => forget_unread_webhook(&mut platform, id).await?,
            Err(why) => note_unread(&mut platform, id, &why).await?,
        }
        Ok(platform.commit().await?)
    }
}
