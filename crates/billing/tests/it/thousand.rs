//! A thousand webhooks, shuffled and doubled, end where the same ones end in order.

use futures::StreamExt;
use futures::stream;
use motel_payments::{EventKind, GatewayEvent};
use reqwest::StatusCode;
use serde_json::Value;

use crate::http::Served;
use crate::motel::usd;

const LINKS: usize = 64;
const DELIVERIES: usize = 1_000;

/// What happens to the payment of that place, in order.
fn story(place: usize) -> &'static [EventKind] {
    use EventKind::{
        Declined, DisputeLost, DisputeWon, Disputed, Expired, Failed, Paid, RefundFailed,
        RefundProcessing, Refunded,
    };
    match place % 8 {
        0 => &[Declined, Declined, Paid],
        1 => &[Declined, Expired],
        2 => &[Failed],
        3 => &[Paid, RefundProcessing, Refunded],
        4 => &[Paid, RefundProcessing, Refunded, RefundFailed],
        5 => &[Declined, Paid, Disputed, DisputeWon],
        6 => &[Paid, Disputed, DisputeLost],
        // Paid on a page that had been over for us.
        _ => &[Declined, Expired, Paid],
    }
}

/// The motel with bookings to pay for, and all there is to tell of them, in order.
async fn telling() -> (Served, Vec<GatewayEvent>) {
    let served = Served::open().await;
    let mut told = Vec::new();
    for place in 0..LINKS {
        let night = 1 + u64::try_from(place / 4).unwrap();
        let booking = served.motel.book_nights(night, 1, 0).await;
        let link: Value = served
            .link(booking.code.as_str())
            .await
            .json()
            .await
            .unwrap();
        let amount = link["amount_minor"].as_i64().unwrap();
        let again = 3 + place % 5;
        let attempts = std::iter::repeat_n(&EventKind::Declined, again);
        for (nth, kind) in attempts.chain(story(place)).enumerate() {
            let (of, amount) = match kind {
                EventKind::RefundProcessing | EventKind::Refunded | EventKind::RefundFailed => {
                    ("re", amount / 2)
                }
                EventKind::Disputed | EventKind::DisputeWon | EventKind::DisputeLost => {
                    ("du", amount)
                }
                _ => ("cs", amount),
            };
            told.push(GatewayEvent {
                event_id: format!("evt_{place}_{nth}"),
                kind: *kind,
                gateway_reference: format!("{of}_{place}"),
                reference: link["link_id"].as_str().unwrap().parse().unwrap(),
                refund: None,
                amount: usd(amount),
            });
        }
    }
    (served, told)
}

/// All that became of it, without what differs between any two motels. Of the money lines their sum: a refund that is heard
/// to have bounced before it is heard of is never posted, in order it is posted and posted back.
async fn end(served: &Served) -> Vec<String> {
    let mut admin = served.motel.test.admin().await;
    let lines: Vec<Line> = diesel_async::RunQueryDsl::load(diesel::sql_query(END), &mut admin)
        .await
        .unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

const END: &str = "
WITH links AS (
    SELECT link.*, row_number() OVER (ORDER BY link.created_at, link.id) AS place FROM billing.payment_links link)
SELECT format('%s: %s %s paid %s; refunds %s; disputes %s; posted %s; kept %s', place, links.status, intent.state, intent.paid_minor,
    (SELECT string_agg(refund.gateway_reference || ' ' || refund.state || ' ' || refund.amount_minor, ', ' ORDER BY 1)
        FROM billing.refunds refund WHERE refund.link_id = links.id),
    (SELECT string_agg(dispute.reference || ' ' || dispute.state || ' ' || dispute.amount_minor, ', ' ORDER BY 1)
        FROM billing.disputes dispute WHERE dispute.link_id = links.id),
    (SELECT sum(posting.amount_minor)
        FROM billing.postings posting WHERE posting.folio_id = links.folio_id AND posting.kind IN ('payment', 'refund')),
    (SELECT count(*) || ' ' || sum(event.attempts) || ' ' || string_agg(DISTINCT event.state, ' ')
        FROM billing.payment_events event WHERE event.link_id = links.id)) AS line
FROM links JOIN billing.payment_intents intent ON intent.id = links.id
UNION ALL
SELECT format('%s %s: %s', account, detail, sum(amount_minor)) FROM billing.entry_lines GROUP BY account, detail
HAVING sum(amount_minor) <> 0
ORDER BY 1";

/// In an order of its own for each seed.
fn shuffle<T>(things: &mut [T], mut seed: u64) {
    for place in (1..things.len()).rev() {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let other = usize::try_from(seed % (u64::try_from(place).unwrap() + 1)).unwrap();
        things.swap(place, other);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_shuffled_and_doubled_webhooks_end_where_they_end_in_order() {
    let (in_order, told) = telling().await;
    for event in &told {
        assert_eq!(in_order.webhook(event).await, StatusCode::OK);
    }
    let expected = end(&in_order).await;

    let (shuffled, told) = telling().await;
    let distinct = told.len();
    assert!((500..DELIVERIES).contains(&distinct), "{distinct}");
    let mut deliveries: Vec<&GatewayEvent> = told.iter().cycle().take(DELIVERIES).collect();
    shuffle(&mut deliveries, 20_261_122);
    let statuses: Vec<StatusCode> = stream::iter(deliveries)
        .map(|event| shuffled.webhook(event))
        .buffer_unordered(8)
        .collect()
        .await;
    assert_eq!(statuses.len(), DELIVERIES);
    assert!(statuses.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(end(&shuffled).await, expected);
    assert_eq!(
        expected
            .iter()
            .filter(|line| line.contains("taken"))
            .count(),
        LINKS
    );
    let rows = "SELECT count(*) FROM billing.payment_events";
    assert_eq!(
        shuffled.motel.number(rows).await,
        i64::try_from(distinct).unwrap()
    );
    assert_eq!(shuffled.motel.wrong_in_the_books().await, []);
}
