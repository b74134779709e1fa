//! Several who are paid through our gateways.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use chrono::Utc;
use motel_kernel::{Currency, Money, PaymentLinkId};
use motel_payments::{EventKind, GatewayEvent, GatewayName, Payee, PayeeError, Payees, Told};

/// Takes nothing, everything, or cannot say.
struct Somebody {
    answer: Result<bool, &'static str>,
    asked: Arc<AtomicUsize>,
}

#[async_trait]
impl Payee for Somebody {
    async fn take(&self, _: &Told<'_>) -> Result<bool, PayeeError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Ok(self.answer?)
    }
}

/// What comes of an event, and how many were asked.
async fn offered(answers: &[Result<bool, &'static str>]) -> (Result<bool, String>, usize) {
    let asked = Arc::new(AtomicUsize::new(0));
    let payees = answers.iter().fold(Payees::default(), |payees, answer| {
        payees.and(Arc::new(Somebody {
            answer: *answer,
            asked: asked.clone(),
        }))
    });
    let event = GatewayEvent {
        event_id: "evt_1".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: "cs_1".to_owned(),
        reference: PaymentLinkId::new(),
        refund: None,
        amount: Money::new(100, Currency::USD),
    };
    let told = Told {
        gateway: GatewayName::Stripe,
        event: &event,
        at: Utc::now(),
    };
    let taken = payees.take(&told).await;
    let taken = taken.map_err(|error| error.to_string());
    (taken, asked.load(Ordering::SeqCst))
}

#[tokio::test]
async fn one_who_fails_does_not_keep_an_event_from_the_others() {
    let broken = Err("broken");
    assert_eq!(offered(&[broken, Ok(true)]).await, (Ok(true), 2));
    assert_eq!(offered(&[Ok(true), broken]).await, (Ok(true), 1));
    // It may have been of the one who failed, so it is to be told again.
    let nobody = (Err("broken".to_owned()), 3);
    assert_eq!(offered(&[Ok(false), broken, Ok(false)]).await, nobody);
    let first = (Err("broken".to_owned()), 2);
    assert_eq!(offered(&[broken, Err("as well")]).await, first);
    assert_eq!(offered(&[Ok(false), Ok(false)]).await, (Ok(false), 2));
}
