//! Which unit a stay gets, who moves for it, and what stands in the way.

use diesel::dsl::sql;
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures::future::join_all;
use motel_bookings::commands::{self, NoRoom};
use motel_bookings::{BookingError, By, Reservation, ReservationEventKind, queries};
use motel_inventory::commands::{cancel_block, open_nights, shorten_block};
use motel_inventory::{Block, BlockDetails, BlockKind};
use motel_kernel::{Actor, ReservationId, StayDates, UnitId};

use crate::desk::{Desk, Do, noon, request, stay, today};

/// The two pet-friendly units with a stay in each that leave no unit for nights 1 to 3, though each night has room.
struct Fragmented {
    desk: Desk,
    early: Reservation,
    late: Reservation,
}

const ACROSS: (u64, u32) = (1, 3);

impl Fragmented {
    async fn open() -> Self {
        let desk = Desk::open().await;
        let early = desk.stay("pet_friendly", stay(0, 2)).await;
        let between = desk.stay("pet_friendly", stay(1, 2)).await;
        let late = desk.stay("pet_friendly", stay(3, 2)).await;
        desk.act(Do::Cancel, between.id, noon()).await.unwrap();
        assert_ne!(early.unit, late.unit, "the test needs them apart");
        Self { desk, early, late }
    }

    async fn across(&self) -> Result<Reservation, BookingError> {
        let request = request("pet_friendly", stay(ACROSS.0, ACROSS.1), "bo@example.com");
        let booked = self.desk.book(&request, None).await?;
        Ok(booked.booking.reservations[0].clone())
    }
}

impl Desk {
    async fn pin(
        &self,
        id: ReservationId,
        unit: Option<UnitId>,
    ) -> Result<Reservation, BookingError> {
        let mut tx = self.tx().await;
        let by = By::guest();
        let effect =
            commands::pin(&mut tx, &self.demo.property, id, unit, None, &by, noon()).await?;
        tx.commit().await?;
        Ok(effect.reservation)
    }

