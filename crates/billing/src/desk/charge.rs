use chrono::{DateTime, Utc};
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{ChargeRequest, ChargeState, EventKind, Gateway, GatewayError, GatewayEvent};

use super::PaymentDesk;
use crate::commands::{NOT_LET, advance, fail_charge, note_asking};
use crate::rules::Happening;
use crate::{BillingError, KeptCard, LinkStatus, Payment, Way, queries};

/// Everything a charge needs, as the rows say it.
struct Errand {
    payment: Payment,
    card: KeptCard,
    request: ChargeRequest,
    asked_before: i32,
}

impl PaymentDesk {
    /// Charges a kept card, or asks what became of it when that may have been done before: under its own key, so that
    /// however often this is done and wherever it breaks off, the money is taken once. What has an end is left alone. A card
    /// that is refused is noted as that.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway does not answer: then nobody knows, and it is to be asked again.
    pub async fn send_charge(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let Some(errand) = self.errand(tenant, id).await? else {
            return Ok(());
        };
        let Some(gateway) = self.gateways().find(errand.payment.link.gateway) else {
            tracing::warn!(link = %id, gateway = %errand.payment.link.gateway, "its gateway is no longer set up");
            return match errand.asked_before {
                0 => {
                    self.note_failure(tenant, id, "its gateway is no longer set up")
                        .await
                }
                _ => Ok(()),
            };
        };
        // A gateway keeps an idempotency key for a day or more and not for ever.
        let known = match errand.asked_before {
            0 => None,
            _ => gateway.charge_state(&errand.request).await?,
        };
        let state = match known {
            Some(state) => state,
            None if errand.payment.link.status != LinkStatus::Open => {
                return self.note_withdrawn(tenant, id).await;
            }
            None if !errand.card.is_kept() => {
                return self.note_failure(tenant, id, "the card was removed").await;
            }
            None => charge(gateway.as_ref(), &errand.request).await?,
        };
        self.take_charge(tenant, &errand.payment, state, at).await
    }

    /// `None` when it has an end. Once this is committed the gateway may have heard of it.
    async fn errand(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
    ) -> Result<Option<Errand>, BillingError> {
        let missing = || BillingError::NotFound("payment");
        let mut tx = self.db.tenant(tenant).await?;
        let payment = queries::payment(&mut tx, id).await?.ok_or_else(missing)?;
        let Way::KeptCard { card, .. } = payment.link.way else {
            return Err(missing());
        };
        if !payment.state.is_in_doubt() {
            return Ok(None);
        }
        let asked_before = note_asking(&mut tx, id).await?;
        let card = queries::card(&mut tx, card).await?;
        let card = card.ok_or(BillingError::NotFound("card"))?;
        let folio = queries::folio_by_id(&mut tx, payment.link.folio).await?;
        let folio = folio.ok_or(BillingError::NotFound("folio"))?;
        let booking = motel_bookings::queries::find(&mut tx, folio.booking).await?;
        tx.commit().await?;
        // Everything in it follows from the rows, as one idempotency key must always carry one request.
        let request = ChargeRequest {
            tenant,
            reference: id,
            card: card.card.reference.clone(),
            amount: payment.link.amount,
            description: format!("Booking {}", booking.code),
            idempotency_key: format!("payment-link-{id}"),
        };
        Ok(Some(Errand {
            payment,
            card,
            request,
            asked_before,
        }))
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
