//! `kill -9` while guests book, and again, and then everything is still as it was told.

use std::collections::BTreeSet;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use motel_mail::FileMailbox;
use reqwest::Method;
use serde_json::{Value, json};

use crate::binary::Binary;
use crate::books::Books;
use crate::caller::{Caller, stay};
use crate::desk::{Site, day};

const GUESTS: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_front_desk_loses_nothing_it_has_promised() {
    let site = Site::seeded().await;
    let mut books = site.books().await;
    let mut promised = BTreeSet::new();

    let desk = Binary::start(&site).await;
    let conversation = begin_to_book(&desk.caller).await;
    promised.extend(book_until_killed(desk, 0, 1).await);
    assert_eq!(books.unsound_sales().await, Vec::<String>::new());

    let desk = Binary::start(&site).await;
    promised.extend(book_until_killed(desk, 1, 12).await);
    assert_eq!(books.unsound_sales().await, Vec::<String>::new());

    let_leases_run_out(&mut books).await;
    let desk = Binary::start(&site).await;
    let kept = books
        .lines("SELECT code FROM bookings.bookings JOIN bookings.reservations r USING (tenant_id) WHERE r.booking_id = bookings.id AND r.status = 'confirmed'")
        .await;
    let kept: BTreeSet<String> = kept.into_iter().collect();
    let lost: Vec<_> = promised.difference(&kept).collect();
    assert!(lost.is_empty(), "{lost:?} were promised and are gone");

    let booked = go_on_booking(&desk.caller, &conversation).await;
    everything_follows(&site, &mut books).await;
    assert_eq!(books.unsound_sales().await, Vec::<String>::new());
    assert_eq!(
        books.number("SELECT count(*) FROM bookings.bookings").await,
        i64::try_from(kept.len()).unwrap() + 1
    );
    assert!(!kept.contains(&booked));
}

/// Many guests at once; answers the codes that were given out before the kill.
async fn book_until_killed(
    desk: Binary,
    round: usize,
    answers_before_the_kill: usize,
) -> Vec<String> {
    let caller = desk.caller.clone();
    let mut running: FuturesUnordered<_> = (0..GUESTS)
        .map(|guest| book(&caller, round, guest))
        .collect();
    let mut desk = Some(desk);
    let (mut codes, mut cut_off) = (Vec::new(), 0);
    while let Some(answer) = running.next().await {
        match answer {
            Some(code) => codes.push(code),
            None => cut_off += 1,
        }
        if codes.len() >= answers_before_the_kill
            && let Some(desk) = desk.take()
        {
            desk.kill();
        }
    }
    assert!(desk.is_none(), "only {} bookings came through", codes.len());
    assert!(cut_off > 0, "everything was answered before the kill");
    codes
}

/// The code, or nothing where the line went dead.
async fn book(caller: &Caller, round: usize, guest: usize) -> Option<String> {
    let (room_type, rooms) = [
        ("standard_queen", 5),
        ("king_suite", 3),
        ("pet_friendly", 2),
    ][guest % 3];
    // Enough nights for everybody, few enough that guests meet.
    let arrival = day(5 + 30 * round as u64 + (guest / 3 / rooms * 2) as u64);
    let email = format!("guest{guest}@example.com");
    let wanted = stay(
        room_type,
        &arrival.to_string(),
        &(arrival + chrono::Days::new(2)).to_string(),
        &email,
    );
    let request = caller.request(Method::POST, "/bookings").json(&wanted);
    let response = request.send().await.ok()?;
    let status = response.status();
    let said: Value = response.json().await.ok()?;
    assert_eq!(status, 201, "{said}");
    Some(said["code"].as_str().unwrap().to_owned())
}

async fn begin_to_book(caller: &Caller) -> Value {
    let wish = format!(
        "A standard queen for 1 adult from {} to {} please",
        day(80),
        day(82)
    );
    let said = caller.say(&Value::Null, &wish).await;
    said["conversation_id"].clone()
}

/// The dates were said before the first kill.
async fn go_on_booking(caller: &Caller, conversation: &Value) -> String {
    caller
        .say(conversation, "I'm Ana Souza, ana@example.com, no phone")
        .await;
    let booked = caller.say(conversation, "yes").await;
    let booking = &booked["booking"];
    assert_eq!(booking["check_in"], json!(day(80)), "{booked}");
    booking["code"].as_str().unwrap().to_owned()
}

/// What the killed had in hand is theirs until a lease runs out. The lease is moved, not waited for.
pub(crate) async fn let_leases_run_out(books: &mut Books) {
    books
        .execute(
            "UPDATE jobs.deliveries SET locked_until = now() WHERE status = 'running';
             UPDATE mail.outbox SET claimed_until = now() WHERE status = 'sending'",
        )
        .await;
}

/// Every booking has its folio and its one mail, and no job is left.
async fn everything_follows(site: &Site, books: &mut Books) {
    books.until_idle().await;
    let bookings = books.number("SELECT count(*) FROM bookings.bookings").await;
    assert_eq!(
        books.number("SELECT count(*) FROM billing.folios").await,
        bookings
    );
    let mails = FileMailbox::open(site.data_dir.path().join("mailbox"))
        .await
        .unwrap();
    let mails = mails.list().await.unwrap();
    let codes = books.lines("SELECT code FROM bookings.bookings").await;
    for code in &codes {
        let about = mails
            .iter()
            .filter(|mail| mail.subject.contains(code.as_str()));
        assert_eq!(about.count(), 1, "mails about {code}");
    }
    assert_eq!(mails.len(), codes.len());
}
