use chrono::{DateTime, TimeDelta, Utc};
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{
    AuthorisationState, Authorises, ChargeRequest, EventKind, GatewayError, GatewayEvent, Place,
    Sought, TakeRequest,
};

use super::PaymentDesk;
use super::kept_card::{is_wanted, request_on};
use crate::commands::{
    CARD_REMOVED, NOT_HEARD, note_asking_charge, note_authorised, note_refused, note_released,
    note_sending, refuse_wish,
};
use crate::rules::Doubt;
use crate::{
    Authorisation, BillingError, IntentState, KeptCard, LinkStatus, PaymentLink, Way, queries,
};

/// How long guests may take to go to the page on which they agree.
const OFFER_STANDS: TimeDelta = TimeDelta::days(7);

/// Everything it takes to ask about an authorisation, as the rows say it.
struct Errand {
    authorisation: Authorisation,
    /// The card it is to be set aside on, and how that is asked for.
    card: Option<(KeptCard, ChargeRequest)>,
    sought: Option<Sought>,
    doubt: Doubt,
    attempt: i32,
    at: DateTime<Utc>,
}

/// What asking led to.
enum Answer {
    State(AuthorisationState),
    /// What was wanted was refused for good, and the money is still set aside.
    WishRefused(String),
}

impl PaymentDesk {
    /// Does with an authorisation what is to be done: has money set aside on a kept card, takes it or lets it go as somebody
    /// wants, and asks how things stand. Under keys of its own, so that however often this is done and wherever it breaks
    /// off, money is set aside, taken and let go once. What has an end is left alone. What is to be taken of a gateway that for
    /// three days says nothing of it is given up: the guests could pay in no other way meanwhile.
    ///
    /// # Errors
    /// [`BillingError::Gateway`] when the gateway does not answer: then nobody knows, and it is to be asked again.
    pub async fn settle_authorisation(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let Some(errand) = self.authorisation_errand(tenant, id, at).await? else {
            return Ok(());
        };
        let link = &errand.authorisation.payment.link;
        let gateway = self.gateways().find(link.gateway);
        let Some(authorises) = gateway.and_then(|gateway| gateway.authorises()) else {
            tracing::warn!(link = %id, gateway = %link.gateway, "its gateway is no longer set up");
            return self.settle_without_gateway(tenant, &errand).await;
        };
        let answer = match errand.ask(authorises).await {
            Err(BillingError::Gateway(_)) if errand.is_silent() => {
                tracing::error!(%tenant, link = %id, gateway = %link.gateway, "for days nobody could be asked whether money that was set aside was taken; look at the gateway's own books");
                Answer::WishRefused(NOT_HEARD.to_owned())
            }
            answer => answer?,
        };
        match answer {
            Answer::State(state) => {
                let state = errand.meant(state);
                self.take_authorisation_state(tenant, link, state, at).await
            }
            Answer::WishRefused(why) => {
                tracing::warn!(link = %id, why, "a gateway did not do what was wanted of money that is set aside");
                let mut tx = self.db.tenant(tenant).await?;
                refuse_wish(&mut tx, id, errand.attempt, &why).await?;
                Ok(tx.commit().await?)
            }
        }
    }

    /// Nobody can be asked any more: what is to be taken is given up in the end, and what is set aside is not for ever. Money
    /// that was taken all the same counts when somebody tells of it.
    async fn settle_without_gateway(
        &self,
        tenant: TenantId,
        errand: &Errand,
    ) -> Result<(), BillingError> {
        let id = errand.link().id;
        let is_capturing = errand.authorisation.payment.state == IntentState::Capturing;
        if is_capturing && !errand.is_silent() {
            return Ok(());
        }
        let set_aside = errand.authorisation.set_aside.as_ref();
        let is_past = set_aside.is_some_and(|it| it.until <= errand.at);
        let mut tx = self.db.tenant(tenant).await?;
        match () {
            () if is_past => note_released(&mut tx, id, errand.at).await?,
            () if is_capturing => refuse_wish(&mut tx, id, errand.attempt, NOT_HEARD).await?,
            () => return Ok(()),
        }
        Ok(tx.commit().await?)
    }

