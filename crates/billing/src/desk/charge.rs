use chrono::{DateTime, Utc};
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{ChargeRequest, ChargeState, EventKind, Gateway, GatewayError, GatewayEvent};

use super::PaymentDesk;
use super::kept_card::{is_wanted, request_on};
use crate::commands::{
    CARD_REMOVED, NO_GATEWAY, NOT_HEARD, NOT_LET, advance, fail_charge, note_asking_charge,
    note_heard, note_sending,
};
use crate::rules::{Doubt, Happening};
use crate::{BillingError, KeptCard, LinkStatus, Payment, Way, queries};

/// Everything a charge needs, as the rows say it.
struct Errand {
    payment: Payment,
    card: KeptCard,
    request: ChargeRequest,
    doubt: Doubt,
}

impl Errand {
    /// True while it is to be charged.
    fn is_wanted(&self) -> bool {
        is_wanted(&self.payment.link, &self.card)
    }
}

impl PaymentDesk {
    /// Charges a kept card, or asks what became of it when that may have been done before: under its own key, so that
    /// however often this is done and wherever it breaks off, the money is taken once. What has an end is left alone. A card
    /// that is refused is noted as that. One that is no longer wanted ends when its gateway says that nothing was taken and
    /// nobody can be at it any more; one of which no gateway says anything for three days ends as well.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway does not answer: then nobody knows, and it is to be asked again.
    pub async fn send_charge(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let Some(errand) = self.errand(tenant, id, at).await? else {
            return Ok(());
        };
        let Some(gateway) = self.gateways().find(errand.payment.link.gateway) else {
            tracing::warn!(link = %id, gateway = %errand.payment.link.gateway, "its gateway is no longer set up");
            return match errand.doubt.asked {
                0 => self.note_failure(tenant, id, NO_GATEWAY).await,
                _ => self
                    .give_up_when_silent(tenant, &errand, at)
                    .await
                    .map(drop),
            };
        };
        // A gateway keeps an idempotency key for a day or more and not for ever.
        let known = match errand.doubt.asked {
            0 => Ok(None),
            _ => gateway.charge_state(&errand.request).await,
        };
        let known = match known {
            Ok(None) if errand.doubt.asked > 0 => {
                self.note_said(tenant, id, at).await?;
                None
            }
            Ok(known) => known,
            Err(_) if self.give_up_when_silent(tenant, &errand, at).await? => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let state = match known {
            Some(state) => state,
            None if errand.is_wanted() => charge(gateway.as_ref(), &errand.request).await?,
            None => return self.note_unwanted(tenant, &errand, at).await,
        };
        self.take_charge(tenant, &errand.payment, state, at).await
    }

    /// `None` when it has an end. Once this is committed the gateway may have heard of it.
    async fn errand(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<Option<Errand>, BillingError> {
        let missing = || BillingError::NotFound("payment");
        let mut tx = self.db.tenant(tenant).await?;
        let link = queries::payment_link(&mut tx, id)
            .await?
            .ok_or_else(missing)?;
        let Way::KeptCard { card, asked_at, .. } = link.way else {
            return Err(missing());
        };
        let doubt = note_asking_charge(&mut tx, id, asked_at).await?;
        // Whoever withdrew it before this is seen, and whoever does after it sees that it may have been sent.
        let payment = queries::payment(&mut tx, id).await?.ok_or_else(missing)?;
        if !payment.state.is_in_doubt() {
            return Ok(None);
        }
        let card = queries::card(&mut tx, card).await?;
        let card = card.ok_or(BillingError::NotFound("card"))?;
        if is_wanted(&payment.link, &card) {
            note_sending(&mut tx, id, at).await?;
        }
        let request = request_on(&mut tx, &payment.link, &card).await?;
        tx.commit().await?;
        Ok(Some(Errand {
            payment,
            card,
            request,
            doubt,
        }))
    }

    /// The gateway knows nothing of it and it is not to be charged: that is its end, once nobody can be at it any more.
    async fn note_unwanted(
        &self,
        tenant: TenantId,
        errand: &Errand,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let id = errand.payment.link.id;
        if errand.doubt.is_under_way(at) {
            return Ok(());
        }
        match errand.payment.link.status {
            LinkStatus::Open => self.note_failure(tenant, id, CARD_REMOVED).await,
            _ => self.note_withdrawn(tenant, id).await,
        }
    }

    /// True when it has come to an end, since nothing was heard of it for so long. Money that came all the same counts when
    /// somebody tells of it.
    async fn give_up_when_silent(
        &self,
        tenant: TenantId,
        errand: &Errand,
        at: DateTime<Utc>,
    ) -> Result<bool, BillingError> {
        if !errand.doubt.is_silent(at) {
            return Ok(false);
        }
        let link = &errand.payment.link;
        tracing::error!(%tenant, link = %link.id, gateway = %link.gateway, "for days nobody could be asked what became of a charge; look at the gateway's own books");
        match link.status {
            LinkStatus::Open => self.note_failure(tenant, link.id, NOT_HEARD).await?,
            _ => self.note_withdrawn(tenant, link.id).await?,
        }
        Ok(true)
    }

    async fn note_said(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        note_heard(&mut tx, id, at).await?;
        Ok(tx.commit().await?)
    }

    async fn take_charge(
        &self,
        tenant: TenantId,
        payment: &Payment,
        state: ChargeState,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let id = payment.link.id;
        match state {
            ChargeState::Paid {
                gateway_reference,
                amount,
            } => {
                let event = GatewayEvent {
                    event_id: format!("asked:{}:{gateway_reference}", EventKind::Paid.as_str()),
                    kind: EventKind::Paid,
                    gateway_reference,
                    reference: id,
                    refund: None,
                    amount,
                };
                let taken = self.take(tenant, &payment.link, &event, at).await?;
                tracing::info!(link = %id, %taken, "a kept card was charged");
                Ok(())
            }
            ChargeState::Processing => {
                let mut tx = self.db.tenant(tenant).await?;
                advance(&mut tx, id, Happening::Processing).await?;
                note_heard(&mut tx, id, at).await?;
                Ok(tx.commit().await?)
            }
            ChargeState::PayerNeeded => self.note_failure(tenant, id, PAYER_NEEDED).await,
            ChargeState::Declined { code } => self.note_failure(tenant, id, &code).await,
        }
    }

    async fn note_failure(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        why: &str,
    ) -> Result<(), BillingError> {
        tracing::info!(%tenant, link = %id, why, "a kept card could not be charged");
        let mut tx = self.db.tenant(tenant).await?;
        fail_charge(&mut tx, id, why).await?;
        Ok(tx.commit().await?)
    }

    /// The gateway knows nothing of it and it is no longer owed.
    async fn note_withdrawn(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
    ) -> Result<(), BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        advance(&mut tx, id, Happening::Expired).await?;
        Ok(tx.commit().await?)
    }
}

/// What is noted of a charge whose bank wants to see the card's owner.
const PAYER_NEEDED: &str = "authentication_required";

/// What the gateway refuses for good is a refused card.
async fn charge(
    gateway: &dyn Gateway,
    request: &ChargeRequest,
) -> Result<ChargeState, BillingError> {
    match gateway.charge_saved(request).await {
        Ok(state) => Ok(state),
        Err(GatewayError::Refused {
            status: 401 | 403, ..
        }) => {
            tracing::error!(gateway = %gateway.name(), "it does not let us charge kept cards: look at its key");
            Ok(ChargeState::Declined {
                code: NOT_LET.to_owned(),
            })
        }
        Err(error) if error.is_final() => Ok(ChargeState::Declined {
            code: error.to_string(),
        }),
        Err(error) => Err(error.into()),
    }
}
