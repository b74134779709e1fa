//! Payment links that staff withdraw.

use std::sync::Arc;

use motel_billing::commands::revoke_link;
use motel_billing::{BillingError, LinkStatus, Payment, PaymentDesk, jobs, queries};
use motel_jobs::Worker;
use motel_kernel::{Actor, Clock, PaymentLinkId};
use motel_payments::{EventKind, Gateways};
use motel_tenancy::testing::other_tenant;
use reqwest::StatusCode;
use serde_json::Value;

use crate::fake_paypal::FakePayPal;
use crate::http::Served;
use crate::motel::{Motel, event, now};

impl Motel {
    async fn revoke(&self, link: PaymentLinkId) -> Result<Payment, BillingError> {
        let mut tx = self.tx().await;
        let payment = revoke_link(&mut tx, link, Actor::System, "another amount", now()).await?;
        tx.commit().await.unwrap();
        Ok(payment)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_link_says_so_and_gives_way_to_a_new_one() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();
    let first: Value = served.link(&code).await.json().await.unwrap();
    let page = first["payment_url"].as_str().unwrap();
    let id: PaymentLinkId = first["link_id"].as_str().unwrap().parse().unwrap();
    let motel = &served.motel;

    let revoked = motel.revoke(id).await.unwrap();
    assert_eq!(revoked.link.status, LinkStatus::Cancelled);
    // Once more changes nothing.
    motel.revoke(id).await.unwrap();
    let mut tx = motel.tx().await;
    let why = queries::revocations(&mut tx, &[id]).await.unwrap();
    assert_eq!(why[&id].reason, "another amount");
    drop(tx);
    let told = "SELECT count(*) FROM jobs.events WHERE kind = 'payment.revoked'";
    assert_eq!(motel.number(told).await, 1);

    for request in [
        served.client.get(page),
        served.client.post(page).form(&[("choice", "pay")]),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::GONE);
        assert!(answer.text().await.unwrap().contains("withdrawn"));
    }
    let next: Value = served.link(&code).await.json().await.unwrap();
    assert_ne!(next["link_id"], first["link_id"]);
    assert_eq!(next["amount_minor"], first["amount_minor"]);

    let stranger = other_tenant(&motel.test).await.tenant;
    let mut tx = motel.test.db().tenant(stranger).await.unwrap();
    let next: PaymentLinkId = next["link_id"].as_str().unwrap().parse().unwrap();
    let outcome = revoke_link(&mut tx, next, Actor::System, "mine", now()).await;
    assert!(matches!(outcome, Err(BillingError::NotFound(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawn_and_paid_at_once_it_is_one_of_both_and_the_money_counts() {
    let motel = Motel::open().await;
    let (mut won, mut lost) = (0, 0);
    for round in 0..12 {
        let booking = motel.book_nights(1 + round, 1, 0).await;
        let link = motel.link(&booking).await;
        let id = format!("evt_{}", link.id);
        let paid = event(&id, EventKind::Paid, &link);
        let (revoked, _) = if round % 2 == 0 {
            tokio::join!(motel.revoke(link.id), motel.take(&paid))
        } else {
            let (taken, revoked) = tokio::join!(motel.take(&paid), motel.revoke(link.id));
            (revoked, taken)
        };
        match revoked {
            Ok(_) => won += 1,
            Err(BillingError::AlreadyPaid) => lost += 1,
            Err(error) => panic!("{error:?}"),
        }
        // Either way the guest has paid.
        assert_eq!(motel.balance(&booking).await, 0);
        assert_eq!(motel.payment(link.id).await.link.status, LinkStatus::Paid);
    }
    assert_eq!(won + lost, 12);
    assert_eq!(motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_to_an_end_is_not_withdrawn() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    motel.take(&event("evt_1", EventKind::Expired, &link)).await;
    let outcome = motel.revoke(link.id).await;
    assert!(matches!(outcome, Err(BillingError::LinkClosed)));
    let paid = motel.pay(&booking).await;
    let outcome = motel.revoke(paid.id).await;
    assert!(matches!(outcome, Err(BillingError::AlreadyPaid)));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_gateway_cannot_close_its_page_nothing_is_taken_there() {
    let paypal = FakePayPal::open();
    let gateways = Gateways::new(Arc::new(paypal.client()));
    let served = Served::with(|_| gateways.clone()).await;
    let motel = &served.motel;
    let booking = motel.book().await;
    let made: Value = served
        .link(booking.code.as_str())
        .await
        .json()
        .await
        .unwrap();
    let id: PaymentLinkId = made["link_id"].as_str().unwrap().parse().unwrap();
    let order = made["payment_url"].as_str().unwrap();
    let order = order.split_once("token=").unwrap().1;
    motel.revoke(id).await.unwrap();
    let desk = PaymentDesk::new(motel.test.db().clone(), gateways, &served.base);
    let clock: Arc<dyn Clock> = served.clock.clone();
    let worker = jobs::register_desk(Worker::new(motel.test.db().clone()), desk, clock);
    worker.run_until_idle().await.unwrap();
    let undone = "SELECT count(*) FROM jobs.deliveries WHERE status <> 'done'";
    assert_eq!(motel.number(undone).await, 0);
    // The guest had it open, and agrees.
    paypal.approve(order);
    let back = served.get(&format!("/payments/returns/{id}")).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    assert!(paypal.requests("POST", "/capture").is_empty());
    assert_eq!(motel.balance(&booking).await, booking.total().minor());
}