    /// `None` when it has an end. Once this is committed the gateway may have heard of it.
    async fn authorisation_errand(
        &self,
        tenant: TenantId,
        id: PaymentLinkId,
        at: DateTime<Utc>,
    ) -> Result<Option<Errand>, BillingError> {
        let mut tx = self.db.tenant(tenant).await?;
        let missing = || BillingError::NotFound("authorisation");
        let found = queries::authorisation(&mut tx, id).await?;
        let asked_at = found.ok_or_else(missing)?.asked_at;
        let doubt = note_asking_charge(&mut tx, id, asked_at).await?;
        // Whoever withdrew it or wanted something of it before this is seen, and whoever does after it sees that its gateway
        // may have heard of it.
        let found = queries::authorisation(&mut tx, id).await?;
        let authorisation = found.ok_or_else(missing)?;
        let state = authorisation.payment.state;
        if !state.is_in_doubt() && !state.is_set_aside() {
            return Ok(None);
        }
        let attempt = queries::attempt_of(&mut tx, id).await?;
        let link = &authorisation.payment.link;
        let card = match link.way {
            Way::KeptCard { card, .. } => {
                let card = queries::card(&mut tx, card).await?;
                let card = card.ok_or(BillingError::NotFound("card"))?;
                if state.is_in_doubt() && is_wanted(link, &card) {
                    note_sending(&mut tx, id, at).await?;
                }
                let request = request_on(&mut tx, link, &card).await?;
                Some((card, request))
            }
            Way::Page { .. } => None,
        };
        tx.commit().await?;
        let sought = place(&authorisation, card.as_ref()).map(|place| Sought {
            tenant,
            link: id,
            place,
        });
        Ok(Some(Errand {
            authorisation,
            card,
            sought,
            doubt,
            attempt,
            at,
        }))
    }

    async fn take_authorisation_state(
        &self,
        tenant: TenantId,
        link: &PaymentLink,
        state: AuthorisationState,
        at: DateTime<Utc>,
    ) -> Result<(), BillingError> {
        let told = |kind: EventKind, gateway_reference: String, amount| GatewayEvent {
            // What was asked has no id of its own, and one end only.
            event_id: format!("asked:{}:{gateway_reference}", kind.as_str()),
            kind,
            gateway_reference,
            reference: link.id,
            refund: None,
            amount,
        };
        let event = match state {
            AuthorisationState::Open | AuthorisationState::Agreed => return Ok(()),
            AuthorisationState::Taken {
                gateway_reference,
                amount,
            } => told(EventKind::Paid, gateway_reference, amount),
            AuthorisationState::Expired => {
                told(EventKind::Expired, link.id.to_string(), link.amount)
            }
            AuthorisationState::Authorised(authorised) => {
                let mut tx = self.db.tenant(tenant).await?;
                note_authorised(&mut tx, link.id, &authorised, at).await?;
                return Ok(tx.commit().await?);
            }
            AuthorisationState::Released => {
                let mut tx = self.db.tenant(tenant).await?;
                note_released(&mut tx, link.id, at).await?;
                return Ok(tx.commit().await?);
            }
            AuthorisationState::Refused { code } => {
                let mut tx = self.db.tenant(tenant).await?;
                note_refused(&mut tx, link.id, &code).await?;
                return Ok(tx.commit().await?);
            }
        };
        let taken = self.take(tenant, link, &event, at).await?;
        tracing::info!(link = %link.id, %taken, "a gateway answered about money that was set aside");
        Ok(())
    }
}

/// Where its gateway has it; `None` while it has nothing of it.
fn place(found: &Authorisation, card: Option<&(KeptCard, ChargeRequest)>) -> Option<Place> {
    if let Some(set_aside) = &found.set_aside {
        return Some(Place::Named(set_aside.gateway_reference.clone()));
    }
    let page = found.payment.link.checkout.as_ref();
    match (card, page) {
        (Some((card, _)), _) => Some(Place::Card(card.card.reference.clone())),
        (None, Some(page)) => Some(Place::Page(page.gateway_reference.clone())),
        (None, None) => None,
    }
}

impl Errand {
    fn link(&self) -> &PaymentLink {
        &self.authorisation.payment.link
    }

    /// True when money is to be taken and nothing was heard of it for so long that nothing will be.
    fn is_silent(&self) -> bool {
        let is_capturing = self.authorisation.payment.state == IntentState::Capturing;
        let wish = self.authorisation.wish.as_ref();
        let doubt = wish.map(|wish| Doubt {
            wanted_at: wish.at,
            ..self.doubt
        });
        is_capturing && doubt.is_some_and(|doubt| doubt.is_silent(self.at))
    }

    /// What was set aside and can no longer be had is gone, whatever a gateway calls that.
    fn meant(&self, state: AuthorisationState) -> AuthorisationState {
        let was_set_aside = self.authorisation.payment.state.is_set_aside();
        match state {
            AuthorisationState::Expired | AuthorisationState::Refused { .. } if was_set_aside => {
                AuthorisationState::Released
            }
            state => state,
        }
    }

