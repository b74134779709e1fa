//! Gift cards and coupons beside money that comes and goes by a gateway.

use chrono::Duration;
use motel_billing::commands::{
    self as billing, ReceivedEvent, Wanted, keep_card, prepare_link, request_charge,
    request_refund_due, take_gateway_event,
};
use motel_billing::{BillingError, CARD_CONSENT, PaymentLink, Sum};
use motel_bookings::{Booking, By};
use motel_payments::{CardReference, EventKind, GatewayEvent, GatewayName, SavedCard};
use motel_vouchers::{CouponWorth, VoucherError};

use crate::motel::{Motel, asked, clerk, now, said, usd};

impl Motel {
    /// A page at Stripe, of guests who leave their card.
    async fn page(&self, booking: &Booking) -> PaymentLink {
        let wanted = Wanted {
            sum: Sum::Whole,
            gateway: GatewayName::Stripe,
            consent: Some(CARD_CONSENT.version),
        };
        let mut tx = self.tx().await;
        let link = prepare_link(&mut tx, booking, wanted, now()).await.unwrap();
        tx.commit().await.unwrap();
        link
    }

    async fn told(&self, link: &PaymentLink, kind: EventKind, minor: i64) {
        let event = GatewayEvent {
            event_id: format!("evt_{}_{}", kind.as_str(), link.id),
            kind,
            gateway_reference: format!("cs_{}", link.id),
            reference: link.id,
            refund: None,
            amount: usd(minor),
        };
        let received = ReceivedEvent {
            gateway: GatewayName::Stripe,
            event: &event,
            body: b"{}",
            received_at: now(),
        };
        let mut tx = self.tx().await;
        take_gateway_event(&mut tx, received).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What was asked for to go back by gateways, nothing when there is nothing.
    async fn refund_due(&self, booking: &Booking) -> i64 {
        let mut tx = self.tx().await;
        match request_refund_due(&mut tx, booking, By::guest(), now()).await {
            Ok(refunds) => {
                tx.commit().await.unwrap();
                refunds.iter().map(|refund| refund.amount.minor()).sum()
            }
            Err(BillingError::NothingToRefund) => 0,
            Err(other) => panic!("{other:?}"),
        }
    }

    async fn owed_back(&self, booking: &Booking) -> i64 {
        let mut tx = self.tx().await;
        let booking = motel_bookings::queries::find(&mut tx, booking.id).await;
        let owed = motel_billing::queries::owed_back(&mut tx, &booking.unwrap()).await;
        owed.unwrap().minor()
    }
}

/// Whichever is first, the refund or the job that lets go back what gift cards paid: both get theirs, and nobody gets it twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_refund_asked_for_before_the_card_has_its_money_back_leaves_it_to_the_card() {
    for (late, refund_first) in [(false, true), (false, false), (true, true), (true, false)] {
        let motel = Motel::open().await;
        let (card, code) = motel.sell(10_000).await;
        let booking = motel.book(9).await;
        let code = asked(&code.in_groups());
        motel.redeem(&booking, &code).await.unwrap();
        let link = motel.page(&booking).await;
        let paid = link.amount.minor();
        assert_eq!(paid, booking.total().minor() - 10_000);
        motel.told(&link, EventKind::Paid, paid).await;
        assert_eq!(motel.balance(&booking).await, 0);

        let at = match late {
            true => booking.free_until().unwrap() + Duration::minutes(1),
            false => now(),
        };
        let mut tx = motel.tx().await;
        let (property, by) = (&motel.property, By::guest());
        let cancelled =
            motel_bookings::commands::cancel(&mut tx, property, booking.id, &by, at).await;
        let cancelled = cancelled.unwrap();
        tx.commit().await.unwrap();
        let fee = cancelled.cancellation().unwrap().fee.minor();
        assert_eq!(fee > 0, late);

        let back = match refund_first {
            true => {
                let back = motel.refund_due(&cancelled).await;
                motel.settle(&cancelled, at).await;
                back
            }
            false => {
                motel.settle(&cancelled, at).await;
                motel.refund_due(&cancelled).await
            }
        };
        let case = format!("late {late}, refund first {refund_first}");
        let to_card = (10_000 + paid - fee).min(10_000);
        assert_eq!(motel.left(card.id).await, to_card, "{case}");
        assert_eq!(back, paid - fee, "{case}");
        assert_eq!(motel.owed_back(&cancelled).await, 0, "{case}");
        assert_eq!(motel.refund_due(&cancelled).await, 0, "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_kept_card_is_charged_nothing_else_pays() {
    let motel = Motel::open().await;
    let (card, code) = motel.sell(10_000).await;
    let coupon = motel.coupon(said("TEN", CouponWorth::Amount(1_000))).await;
    let booking = motel.book(9).await;
    let page = motel.page(&booking).await;
    motel.told(&page, EventKind::Paid, 1_000).await;
    let saved = SavedCard {
        reference: CardReference {
            customer: "cus_1".to_owned(),
            method: "pm_1".to_owned(),
        },
        brand: "visa".to_owned(),
        last_four: "4242".to_owned(),
        expires_year: 2030,
        expires_month: 8,
    };
    let mut tx = motel.tx().await;
    keep_card(&mut tx, &page, saved, now()).await.unwrap();
    let charge = request_charge(&mut tx, &booking, None, clerk(), now()).await;
    let charge = charge.unwrap();
    tx.commit().await.unwrap();

    let owed = motel.balance(&booking).await;
    for code in [code.in_groups(), "TEN".to_owned()] {
        let refused = motel.redeem(&booking, &asked(&code)).await;
        let is_charging = matches!(
            refused,
            Err(VoucherError::Billing(BillingError::BeingCharged))
        );
        assert!(is_charging, "{code}: {refused:?}");
    }
    // A charge that was withdrawn may have been made all the same.
    let mut tx = motel.tx().await;
    let actor = motel_kernel::Actor::System;
    billing::revoke_link(&mut tx, charge.id, actor, "cash", now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = motel.redeem(&booking, &asked("TEN")).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(motel.balance(&booking).await, owed);
    assert_eq!((motel.left(card.id).await, coupon.uses), (10_000, 0));

    motel.told(&charge, EventKind::Failed, owed).await;
    motel.redeem(&booking, &asked("TEN")).await.unwrap();
    motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    assert_eq!(motel.balance(&booking).await, owed - 11_000);
}
