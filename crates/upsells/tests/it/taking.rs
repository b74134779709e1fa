//! What an offer costs, and what became of it.

use chrono::Days;
use motel_upsells::{Offered, Outcome, Past, Priced, Rule, Showing, Wanted, commands, queries};

use crate::motel::{Motel, late_rule, noon, package, party, room, stay, today, usd};

async fn priced(
    motel: &Motel,
    with: Option<&str>,
    offered: &Offered,
) -> Option<(String, i64, i64)> {
    let tx = motel.tx().await;
    let wanted = Wanted {
        stay: stay(),
        party: party(),
        room_type: "standard_queen",
    };
    let found = queries::priced(&tx, motel.property(), &wanted, with, offered, noon())
        .await
        .unwrap();
    found.map(|priced| (priced.name, priced.extra.minor(), priced.total.minor()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_costs_what_the_search_says() {
    let motel = Motel::open().await;
    // Two nights at $120, and 12 %: $268.80. On top $25, or four times $15, with the same tax.
    let late = priced(&motel, None, &package("late")).await;
    assert_eq!(late, Some(("Late check-out".to_owned(), 2_800, 29_680)));
    let wine = priced(&motel, None, &package("wine")).await;
    assert_eq!(wine, Some(("Wine evening".to_owned(), 6_720, 33_600)));
    // Two nights at $180; with the late check-out $28 more on both sides.
    let king = priced(&motel, None, &room("king_suite")).await;
    assert_eq!(king, Some(("King Suite".to_owned(), 13_440, 40_320)));
    let king_late = priced(&motel, Some("late"), &room("king_suite")).await;
    assert_eq!(king_late, Some(("King Suite".to_owned(), 13_440, 43_120)));
    // What takes something off, or is not there, is no offer.
    assert_eq!(priced(&motel, None, &package("sale")).await, None);
    assert_eq!(priced(&motel, None, &package("spa")).await, None);
    assert_eq!(priced(&motel, None, &room("standard_queen")).await, None);
}

async fn show(
    motel: &Motel,
    rule: &Rule,
    conversation: motel_kernel::ConversationId,
    minor: i64,
) -> Option<motel_upsells::ShowingId> {
    let priced = Priced {
        name: "Late check-out".to_owned(),
        extra: usd(minor),
        total: usd(minor + 26_880),
    };
    let showing = Showing {
        rule,
        conversation,
        priced: &priced,
        today: today(),
        now: noon(),
    };
    let mut tx = motel.tx().await;
    let shown = commands::show(&mut tx, &showing).await.unwrap();
    tx.commit().await.unwrap();
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_counts_once_and_take_up_adds_up() {
    let motel = Motel::open().await;
    let rule = motel.rule(late_rule()).await;
    let booking = motel.booking(Some("late")).await;
    for (answer, booked) in [
        (Some(Outcome::Taken), true),
        (Some(Outcome::Taken), false),
        (Some(Outcome::Declined), false),
        (None, false),
    ] {
        let conversation = motel.conversation().await;
        let shown = show(&motel, &rule, conversation, 2_800).await.unwrap();
        assert_eq!(show(&motel, &rule, conversation, 2_800).await, None, "once");
        let mut tx = motel.tx().await;
        if let Some(answer) = answer {
            assert!(
                commands::answer(&mut tx, shown, answer, noon())
                    .await
                    .unwrap()
            );
            let other = commands::answer(&mut tx, shown, Outcome::Declined, noon()).await;
            assert!(!other.unwrap(), "the first answer stands");
        }
        if booked {
            commands::become_part(&mut tx, shown, booking.id, Some(usd(5_600)))
                .await
                .unwrap();
        }
        let past = queries::past(&tx, conversation).await.unwrap();
        let refused = answer == Some(Outcome::Declined);
        assert_eq!(
            past,
            Past {
                shown: vec![rule.id],
                refused
            }
        );
        tx.commit().await.unwrap();
    }
    let tx = motel.tx().await;
    let next = today() + Days::new(1);
    let counted = queries::take_up(&tx, motel.property(), today(), next)
        .await
        .unwrap();
    let [of_rule] = counted.as_slice() else {
        panic!("{counted:?}");
    };
    assert_eq!((of_rule.shown, of_rule.taken, of_rule.declined), (4, 2, 1));
    assert_eq!((of_rule.booked, of_rule.revenue), (1, usd(5_600)));
    let later = queries::take_up(&tx, motel.property(), next, next + Days::new(1)).await;
    assert_eq!(later.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_show_at_once_show_once() {
    let motel = Motel::open().await;
    let rule = motel.rule(late_rule()).await;
    let conversation = motel.conversation().await;
    let shown =
        futures::future::join_all((0..4).map(|_| show(&motel, &rule, conversation, 2_800))).await;
    assert_eq!(shown.iter().flatten().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_has_the_price_of_a_real_stay() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let (example, words) = queries::preview(&mut tx, motel.property(), &late_rule(), noon())
        .await
        .unwrap()
        .unwrap();
    // Friday, December 4.
    assert_eq!(example.stay.arrival(), today() + Days::new(3));
    assert_eq!(words, "Would you like Late check-out for $28.00 more?");
    let mut never = late_rule();
    never.conditions.nights.from = Some(200);
    let none = queries::preview(&mut tx, motel.property(), &never, noon()).await;
    assert_eq!(none.unwrap(), None);
}
