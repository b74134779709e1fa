//! Payments that somebody wants back by way of the bank.

use motel_billing::commands::Taken;
use motel_billing::{BillingError, DisputeState, IntentState, PaymentLink};
use motel_payments::{EventKind, GatewayEvent};

use crate::events::permutations;
use crate::http::Served;
use crate::motel::{Motel, event, usd};

fn told(kind: EventKind, link: &PaymentLink) -> GatewayEvent {
    GatewayEvent {
        gateway_reference: format!("du_{}", link.id),
        ..event(&format!("evt_{}_{}", kind.as_str(), link.id), kind, link)
    }
}

async fn at_stripe(motel: &Motel) -> (i64, i64) {
    let sum = |account: &str| {
        format!(
            "SELECT coalesce(sum(amount_minor), 0) FROM billing.entry_lines WHERE account = '{account}'"
        )
    };
    let payments = motel.number(&sum("payments")).await;
    (payments, motel.number(&sum("disputes")).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_of_news_about_a_dispute_ends_in_the_same_books() {
    for (end, state, owed, kept) in [
        (EventKind::DisputeWon, IntentState::Succeeded, 0, 1),
        (EventKind::DisputeLost, IntentState::Disputed, 1, 0),
    ] {
        let motel = Motel::open().await;
        let news = [EventKind::Paid, EventKind::Disputed, end, end];
        let (mut round, mut total) = (0, 0);
        for order in permutations(news.len()) {
            round += 1;
            let booking = motel.book_nights(round, 1, 0).await;
            let link = motel.link(&booking).await;
            let due = link.amount.minor();
            for place in &order {
                let kind = news[*place];
                let event = match kind {
                    EventKind::Paid => event(&format!("evt_{}", link.id), kind, &link),
                    _ => told(kind, &link),
                };
                motel.take(&event).await;
            }
            total += kept * due;
            assert_eq!(motel.balance(&booking).await, owed * due, "{order:?}");
            assert_eq!(at_stripe(&motel).await, (total, 0), "{order:?}");
            let payment = motel.payment(link.id).await;
            assert_eq!(payment.state, state, "{order:?}");
            assert!(payment.disputes[0].closed_at.is_some());
        }
        assert_eq!(motel.wrong_in_the_books().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn disputed_money_is_set_aside_and_is_not_refunded() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let link = motel.pay(&booking).await;
    let part = GatewayEvent {
        amount: usd(40_000),
        ..told(EventKind::Disputed, &link)
    };
    assert_eq!(motel.take(&part).await, Taken::Posted);
    assert_eq!(at_stripe(&motel).await, (2_112, 40_000));
    // Who owes it is not decided.
    assert_eq!(motel.balance(&booking).await, 0);
    assert_eq!(motel.payment(link.id).await.state, IntentState::Disputed);
    let refused = motel.request_refund(link.id, Some(2_113)).await;
    assert!(
        matches!(refused, Err(BillingError::AbovePaid)),
        "{refused:?}"
    );
    // What is decided stays decided.
    for (kind, taken) in [
        (EventKind::DisputeWon, Taken::Posted),
        (EventKind::DisputeLost, Taken::Noted),
    ] {
        let decided = GatewayEvent {
            amount: usd(40_000),
            ..told(kind, &link)
        };
        assert_eq!(motel.take(&decided).await, taken);
    }
    let payment = motel.payment(link.id).await;
    assert_eq!(payment.disputes[0].state, DisputeState::Won);
    assert_eq!(at_stripe(&motel).await, (42_112, 0));
    assert_eq!(
        motel.request_refund(link.id, None).await.unwrap().amount,
        usd(42_112)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandboxs_cards_play_it() {
    for (card, state, balance) in [
        ("dispute", "disputed", 0),
        ("dispute_won", "succeeded", 0),
        ("dispute_lost", "disputed", 42_112),
    ] {
        let served = Served::open().await;
        let booking = served.motel.book().await;
        let (page, _) = served.page(&booking).await;
        served
            .sandbox
            .choose(page, card.parse().unwrap())
            .await
            .unwrap();
        served.worker().run_until_idle().await.unwrap();
        assert_eq!(served.state().await, state, "{card}");
        assert_eq!(served.motel.balance(&booking).await, balance, "{card}");
        assert_eq!(served.motel.wrong_in_the_books().await, []);
    }
}
