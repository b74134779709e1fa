//! What is done.

use std::error::Error;

use chrono::{Days, Duration, NaiveDate};
use motel_bookings::commands::{
    HoldEnd, Modification, ReserveRequest, WantedStays, add_reservation, assign_unit, block_unit,
    cancel_reservation, check_in, check_out, confirm, depart_early, extend, mark_no_show, modify,
    move_unit, pin, reinstate, release_expired_holds, reserve, split, undo, unpin,
};
use motel_bookings::{BookingError, BookingSource, By, StayRequest, queries};
use motel_db::{DbError, TenantTx};
use motel_guests::GuestDetails;
use motel_inventory::commands::{cancel_block, open_nights};
use motel_inventory::{BlockDetails, BlockKind, InventoryError};
use motel_kernel::{Email, Party, PersonName, ReservationId, StayDates};
use motel_night_audit::NightAuditError;
use motel_night_audit::commands::close_day;
use rand::RngExt;
use rand::rngs::StdRng;

use super::choice::choose;
use super::house::House;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operation {
    Book,
    Hold,
    Confirm,
    Cancel,
    CheckIn,
    CheckOut,
    NoShow,
    Reinstate,
    Undo,
    Modify,
    Extend,
    DepartEarly,
    Split,
    Add,
    Move,
    Assign,
    Pin,
    Unpin,
    Block,
    Unblock,
    Expire,
    Audit,
    NextDay,
}

pub(super) enum Outcome {
    Changed,
    Nothing,
    Cut,
    Refused(&'static str),
    Fault(String),
}

/// How often each comes up.
const WEIGHTS: [(Operation, u32); 23] = [
    (Operation::Book, 60),
    (Operation::Hold, 36),
    (Operation::Confirm, 20),
    (Operation::Cancel, 28),
    (Operation::CheckIn, 36),
    (Operation::CheckOut, 28),
    (Operation::NoShow, 4),
    (Operation::Reinstate, 6),
    (Operation::Undo, 10),
    (Operation::Modify, 24),
    (Operation::Extend, 8),
    (Operation::DepartEarly, 4),
    (Operation::Split, 6),
    (Operation::Add, 8),
    (Operation::Move, 12),
    (Operation::Assign, 6),
    (Operation::Pin, 5),
    (Operation::Unpin, 4),
    (Operation::Block, 6),
    (Operation::Unblock, 6),
    (Operation::Expire, 6),
    (Operation::Audit, 10),
    (Operation::NextDay, 6),
];

/// A failure of any command.
enum Failure {
    Refused(&'static str),
    Cut,
    Fault(String),
}

const GROUPS: [&str; 3] = ["standard_queen", "king_suite", "pet_friendly"];

/// Everybody wants to come within these days.
const WANTED_DAYS: u64 = 30;

impl Operation {
    pub(super) fn any(dice: &mut StdRng) -> Self {
        let all = WEIGHTS.iter().map(|(_, weight)| weight).sum::<u32>();
        let mut thrown = dice.random_range(0..all);
        for (operation, weight) in WEIGHTS {
            if thrown < weight {
                return operation;
            }
            thrown -= weight;
        }
        unreachable!("the weights add up")
    }

    pub(super) async fn run(self, house: &House, dice: &mut StdRng) -> Outcome {
        match self.try_run(house, dice).await {
            Ok(outcome) => outcome,
            Err(Failure::Refused(code)) => Outcome::Refused(code),
            Err(Failure::Cut) => Outcome::Cut,
            Err(Failure::Fault(fault)) => Outcome::Fault(fault),
        }
    }

    async fn try_run(self, house: &House, dice: &mut StdRng) -> Result<Outcome, Failure> {
        let mut tx = house.tx().await?;
        let outcome = match self {
            Self::Book | Self::Hold => self.take(&mut tx, house, dice).await?,
            Self::Block => block(&mut tx, house, dice).await?,
            Self::Unblock => unblock(&mut tx, house, dice).await?,
            Self::Audit => audit(&mut tx, house).await?,
            Self::NextDay => next_day(&mut tx, house).await?,
            Self::Expire => {
                match release_expired_holds(&mut tx, house.property(), house.now(), 20).await? {
                    0 => Outcome::Nothing,
                    _ => Outcome::Changed,
                }
            }
            _ => match choose(self, &mut tx, house, dice).await? {
                Some(stay) => {
                    self.change(&mut tx, house, stay, dice).await?;
                    Outcome::Changed
                }
                None => Outcome::Nothing,
            },
        };
        tx.commit().await?;
        Ok(outcome)
    }