    async fn move_to(
        &self,
        id: ReservationId,
        unit: UnitId,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Result<Reservation, BookingError> {
        let mut tx = self.tx().await;
        let by = By::guest();
        let effect =
            commands::move_unit(&mut tx, &self.demo.property, id, unit, None, &by, at).await?;
        tx.commit().await?;
        Ok(effect.reservation)
    }

    async fn block(
        &self,
        unit: UnitId,
        kind: BlockKind,
        dates: StayDates,
    ) -> Result<Block, BookingError> {
        let mut tx = self.tx().await;
        let details = BlockDetails {
            unit,
            kind,
            dates,
            reason: "the shower drips".to_owned(),
        };
        let block = commands::block_unit(
            &mut tx,
            &self.demo.property,
            &details,
            &By::system(),
            noon(),
        )
        .await?;
        tx.commit().await?;
        Ok(block)
    }

    async fn number(&self, query: &str) -> i64 {
        diesel::select(sql::<BigInt>(query))
            .get_result(&mut self.database.admin().await)
            .await
            .unwrap()
    }

    async fn units(&self) -> Vec<UnitId> {
        let group = self.rooms.pet_friendly.id;
        let units = motel_inventory::queries::units_of(&self.tx().await, group).await;
        units.unwrap().iter().map(|unit| unit.id).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_stay_moves_to_make_room_and_its_history_says_why() {
    let house = Fragmented::open().await;
    let across = house.across().await.unwrap();
    assert!(across.unit.is_some());

    let early = house.desk.read(house.early.id).await;
    let late = house.desk.read(house.late.id).await;
    let moved = [(&house.early, &early), (&house.late, &late)];
    let moved: Vec<_> = moved
        .iter()
        .filter(|(was, is)| was.unit != is.unit)
        .collect();
    let [(was, is)] = moved.as_slice() else {
        panic!("exactly one stay moves: {moved:?}");
    };
    assert_eq!(is.version, was.version + 1);
    assert_eq!(early.unit, late.unit);
    assert_ne!(early.unit, across.unit);

    let mut tx = house.desk.tx().await;
    let history = queries::events(&mut tx, is.id).await.unwrap();
    let last = history.last().unwrap();
    assert_eq!(last.kind, ReservationEventKind::UnitMoved);
    assert_eq!(last.actor, Actor::System);
    assert_eq!(last.reason.as_deref(), Some("moved to make room"));
    drop(tx);
    let told = "(SELECT count(*) FROM jobs.events WHERE kind = 'reservation.moved')";
    assert_eq!(house.desk.number(told).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pinned_stays_do_not_move_and_the_stay_is_offered_in_pieces() {
    let house = Fragmented::open().await;
    house.desk.pin(house.early.id, None).await.unwrap();
    let pinned = house.desk.pin(house.late.id, None).await.unwrap();
    assert!(pinned.pinned);

    let Err(BookingError::NoRoom(NoRoom::Fragmented { pieces })) = house.across().await else {
        panic!("it cannot be placed");
    };
    assert_eq!(pieces, [stay(1, 2), stay(3, 1)]);
    let free = house
        .desk
        .free(&house.desk.rooms.pet_friendly, stay(0, 5))
        .await;
    assert_eq!(free, [1, 1, 2, 1, 1], "nothing was taken");

    let mut tx = house.desk.tx().await;
    let by = By::guest();
    commands::unpin(
        &mut tx,
        &house.desk.demo.property,
        house.late.id,
        None,
        &by,
        noon(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(house.across().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_moves_who_can_move_and_is_refused_by_who_cannot() {
    let desk = Desk::open().await;
    let first = desk.stay("pet_friendly", stay(0, 3)).await;
    let second = desk.stay("pet_friendly", stay(1, 3)).await;
    let (a, b) = (first.unit.unwrap(), second.unit.unwrap());
    assert_ne!(a, b);

    // They change places: nobody else is there.
    let pinned = desk.pin(first.id, Some(b)).await.unwrap();
    assert_eq!((pinned.unit, pinned.pinned), (Some(b), true));
    assert_eq!(desk.read(second.id).await.unit, Some(a));

    let refused = desk.pin(second.id, Some(b)).await;
    let Err(BookingError::NoRoom(NoRoom::InTheWay { stays })) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(stays, [first.id]);
    let elsewhere = desk.rooms.king_suite.id;
    let elsewhere = motel_inventory::queries::units_of(&desk.tx().await, elsewhere).await;
    let refused = desk.pin(second.id, Some(elsewhere.unwrap()[0].id)).await;
    assert_eq!(refused.unwrap_err().code(), "unit_of_other_group");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_out_of_order_is_emptied_and_sold_no_more_until_it_is_back() {
    let desk = Desk::open().await;
    let rooms = desk.rooms.pet_friendly.clone();
    let guest = desk.stay("pet_friendly", stay(4, 3)).await;
    let (unit, dates) = (guest.unit.unwrap(), stay(3, 6));

    let block = desk
        .block(unit, BlockKind::OutOfOrder, dates)
        .await
        .unwrap();
    let moved = desk.read(guest.id).await;
    assert!(moved.unit.is_some() && moved.unit != guest.unit);
    assert_eq!(
        desk.free(&rooms, stay(2, 8)).await,
        [2, 1, 0, 0, 0, 1, 1, 2]
    );
    let refused = desk.block(unit, BlockKind::OutOfOrder, stay(8, 3)).await;
    assert_eq!(refused.unwrap_err().code(), "already_blocked");
    desk.block(unit, BlockKind::OutOfService, stay(8, 3))
        .await
        .unwrap();
    assert_eq!(desk.free(&rooms, stay(8, 1)).await, [1]);

    // The other unit has a stay that has nowhere to go.
    let other = moved.unit.unwrap();
    let refused = desk.block(other, BlockKind::OutOfOrder, stay(0, 9)).await;
    let Err(BookingError::NoRoom(NoRoom::InTheWay { stays })) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(stays, [guest.id]);
    assert_eq!(desk.free(&rooms, stay(0, 1)).await, [2]);

    let mut tx = desk.tx().await;
    let property = desk.demo.property.id;
    open_nights(&mut tx, property, today(), dates.departure())
        .await
        .unwrap();
    shorten_block(&mut tx, property, block.id, stay(5, 2), None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        desk.free(&rooms, stay(2, 8)).await,
        [2, 2, 1, 0, 0, 2, 2, 2]
    );
    let mut tx = desk.tx().await;
    let stale = cancel_block(&mut tx, property, block.id, Some(1), noon()).await;
    assert!(matches!(stale, Err(motel_inventory::InventoryError::Stale)));
    cancel_block(&mut tx, property, block.id, Some(2), noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        desk.free(&rooms, stay(2, 8)).await,
        [2, 2, 1, 1, 1, 2, 2, 2]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_in_the_house_moves_from_today_on_and_the_nights_before_stay_where_they_were() {
    let desk = Desk::open().await;
    let guest = desk.stay("pet_friendly", stay(0, 5)).await;
    let before = guest.unit.unwrap();
    desk.act(Do::ForceIn, guest.id, noon()).await.unwrap();
    let units = desk.units().await;
    let other = units.into_iter().find(|unit| *unit != before).unwrap();
    let two_days_on = noon() + chrono::Duration::days(2);
    let coming = desk.stay("pet_friendly", stay(3, 2)).await;
    assert_eq!(coming.unit, Some(other));

    let moved = desk.move_to(guest.id, other, two_days_on).await.unwrap();
    assert_eq!((moved.unit, moved.dates), (Some(other), guest.dates));
    assert_eq!(
        desk.read(coming.id).await.unit,
        Some(before),
        "it makes room"
    );
    let kept = format!(
        "(SELECT count(*) FROM bookings.former_units WHERE unit_id = '{before}' AND until - first_night = 2)"
    );
    assert_eq!(desk.number(&kept).await, 1);

    // Its first nights do not take the unit it has now, neither for the database nor when it stays longer.
    let mut admin = desk.database.admin().await;
    let free = format!(
        "UPDATE bookings.reservations SET unit_id = '{other}', arrival = arrival - 3, departure = departure - 3
         WHERE id = '{}'",
        coming.id
    );
    admin.batch_execute(&free).await.unwrap();
    let mut tx = desk.tx().await;
    let (property, by) = (&desk.demo.property, By::guest());
    let longer = stay(6, 1).arrival();
    let longer =
        commands::extend(&mut tx, property, guest.id, None, longer, &by, two_days_on).await;
    assert_eq!(longer.unwrap().reservation.unit, Some(other));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_keeps_stays_and_blocks_apart() {
    let desk = Desk::open().await;
    let guest = desk.stay("pet_friendly", stay(0, 3)).await;
    let unit = guest.unit.unwrap();
    let units = desk.units().await;
    let other = units.into_iter().find(|it| *it != unit).unwrap();
    desk.block(other, BlockKind::OutOfOrder, stay(1, 1))
        .await
        .unwrap();
    let mut admin = desk.database.admin().await;
    let onto_block = format!(
        "UPDATE bookings.reservations SET unit_id = '{other}' WHERE id = '{}'",
        guest.id
    );
    assert!(admin.batch_execute(&onto_block).await.is_err());
    let onto_stay = format!("UPDATE inventory.blocks SET unit_id = '{unit}'");
    assert!(admin.batch_execute(&onto_stay).await.is_err());
    let past_it = format!(
        "UPDATE inventory.blocks SET unit_id = '{unit}', first_night = first_night + 2, until = until + 2"
    );
    admin.batch_execute(&past_it).await.unwrap();
}

/// A small generator of its own, so that a failing run can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_races_for_the_last_rooms_gets_a_unit_or_hears_that_it_is_sold_out() {
    let desk = Desk::open().await;
    let mut dice = Dice(7);
    let requests: Vec<_> = (0..120)
        .map(|n| {
            let nights = u32::try_from(1 + dice.roll(5)).unwrap();
            let dates = stay(dice.roll(12), nights);
            request("standard_queen", dates, &format!("guest{n}@example.com"))
        })
        .collect();
    let answers = join_all(requests.iter().map(|wanted| desk.book(wanted, None))).await;

    for answer in &answers {
        match answer {
            Ok(booked) => assert!(booked.booking.reservations[0].unit.is_some()),
            Err(error) => assert!(matches!(error, BookingError::SoldOut { .. }), "{error:?}"),
        }
    }
    assert!(answers.iter().filter(|answer| answer.is_ok()).count() > 15);
    keeps_its_promises(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_pins_moves_blocks_and_cancellations_at_once_leave_the_house_in_order() {
    let desk = Desk::open().await;
    let units = motel_inventory::queries::units_of(&desk.tx().await, desk.rooms.standard_queen.id)
        .await
        .unwrap();
    let worker = |seed: u64| {
        let (desk, units) = (&desk, &units);
        async move {
            let mut dice = Dice(seed * 7_919);
            let mut mine: Vec<ReservationId> = Vec::new();
            for n in 0..12 {
                let nights = u32::try_from(1 + dice.roll(4)).unwrap();
                let dates = stay(dice.roll(12), nights);
                let unit = units[usize::try_from(dice.roll(5)).unwrap()].id;
                let last = mine.last().copied();
                let done = match (dice.roll(8), last) {
                    (0, Some(id)) => desk.pin(id, Some(unit)).await.map(drop),
                    (1, Some(id)) => desk.move_to(id, unit, noon()).await.map(drop),
                    (2, Some(id)) => desk.act(Do::Cancel, id, noon()).await.map(drop),
                    (3, _) => desk
                        .block(unit, BlockKind::OutOfOrder, dates)
                        .await
                        .map(drop),
                    _ => {
                        let wanted =
                            request("standard_queen", dates, &format!("g{seed}x{n}@example.com"));
                        desk.book(&wanted, None)
                            .await
                            .map(|booked| mine.push(booked.booking.reservations[0].id))
                    }
                };
                if let Err(error) = done {
                    assert_ne!(error.code(), "internal", "{error:?}");
                    assert_ne!(error.code(), "undecided");
                    assert_ne!(error.code(), "unit_taken");
                }
            }
        }
    };
    join_all((1..=10).map(worker)).await;
    keeps_its_promises(&desk).await;
    let closed = desk.number("(SELECT count(*) FROM inventory.blocks)").await;
    let pinned = desk
        .number("(SELECT count(*) FROM bookings.reservations WHERE pinned)")
        .await;
    assert!(closed > 0 && pinned > 0);
}

/// What must hold after any crowd.
async fn keeps_its_promises(desk: &Desk) {
    let standing = "status IN ('held', 'confirmed', 'in_house', 'checked_out')";
    let without = format!(
        "(SELECT count(*) FROM bookings.reservations WHERE {standing} AND unit_id IS NULL)"
    );
    assert_eq!(desk.number(&without).await, 0, "stays without a unit");
    let miscounted = format!(
        "(SELECT count(*) FROM inventory.nightly_counters AS counter WHERE sold <> (
            SELECT count(*) FROM bookings.reservations AS stay
            WHERE {standing} AND stay.unit_group_id = counter.unit_group_id
              AND stay.arrival <= counter.night AND counter.night < stay.departure)
          OR capacity <> (SELECT count(*) FROM inventory.units WHERE unit_group_id = counter.unit_group_id)
            - (SELECT count(*) FROM inventory.blocks JOIN inventory.units ON units.id = blocks.unit_id
               WHERE units.unit_group_id = counter.unit_group_id AND blocks.cancelled_at IS NULL
                 AND blocks.kind = 'out_of_order' AND blocks.first_night <= counter.night AND counter.night < blocks.until))"
    );
    assert_eq!(desk.number(&miscounted).await, 0, "counters that are wrong");
    let deadlocks = "(SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())";
    assert_eq!(desk.number(deadlocks).await, 0);
    let gaps = "(SELECT count(*) FROM bookings.reservations AS stay WHERE version <> (
        SELECT count(*) FROM bookings.reservation_events AS event WHERE event.reservation_id = stay.id))";
    assert_eq!(
        desk.number(gaps).await,
        0,
        "changes without a line in the history"
    );
}