    async fn ask(&self, gateway: &dyn Authorises) -> Result<Answer, BillingError> {
        let Some(sought) = &self.sought else {
            return Ok(Answer::State(self.unopened()));
        };
        let state = match self.authorisation.payment.state {
            IntentState::Capturing | IntentState::Voiding => {
                return self.settle(gateway, sought).await;
            }
            IntentState::Authorised => gateway.authorisation_state(sought).await?,
            _ => match &self.card {
                Some((card, request)) => {
                    return self.obtain(gateway, sought, card, request).await;
                }
                None => self.look_at_page(gateway, sought).await?,
            },
        };
        Ok(Answer::State(state.unwrap_or(AuthorisationState::Open)))
    }

    /// Nobody went to the page yet, so the gateway has none.
    fn unopened(&self) -> AuthorisationState {
        let is_over = self.authorisation.asked_at + OFFER_STANDS <= self.at;
        match is_over || self.link().status != LinkStatus::Open {
            true => AuthorisationState::Expired,
            false => AuthorisationState::Open,
        }
    }

    async fn look_at_page(
        &self,
        gateway: &dyn Authorises,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, BillingError> {
        let state = gateway.authorisation_state(sought).await?;
        // Nobody sets aside what is no longer wanted.
        if state == Some(AuthorisationState::Agreed) && self.link().status == LinkStatus::Open {
            let key = format!("authorise-{}", self.link().id);
            return Ok(Some(gateway.confirm(sought, &key).await?));
        }
        Ok(state)
    }

    /// A gateway keeps an idempotency key for a day or more and not for ever, so one that may have heard of it is asked what
    /// it knows first.
    async fn obtain(
        &self,
        gateway: &dyn Authorises,
        sought: &Sought,
        card: &KeptCard,
        request: &ChargeRequest,
    ) -> Result<Answer, BillingError> {
        let known = match self.doubt.asked {
            0 => None,
            _ => gateway.authorisation_state(sought).await?,
        };
        let is_wanted = is_wanted(self.link(), card);
        let state = match known {
            Some(state) => state,
            // It may just now be being set aside: then it is to be found, and let go.
            None if !is_wanted && self.doubt.is_under_way(self.at) => AuthorisationState::Open,
            None if self.link().status != LinkStatus::Open => AuthorisationState::Expired,
            None if !card.is_kept() => refused(CARD_REMOVED),
            None => match gateway.authorise_card(request).await {
                Err(error) if error.is_final() => refused(&error.to_string()),
                answer => answer?,
            },
        };
        Ok(Answer::State(state))
    }

    /// Takes it or lets it go, as is wanted. What may have been asked for before is asked about first.
    async fn settle(
        &self,
        gateway: &dyn Authorises,
        sought: &Sought,
    ) -> Result<Answer, BillingError> {
        if self.doubt.asked > 0 {
            match gateway.authorisation_state(sought).await? {
                None | Some(AuthorisationState::Authorised(_)) => {}
                Some(state) => return Ok(Answer::State(state)),
            }
        }
        let why = match self.do_what_is_wanted(gateway, sought).await {
            Ok(state) => return Ok(Answer::State(state)),
            Err(error) if error.is_final() => error.to_string(),
            Err(error) => return Err(error.into()),
        };
        match gateway.authorisation_state(sought).await? {
            Some(AuthorisationState::Authorised(_)) => Ok(Answer::WishRefused(why)),
            state => Ok(Answer::State(state.unwrap_or(AuthorisationState::Open))),
        }
    }

    async fn do_what_is_wanted(
        &self,
        gateway: &dyn Authorises,
        sought: &Sought,
    ) -> Result<AuthorisationState, GatewayError> {
        let Place::Named(gateway_reference) = &sought.place else {
            return Ok(AuthorisationState::Open);
        };
        let idempotency_key = format!("authorisation-{}-{}", self.link().id, self.attempt);
        let wish = self.authorisation.wish.as_ref();
        match wish.and_then(|wish| wish.take) {
            Some(amount) => {
                let request = TakeRequest {
                    tenant: sought.tenant,
                    gateway_reference: gateway_reference.clone(),
                    amount,
                    idempotency_key,
                };
                gateway.take_authorised(&request).await
            }
            None => {
                gateway
                    .release(sought.tenant, gateway_reference, &idempotency_key)
                    .await
            }
        }
    }
}

fn refused(why: &str) -> AuthorisationState {
    AuthorisationState::Refused {
        code: why.to_owned(),
    }
}