    async fn take(
        self,
        tx: &mut TenantTx,
        house: &House,
        dice: &mut StdRng,
    ) -> Result<Outcome, Failure> {
        let arrival = arrival(tx, house, dice).await?;
        let rooms = dice.random_range(1..=3);
        let stays = (0..rooms).map(|_| {
            let nights = dice.random_range(1..6);
            let dates = StayDates::from_nights(arrival, nights).unwrap();
            let group = GROUPS[dice.random_range(0..GROUPS.len())];
            StayRequest::new(dates, Party::new(1, 0, 0).unwrap(), group)
        });
        let stays = stays.collect();
        let number: u32 = dice.random_range(0..40);
        let request = ReserveRequest {
            wanted: WantedStays::Priced(stays),
            guest: GuestDetails {
                name: PersonName::parse("Guest of the Crowd").unwrap(),
                email: Email::parse(&format!("guest-{number}@example.com")).unwrap(),
                phone: None,
            },
            source: BookingSource::Desk,
            agreed: None,
            hold: (self == Self::Hold)
                .then(|| HoldEnd::After(Duration::minutes(dice.random_range(1..60)))),
        };
        let booking = reserve(tx, house.property(), &request, &By::system(), house.now()).await?;
        house.remember(booking.reservations.iter().map(|stay| stay.id));
        Ok(Outcome::Changed)
    }

