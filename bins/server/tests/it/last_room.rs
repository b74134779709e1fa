//! Everybody wants the last room at once.

use futures::future::join_all;

use crate::caller::stay;
use crate::desk::{Desk, day};

const GUESTS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn the_last_room_is_sold_once() {
    let desk = Desk::open().await;
    let mut books = desk.site.books().await;
    let (check_in, check_out) = (day(30).to_string(), day(33).to_string());
    for guest in 0..2 {
        let wanted = stay(
            "king_suite",
            &check_in,
            &check_out,
            &format!("early{guest}@example.com"),
        );
        desk.post("/bookings", &wanted).await.json(201);
    }

    let wishes: Vec<_> = (0..GUESTS)
        .map(|guest| {
            stay(
                "king_suite",
                &check_in,
                &check_out,
                &format!("guest{guest}@example.com"),
            )
        })
        .collect();
    let answers = join_all(wishes.iter().map(|wanted| desk.post("/bookings", wanted))).await;

    let (booked, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(booked.len(), 1);
    assert_eq!(refused.len(), GUESTS - 1);
    for answer in refused {
        answer.problem(409, "sold_out");
    }

    let nights = format!(
        "FROM inventory.nightly_counters c JOIN inventory.unit_groups g ON (g.tenant_id, g.id) = (c.tenant_id, c.unit_group_id)
         WHERE g.code = 'king_suite' AND c.night >= '{check_in}' AND c.night < '{check_out}'"
    );
    assert_eq!(
        books
            .lines(&format!("SELECT c.sold || ' of ' || c.capacity {nights}"))
            .await,
        ["3 of 3"; 3]
    );
    assert_eq!(
        books
            .number("SELECT sum(sold) FROM inventory.nightly_counters")
            .await,
        9
    );
    assert_eq!(
        books.number("SELECT count(*) FROM bookings.bookings").await,
        3
    );
    assert_eq!(books.number("SELECT count(*) FROM guests.guests").await, 3);
    assert_eq!(books.unsound_sales().await, Vec::<String>::new());
    let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(books.number(deadlocks).await, 0);
}
