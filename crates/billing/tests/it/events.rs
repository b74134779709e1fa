use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_billing::commands::{Taken, take_gateway_event};
use motel_billing::{BillingError, LinkStatus, queries};
use motel_kernel::{Money, PaymentLinkId};
use motel_payments::{EventKind, GatewayEvent, GatewayName};
use motel_tenancy::testing::other_tenant;

use crate::motel::{Motel, event, received, usd};

async fn status(motel: &Motel, link: PaymentLinkId) -> LinkStatus {
    let mut tx = motel.tx().await;
    queries::payment_link(&mut tx, link)
        .await
        .unwrap()
        .unwrap()
        .status
}

async fn count(motel: &Motel, what: &str) -> i64 {
    let mut admin = motel.test.admin().await;
    diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!(
        "(SELECT count(*) FROM {what})"
    )))
    .get_result(&mut admin)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_told_twice_pays_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let paid = event("evt_1", EventKind::Paid, &link);

    assert_eq!(motel.take(&paid).await, Taken::Posted);
    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(motel.take(&paid).await, Taken::Duplicate);
    // Another event about the same checkout: its money is the same money.
    let again = event("evt_2", EventKind::Paid, &link);
    assert_eq!(motel.take(&again).await, Taken::PostedBefore);

    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(status(&motel, link.id).await, LinkStatus::Paid);
    assert_eq!(
        count(&motel, "jobs.events WHERE kind = 'payment.received'").await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_deliveries_at_once_pay_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let paid = event("evt_1", EventKind::Paid, &link);

    let outcomes = join_all((0..100).map(|_| motel.take(&paid))).await;

    let posted = outcomes.iter().filter(|it| **it == Taken::Posted).count();
    let doubled = outcomes
        .iter()
        .filter(|it| **it == Taken::Duplicate)
        .count();
    assert_eq!((posted, doubled), (1, 99));
    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(count(&motel, "billing.gateway_events").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_of_events_ends_in_the_same_state() {
    let motel = Motel::open().await;
    let told = [
        ("declined", EventKind::Declined),
        ("expired", EventKind::Expired),
        ("paid", EventKind::Paid),
        ("paid", EventKind::Paid),
    ];
    for order in permutations(told.len()) {
        let round = count(&motel, "billing.folios").await;
        let booking = motel
            .book_nights(1 + u64::try_from(round).unwrap(), 1, 0)
            .await;
        let link = motel.link(&booking).await;
        for place in &order {
            let (name, kind) = told[*place];
            let id = format!("evt_{name}_{round}");
            motel.take(&event(&id, kind, &link)).await;
        }
        assert_eq!(motel.balance(&booking).await, 0, "{order:?}");
        assert_eq!(status(&motel, link.id).await, LinkStatus::Paid, "{order:?}");
    }
}

pub(crate) fn permutations(length: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..length {
        all = all
            .into_iter()
            .flat_map(|shorter| {
                (0..=shorter.len()).map(move |place| {
                    let mut longer = shorter.clone();
                    longer.insert(place, next);
                    longer
                })
            })
            .collect();
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_leaves_the_folio_due_and_the_link_open() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let taken = motel
        .take(&event("evt_1", EventKind::Declined, &link))
        .await;
    assert_eq!(taken, Taken::Noted);
    assert_eq!(motel.balance(&booking).await, booking.total().minor());
    assert_eq!(status(&motel, link.id).await, LinkStatus::Open);
    assert_eq!(motel.link(&booking).await.id, link.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_failed_for_good_is_followed_by_a_new_link() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let failed = event("evt_1", EventKind::Failed, &link);
    assert_eq!(motel.take(&failed).await, Taken::Closed);
    assert_eq!(status(&motel, link.id).await, LinkStatus::Failed);
    assert_ne!(motel.link(&booking).await.id, link.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_amount_is_booked_as_it_came() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let short = GatewayEvent {
        amount: usd(10_000),
        ..event("evt_1", EventKind::Paid, &link)
    };
    assert_eq!(motel.take(&short).await, Taken::OtherAmount);
    let rest = booking.total().minor() - 10_000;
    assert_eq!(motel.balance(&booking).await, rest);
    assert_eq!(motel.link(&booking).await.amount, usd(rest));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_true_of_a_link_is_kept_and_posts_nothing() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let yen = GatewayEvent {
        amount: Money::new(42_112, "JPY".parse().unwrap()),
        ..event("evt_1", EventKind::Paid, &link)
    };
    assert_eq!(motel.take(&yen).await, Taken::Refused);

    let of_the_sandbox = event("evt_2", EventKind::Paid, &link);
    let mut tx = motel.tx().await;
    let mut forged = received(&of_the_sandbox);
    forged.gateway = GatewayName::Sandbox;
    let taken = take_gateway_event(&mut tx, forged).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(taken, Taken::Refused);

    assert_eq!(motel.balance(&booking).await, booking.total().minor());
    assert_eq!(
        count(&motel, "billing.gateway_events WHERE outcome = 'refused'").await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_cannot_take_an_event_for_anothers_link() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.link(&booking).await;
    let stranger = other_tenant(&motel.test).await.tenant;
    let paid = event("evt_1", EventKind::Paid, &link);
    let mut tx = motel.test.db().tenant(stranger).await.unwrap();
    let outcome = take_gateway_event(&mut tx, received(&paid)).await;
    assert!(matches!(outcome, Err(BillingError::NotFound(_))));
    drop(tx);

    let mut platform = motel.test.db().platform("a test").await.unwrap();
    let found = queries::tenant_of_link(&mut platform, link.id).await;
    assert_eq!(found.unwrap(), Some(motel.tenant));
}