    async fn change(
        self,
        tx: &mut TenantTx,
        house: &House,
        id: ReservationId,
        dice: &mut StdRng,
    ) -> Result<(), BookingError> {
        let (property, by, now) = (house.property(), By::system(), house.now());
        let unit = house.unit(dice.random_range(0..usize::MAX));
        let days = Days::new(dice.random_range(1..4));
        let dates = queries::reservation(tx, id).await?.dates;
        match self {
            Self::Confirm => confirm(tx, property, id, None, &by, now).await.map(drop),
            Self::Cancel => cancel_reservation(tx, property, id, None, &by, now)
                .await
                .map(drop),
            Self::CheckIn => {
                let by = By::system().because("they are tired");
                let force = dice.random_bool(0.5);
                check_in(tx, property, id, None, force, &by, now)
                    .await
                    .map(drop)
            }
            Self::CheckOut => check_out(tx, property, id, None, &by, now).await.map(drop),
            Self::NoShow => mark_no_show(tx, property, id, None, &by, now)
                .await
                .map(drop),
            Self::Reinstate => reinstate(tx, property, id, None, &by, now).await.map(drop),
            Self::Undo => undo(tx, property, id, None, &by, now).await.map(drop),
            Self::Modify => {
                let moved = StayDates::new(dates.arrival() + days, dates.departure() + days);
                let wish = Modification {
                    dates: moved.ok().filter(|_| dice.random_bool(0.7)),
                    unit_group: dice
                        .random_bool(0.4)
                        .then(|| GROUPS[dice.random_range(0..GROUPS.len())].to_owned()),
                    ..Modification::default()
                };
                modify(tx, property, id, None, &wish, &by, now)
                    .await
                    .map(drop)
            }
            Self::Extend => {
                let later = dates.departure() + days;
                extend(tx, property, id, None, later, &by, now)
                    .await
                    .map(drop)
            }
            Self::DepartEarly => {
                depart_early(tx, property, id, None, Some(house.today()), &by, now)
                    .await
                    .map(drop)
            }
            Self::Split => {
                let at = dates.arrival() + Days::new(1);
                let (_, second) = split(tx, property, id, None, at, &by, now).await?;
                house.remember([second.reservation.id]);
                Ok(())
            }
            Self::Add => {
                let booking = queries::reservation(tx, id).await?.booking;
                let wanted = StayRequest::new(dates, Party::new(1, 0, 0).unwrap(), GROUPS[0]);
                let added = add_reservation(tx, property, booking, None, &wanted, &by, now).await?;
                house.remember([added.reservation.id]);
                Ok(())
            }
            Self::Move => move_unit(tx, property, id, unit, None, &by, now)
                .await
                .map(drop),
            Self::Assign => assign_unit(tx, property, id, None, None, &by, now)
                .await
                .map(drop),
            Self::Pin => pin(tx, property, id, None, None, &by, now).await.map(drop),
            Self::Unpin => unpin(tx, property, id, None, &by, now).await.map(drop),
            other => unreachable!("{other:?} changes no reservation"),
        }
    }
}

/// Most want to come today or tomorrow, so that the desk has work.
async fn arrival(
    tx: &mut TenantTx,
    house: &House,
    dice: &mut StdRng,
) -> Result<NaiveDate, BookingError> {
    let open = queries::business_date(tx, house.property(), house.now()).await?;
    let in_days = match dice.random_range(0..10) {
        0..5 => 0,
        5..7 => 1,
        _ => dice.random_range(0..WANTED_DAYS),
    };
    Ok(open.max(house.today()) + Days::new(in_days))
}

/// The next day comes, and with it one more night that can be sold.
async fn next_day(tx: &mut TenantTx, house: &House) -> Result<Outcome, Failure> {
    house.let_time_pass(24 * 60);
    let last = house.today() + Days::new(3 * WANTED_DAYS);
    open_nights(tx, house.property().id, house.today(), last).await?;
    Ok(Outcome::Changed)
}

async fn block(tx: &mut TenantTx, house: &House, dice: &mut StdRng) -> Result<Outcome, Failure> {
    let first = house.today() + Days::new(dice.random_range(0..WANTED_DAYS));
    let details = BlockDetails {
        unit: house.unit(dice.random_range(0..usize::MAX)),
        kind: if dice.random_bool(0.8) {
            BlockKind::OutOfOrder
        } else {
            BlockKind::OutOfService
        },
        dates: StayDates::from_nights(first, dice.random_range(1..5)).unwrap(),
        reason: "a leak".to_owned(),
    };
    let block = block_unit(tx, house.property(), &details, &By::system(), house.now()).await?;
    house.remember_block(block.id);
    Ok(Outcome::Changed)
}

async fn unblock(tx: &mut TenantTx, house: &House, dice: &mut StdRng) -> Result<Outcome, Failure> {
    let Some(block) = house.some_block(dice.random_range(0..usize::MAX)) else {
        return Ok(Outcome::Nothing);
    };
    cancel_block(tx, house.property().id, block, None, house.now()).await?;
    Ok(Outcome::Changed)
}

async fn audit(tx: &mut TenantTx, house: &House) -> Result<Outcome, Failure> {
    let day = queries::business_date(tx, house.property(), house.now()).await?;
    close_day(tx, house.property(), day, &By::system(), house.now()).await?;
    Ok(Outcome::Changed)
}

impl Failure {
    /// A refusal is an answer, a cut connection was our own doing; anything else is a fault.
    fn of(code: &'static str, error: &(dyn Error + 'static)) -> Self {
        match code {
            "internal" if is_cut(error) => Self::Cut,
            "internal" => Self::Fault(chain(error)),
            refusal => Self::Refused(refusal),
        }
    }
}

impl From<BookingError> for Failure {
    fn from(error: BookingError) -> Self {
        Self::of(error.code(), &error)
    }
}

impl From<InventoryError> for Failure {
    fn from(error: InventoryError) -> Self {
        Self::of(error.code(), &error)
    }
}

impl From<NightAuditError> for Failure {
    fn from(error: NightAuditError) -> Self {
        Self::of(error.code(), &error)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::of("internal", &error)
    }
}

fn is_cut(error: &(dyn Error + 'static)) -> bool {
    let chain = chain(error);
    [
        "terminating connection",
        "connection closed",
        "channel closed",
        "closed the connection",
        "ClosedConnection",
        "error communicating with the server",
        "broken transaction",
        "BrokenTransactionManager",
        "no database connection could be had",
    ]
    .iter()
    .any(|words| chain.contains(words))
}

fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("{error} ({error:?})");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(": {error} ({error:?})"));
        source = error.source();
    }
    text
}
