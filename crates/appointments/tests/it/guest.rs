//! A guest is merged, given out and erased, and their appointments follow.

use motel_appointments::commands::{BookRequest, cancel};
use motel_appointments::{GuestAppointments, queries};
use motel_guests::commands::{self, Occasion};
use motel_guests::{Keepers, Person};
use motel_kernel::Actor;

use crate::kitchen::{Kitchen, guest, noon, request, six};

fn by() -> Occasion {
    Occasion {
        actor: Actor::System,
        now: noon(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn appointments_follow_a_merged_guest_and_are_given_out() {
    let kitchen = Kitchen::open().await;
    let ours = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let theirs = kitchen.booked(&request(six(), 12, "b@example.com")).await;
    let keepers = Keepers::none().and(GuestAppointments);
    let (a, b) = (ours.booker.guest, theirs.booker.guest);
    let mut tx = kitchen.tx().await;
    commands::merge(&mut tx, &keepers, a, b, None, by())
        .await
        .unwrap();
    let moved = queries::find(&mut tx, theirs.id).await.unwrap();
    assert_eq!((moved.booker.guest, moved.version), (a, theirs.version + 1));
    assert_eq!(moved.booker.email, theirs.booker.email);
    let untouched = queries::find(&mut tx, ours.id).await.unwrap();
    assert_eq!(untouched, ours);

    let person = Person {
        id: a,
        ids: vec![a, b],
        emails: Vec::new(),
        phones: Vec::new(),
    };
    let kept = keepers.kept(&mut tx, &person).await.unwrap();
    assert_eq!(kept[0].0, "appointments");
    let codes: Vec<_> = kept[0]
        .1
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str())
        .collect();
    assert_eq!(
        codes,
        [Some(ours.code.as_str()), Some(theirs.code.as_str())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_guest_had_an_appointment_and_that_is_all() {
    let kitchen = Kitchen::open().await;
    let wanted = request(six(), 10, "ada@example.com");
    let wanted = BookRequest {
        notes: "Ada likes salmon".to_owned(),
        ..wanted
    };
    let booked = kitchen.booked(&wanted).await;
    let other = kitchen.booked(&request(six(), 12, "b@example.com")).await;
    let keepers = Keepers::none().and(GuestAppointments);
    let id = booked.booker.guest;
    let mut tx = kitchen.tx().await;
    let early = commands::erase(&mut tx, &keepers, id, None, by()).await;
    assert_eq!(early.unwrap_err().code(), "guest_expected");
    cancel(&mut tx, booked.id, None, &guest(), noon())
        .await
        .unwrap();
    commands::erase(&mut tx, &keepers, id, None, by())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    for trace in ["ada@example.com", "Ada likes"] {
        let left = format!(
            "SELECT count(*) FROM appointments.appointments t WHERE strpos(t::text, '{trace}') > 0"
        );
        assert_eq!(kitchen.number(&left).await, 0, "{trace}");
    }
    let mut tx = kitchen.tx().await;
    let left = queries::find(&mut tx, booked.id).await.unwrap();
    assert_eq!((left.price, left.wishes.guests), (booked.price, 10));
    assert_eq!(left.wishes.destination, None);
    let theirs = queries::find(&mut tx, other.id).await.unwrap();
    assert_eq!(theirs, other, "others are left alone");
}
