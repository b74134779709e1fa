//! Services, stations and closed days.

use motel_appointments::commands::{
    NewBlackout, add_blackout, change_service, create_service, create_station, put_service,
    put_station, remove_blackout,
};
use motel_appointments::queries::{self, AppointmentFilter, PageKey};
use motel_appointments::{AppointmentError, SlotStarts};

use crate::kitchen::{Kitchen, chef, day, dinner, request, six};

#[tokio::test(flavor = "multi_thread")]
async fn putting_the_same_again_changes_nothing() {
    let kitchen = Kitchen::open().await;
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let again = put_service(&mut tx, property, dinner()).await.unwrap();
    assert!(!again.changed);
    assert_eq!(again.row.details, dinner());
    assert!(
        !put_station(&mut tx, property, chef("noor"))
            .await
            .unwrap()
            .changed
    );

    let mut dearer = dinner();
    dearer.price_minor = 6_000;
    let changed = put_service(&mut tx, property, dearer.clone())
        .await
        .unwrap();
    assert!(changed.changed);
    assert_eq!((changed.row.version, changed.row.details), (2, dearer));
    let mut idle = chef("noor");
    idle.services.clear();
    let changed = put_station(&mut tx, property, idle).await.unwrap();
    assert!(changed.changed && changed.row.details.services.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_unique_and_versions_are_checked() {
    let kitchen = Kitchen::open().await;
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let feast = queries::service_by_code(&mut tx, property.id, "feast")
        .await
        .unwrap()
        .unwrap();
    let stale = change_service(&mut tx, property, feast.id, dinner(), 9).await;
    assert!(matches!(stale, Err(AppointmentError::Stale(1))));
    let twice = create_service(&mut tx, property, dinner()).await;
    assert!(matches!(twice, Err(AppointmentError::CodeTaken(_))));
    let mut tx = kitchen.tx().await;
    let twice = create_station(&mut tx, property, chef("noor")).await;
    assert!(matches!(twice, Err(AppointmentError::CodeTaken(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_refused_by_field() {
    let kitchen = Kitchen::bare().await;
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let mut wrong = dinner();
    wrong.code = "No spaces".to_owned();
    wrong.min_guests = 91;
    wrong.starts = SlotStarts::Every { minutes: 0 };
    wrong.reminder_hours = vec![24, 24];
    let Err(AppointmentError::Invalid(fields)) = put_service(&mut tx, property, wrong).await else {
        panic!("it was taken");
    };
    let fields: Vec<_> = fields.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        ["code", "starts.minutes", "max_guests", "reminder_hours"]
    );
    // The service has to be there before a station can do it.
    let early = put_station(&mut tx, property, chef("noor")).await;
    assert!(matches!(early, Err(AppointmentError::Invalid(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_days_are_listed_and_opened_again() {
    let kitchen = Kitchen::open().await;
    let property = kitchen.demo.property.id;
    let mut tx = kitchen.tx().await;
    let closed = NewBlackout {
        service: None,
        station: None,
        first_day: day("2026-12-24"),
        last_day: day("2026-12-26"),
        reason: "Holidays".to_owned(),
    };
    let backwards = NewBlackout {
        last_day: day("2026-12-23"),
        ..closed.clone()
    };
    assert!(add_blackout(&mut tx, property, backwards).await.is_err());
    let added = add_blackout(&mut tx, property, closed).await.unwrap();
    for (first, last, found) in [
        ("2026-12-26", "2026-12-31", 1),
        ("2026-12-27", "2026-12-31", 0),
        ("2026-12-01", "2026-12-24", 1),
        ("2026-12-01", "2026-12-23", 0),
    ] {
        let all = queries::blackouts(&mut tx, property, day(first), day(last)).await;
        assert_eq!(all.unwrap().len(), found, "{first}");
    }
    remove_blackout(&mut tx, added.id).await.unwrap();
    let again = remove_blackout(&mut tx, added.id).await;
    assert!(matches!(again, Err(AppointmentError::NotFound(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_list_are_the_list() {
    let kitchen = Kitchen::open().await;
    let mut booked = Vec::new();
    for n in 0..3 {
        let email = format!("guest{n}@example.com");
        booked.push(kitchen.booked(&request(six(), 10, &email)).await);
    }
    let property = kitchen.demo.property.id;
    let mut tx = kitchen.tx().await;
    let all = AppointmentFilter::default();
    let first = queries::list(&mut tx, property, &all, None, 2)
        .await
        .unwrap();
    let after = PageKey(first[1].starts_at, first[1].id);
    let rest = queries::list(&mut tx, property, &all, Some(after), 2)
        .await
        .unwrap();
    let seen: Vec<_> = first.iter().chain(&rest).map(|one| one.id).collect();
    let ids: Vec<_> = booked.iter().map(|one| one.id).collect();
    assert_eq!(seen, ids);
    let one_chef = AppointmentFilter {
        station: Some(booked[0].stations[0]),
        email: Some(booked[0].booker.email.clone()),
        service: Some(booked[0].service),
        from: Some(day("2026-12-12")),
        to: Some(day("2026-12-12")),
        ..all
    };
    let found = queries::list(&mut tx, property, &one_chef, None, 9)
        .await
        .unwrap();
    assert_eq!(found, booked[..1]);
}
