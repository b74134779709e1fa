//! Another tenant gets nowhere, through any public function.

use motel_appointments::AppointmentError;
use motel_appointments::commands::{
    Change, NewBlackout, add_blackout, book, cancel, change_service, change_station, complete,
    confirm, mark_no_show, remove_blackout, reschedule, ring_due,
};
use motel_appointments::queries::{self, AppointmentFilter};
use motel_tenancy::testing::other_tenant;

use crate::kitchen::{Kitchen, chef, day, dinner, guest, noon, request, six};

fn nowhere<T>(outcome: Result<T, AppointmentError>) -> bool {
    matches!(outcome, Err(AppointmentError::NotFound(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_sees_and_changes_nothing_of_ours() {
    let kitchen = Kitchen::open().await;
    let ours = kitchen.booked(&request(six(), 10, "a@example.com")).await;
    let property = &kitchen.demo.property;
    let mut tx = kitchen.tx().await;
    let closed = NewBlackout {
        service: Some(ours.service),
        station: None,
        first_day: day("2026-12-20"),
        last_day: day("2026-12-20"),
        reason: String::new(),
    };
    let blackout = add_blackout(&mut tx, property.id, closed.clone())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let other = other_tenant(&kitchen.database).await;
    let (id, station, theirs) = (ours.id, ours.stations[0], &other.property);
    let mut tx = kitchen.database.db().tenant(other.tenant).await.unwrap();
    assert!(nowhere(queries::find(&mut tx, id).await));
    assert!(nowhere(queries::find_by_code(&mut tx, &ours.code).await));
    assert!(nowhere(
        queries::find_for_guest(&mut tx, &ours.code, &ours.booker.email).await
    ));
    assert!(nowhere(queries::service(&mut tx, ours.service).await));
    assert!(nowhere(queries::station(&mut tx, station).await));
    for property in [property.id, theirs.id] {
        assert!(
            queries::services(&mut tx, property, true)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            queries::stations(&mut tx, property)
                .await
                .unwrap()
                .is_empty()
        );
        let filter = AppointmentFilter::default();
        assert!(
            queries::list(&mut tx, property, &filter, None, 10)
                .await
                .unwrap()
                .is_empty()
        );
        let days = (day("2026-12-01"), day("2026-12-31"));
        assert!(
            queries::blackouts(&mut tx, property, days.0, days.1)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            queries::on_day(&mut tx, property, day("2026-12-12"))
                .await
                .unwrap()
                .is_empty()
        );
    }
    assert!(queries::history(&mut tx, id).await.unwrap().is_empty());
    let (by, now) = (guest(), noon());
    assert!(nowhere(cancel(&mut tx, id, None, &by, now).await));
    assert!(nowhere(confirm(&mut tx, id, None, &by, now).await));
    assert!(nowhere(complete(&mut tx, id, None, &by, six()).await));
    assert!(nowhere(mark_no_show(&mut tx, id, None, &by, six()).await));
    let change = Change::default();
    assert!(nowhere(
        reschedule(&mut tx, theirs, id, &change, None, &by, now).await
    ));
    let wanted = request(six(), 10, "b@example.com");
    assert!(nowhere(
        book(&mut tx, theirs, &wanted, None, &by, now).await
    ));
    assert!(nowhere(
        book(&mut tx, property, &wanted, None, &by, now).await
    ));
    assert!(nowhere(
        change_service(&mut tx, theirs, ours.service, dinner(), 1).await
    ));
    let mut idle = chef("mateo");
    idle.services.clear();
    assert!(nowhere(
        change_station(&mut tx, theirs, station, idle, 1).await
    ));
    assert!(nowhere(add_blackout(&mut tx, theirs.id, closed).await));
    assert!(nowhere(remove_blackout(&mut tx, blackout.id).await));
    assert_eq!(ring_due(&mut tx, six(), 10).await.unwrap().appointments, 0);
}
