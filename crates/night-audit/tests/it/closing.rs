use futures::future::join_all;
use motel_bookings::commands::undo;
use motel_bookings::{By, ReservationStatus};
use motel_night_audit::{FindingKind, NightAuditError};

use crate::motel::{Motel, day, now, on};

#[tokio::test(flavor = "multi_thread")]
async fn nights_are_charged_as_they_pass_and_the_day_moves_on() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 2).await;
    let later = motel.book(3, 1).await;
    motel.check_in(&booking, now()).await;

    let first = motel.close(1).await.unwrap();
    assert_eq!(first.report.charged.len(), 1);
    // $120 and 12 % of it, or the tax of both nights where it is not divided by night.
    let charged = &first.report.charged[0];
    assert_eq!(
        (charged.night, &charged.booking_code),
        (day(1), &booking.code)
    );
    let figures = first.statistics;
    assert_eq!(
        (figures.units, figures.out_of_order, figures.sold),
        (10, 0, 1)
    );
    assert_eq!(figures.room_revenue.minor(), 12_000);
    assert_eq!(figures.occupancy_basis_points(), 1_000);
    assert_eq!(figures.average_daily_rate().minor(), 12_000);
    assert_eq!(figures.revenue_per_available_unit().minor(), 1_200);
    assert_eq!(motel.business_date().await, day(2));

    let second = motel.close(2).await.unwrap();
    let sum: i64 = [&first, &second]
        .iter()
        .flat_map(|audit| &audit.report.charged)
        .map(|night| night.amount.minor())
        .sum();
    assert_eq!(sum, booking.total().minor());
    let stay = booking.first().id;
    assert_eq!(motel.told().await, [(stay, day(1)), (stay, day(2))]);

    // They should have left by the third, on which a guest does not come.
    let third = motel.close(3).await.unwrap();
    assert_eq!(third.report.charged, []);
    assert_eq!(third.statistics.sold, 0);
    assert_eq!(third.report.findings.len(), 1);
    assert_eq!(third.report.findings[0].kind, FindingKind::DueOut);
    assert_eq!(third.report.no_shows.len(), 1);
    assert_eq!(third.report.no_shows[0].booking_code, later.code);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_closed_once_and_in_its_turn() {
    let motel = Motel::open().await;
    for wrong in [2, 7] {
        let refused = motel.close_at(wrong, on(1)).await;
        assert!(
            matches!(refused, Err(NightAuditError::NotTheDay { .. })),
            "{refused:?}"
        );
    }
    motel.close(1).await.unwrap();
    let again = motel.close(1).await;
    assert!(
        matches!(again, Err(NightAuditError::AlreadyClosed(_))),
        "{again:?}"
    );
    // It is still the first on the wall.
    let ahead = motel.close_at(2, on(1)).await;
    assert!(
        matches!(ahead, Err(NightAuditError::NotBegun(_))),
        "{ahead:?}"
    );
    assert_eq!(motel.count("night_audit.audits").await, 1);
    assert_eq!(motel.business_date().await, day(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_close_a_day_at_once_one_does() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 2).await;
    motel.check_in(&booking, now()).await;

    let outcomes = join_all((0..12).map(|_| motel.close(1))).await;

    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let closed =
        |it: &&Result<_, NightAuditError>| matches!(it, Err(NightAuditError::AlreadyClosed(_)));
    assert_eq!(
        (done, outcomes.iter().filter(closed).count()),
        (1, 11),
        "{outcomes:?}"
    );
    assert_eq!(motel.told().await.len(), 1);
    assert_eq!(motel.business_date().await, day(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_come_is_a_no_show_that_can_be_undone_in_the_morning() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 2).await;
    let sold = "inventory.nightly_counters WHERE sold > 0";
    assert_eq!(motel.count(sold).await, 2);

    let audit = motel.close(1).await.unwrap();
    let rolled = &audit.report.no_shows[0];
    assert_eq!(rolled.fee, booking.first().no_show_fee());
    assert_eq!(motel.count(sold).await, 0);
    assert_eq!(motel.told().await, []);

    let mut tx = motel.tx().await;
    let stay = booking.first().id;
    let effect = undo(&mut tx, &motel.property, stay, None, &By::system(), on(2))
        .await
        .unwrap();
    assert_eq!(effect.reservation.status, ReservationStatus::Confirmed);
    tx.commit().await.unwrap();
    motel.check_in(&booking, on(2)).await;

    // The night that was kept for them is charged with the next.
    let next = motel.close(2).await.unwrap();
    let nights: Vec<_> = next
        .report
        .charged
        .iter()
        .map(|night| night.night)
        .collect();
    assert_eq!(nights, [day(1), day(2)]);
    assert_eq!(next.statistics.room_revenue.minor(), 12_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_before_the_day_is_closed_has_slept_in_the_house_all_the_same() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 1).await;
    motel.check_in(&booking, now()).await;
    motel.check_out(&booking, now()).await;

    let audit = motel.close(1).await.unwrap();
    assert_eq!(audit.statistics.sold, 1);
    assert_eq!(audit.report.charged.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_that_are_over_are_released_and_a_broken_unit_lowers_the_denominator() {
    let motel = Motel::open().await;
    let booking = motel.book(1, 1).await;
    motel.hold(2, 2).await;
    motel.check_in(&booking, now()).await;
    let mut admin = motel.test.admin().await;
    let block = "INSERT INTO inventory.blocks (tenant_id, id, property_id, unit_id, kind, first_night, until, reason, created_by, created_at)
        SELECT tenant_id, gen_random_uuid(), property_id, id, 'out_of_order', '2026-12-01', '2026-12-03', 'a leak', 'system', now()
        FROM inventory.units WHERE number = (SELECT max(number) FROM inventory.units)";
    diesel_async::RunQueryDsl::execute(diesel::sql_query(block), &mut admin)
        .await
        .unwrap();

    let evening = now() + chrono::Duration::hours(8);
    let audit = motel.close_at(1, evening).await.unwrap();
    assert_eq!(audit.report.holds_released, 1);
    let figures = audit.statistics;
    assert_eq!((figures.units, figures.out_of_order), (10, 1));
    assert_eq!(figures.occupancy_basis_points(), 1_111);
    assert_eq!(
        motel
            .count("inventory.nightly_counters WHERE sold > 0")
            .await,
        1
    );
}
