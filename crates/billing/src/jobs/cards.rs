use std::sync::Arc;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError};
use motel_kernel::Clock;

use crate::{CardRemoved, ChargeRequested, PaymentDesk, PaymentReceived};

/// Keeps the card that was left with a payment.
pub(super) struct KeepCard {
    pub(super) desk: PaymentDesk,
    pub(super) clock: Arc<dyn Clock>,
}

/// Charges a kept card.
pub(super) struct ChargeCard {
    pub(super) desk: PaymentDesk,
    pub(super) clock: Arc<dyn Clock>,
}

/// Has a gateway forget a card.
pub(super) struct ForgetCard(pub(super) PaymentDesk);

#[async_trait]
impl Handler<PaymentReceived> for KeepCard {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<PaymentReceived>,
    ) -> Result<(), HandlerError> {
        let link = delivery.event.payment_link_id;
        let now = self.clock.now();
        Ok(self.desk.keep_card(delivery.tenant, link, now).await?)
    }
}

#[async_trait]
impl Handler<ChargeRequested> for ChargeCard {
    async fn handle(
        &self,
        _db: &Db,
        delivery: &Delivery<ChargeRequested>,
    ) -> Result<(), HandlerError> {
        let link = delivery.event.payment_link_id;
        let now = self.clock.now();
        Ok(self.desk.send_charge(delivery.tenant, link, now).await?)
    }
}

#[async_trait]
impl Handler<CardRemoved> for ForgetCard {
    async fn handle(&self, _db: &Db, delivery: &Delivery<CardRemoved>) -> Result<(), HandlerError> {
        let card = delivery.event.card_id;
        Ok(self.0.forget_card(delivery.tenant, card).await?)
    }
}
