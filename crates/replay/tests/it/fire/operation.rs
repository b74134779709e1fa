//! What is done.

use std::error::Error;

use chrono::Duration;
use motel_bookings::commands::{
    HoldEnd, ReserveRequest, WantedStays, cancel_reservation, check_in, check_out, confirm,
    mark_no_show, reinstate, release_expired_holds, reserve, undo,
};
use motel_bookings::{BookingError, BookingSource, By, Effect, StayRequest};
use motel_db::{DbError, TenantTx};
use motel_guests::GuestDetails;
use motel_kernel::{Email, Party, PersonName, ReservationId, StayDates};
use rand::RngExt;
use rand::rngs::StdRng;

use super::house::{House, day};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Expire,
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
const WEIGHTS: [(Operation, u32); 11] = [
    (Operation::Book, 30),
    (Operation::Hold, 20),
    (Operation::Confirm, 10),
    (Operation::Cancel, 14),
    (Operation::CheckIn, 8),
    (Operation::CheckOut, 8),
    (Operation::NoShow, 2),
    (Operation::Reinstate, 3),
    (Operation::Undo, 4),
    (Operation::Expire, 3),
    (Operation::NextDay, 1),
];

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
            Err(error) => judged(&error),
        }
    }

    async fn try_run(self, house: &House, dice: &mut StdRng) -> Result<Outcome, BookingError> {
        if self == Self::NextDay {
            house.let_time_pass(24 * 60);
            return Ok(Outcome::Nothing);
        }
        let mut tx = house.tx().await?;
        let outcome = match self {
            Self::Book | Self::Hold => self.take(&mut tx, house, dice).await?,
            Self::Expire => {
                match release_expired_holds(&mut tx, house.property(), house.now(), 20).await? {
                    0 => Outcome::Nothing,
                    _ => Outcome::Changed,
                }
            }
            _ => match house.some(dice.random_range(0..usize::MAX)) {
                Some(stay) => self
                    .change(&mut tx, house, stay)
                    .await
                    .map(|_| Outcome::Changed)?,
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
    ) -> Result<Outcome, BookingError> {
        let passed = (house.today() - day(0)).num_days().unsigned_abs();
        let arrival = day(passed + dice.random_range(0..WANTED_DAYS));
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
        stay: ReservationId,
    ) -> Result<Effect, BookingError> {
        let (property, by, now) = (house.property(), By::system(), house.now());
        match self {
            Self::Confirm => confirm(tx, property, stay, None, &by, now).await,
            Self::Cancel => cancel_reservation(tx, property, stay, None, &by, now).await,
            Self::CheckIn => check_in(tx, property, stay, None, false, &by, now).await,
            Self::CheckOut => check_out(tx, property, stay, None, &by, now).await,
            Self::NoShow => mark_no_show(tx, property, stay, None, &by, now).await,
            Self::Reinstate => reinstate(tx, property, stay, None, &by, now).await,
            Self::Undo => undo(tx, property, stay, None, &by, now).await,
            other => unreachable!("{other:?} changes no reservation"),
        }
    }
}

/// A refusal is an answer, a cut connection was our own doing; anything else is a fault.
fn judged(error: &BookingError) -> Outcome {
    match error {
        BookingError::Db(error) if is_cut(error) => Outcome::Cut,
        BookingError::Fault(_) | BookingError::Db(_) if is_cut(error) => Outcome::Cut,
        BookingError::Fault(_) | BookingError::Db(_) => Outcome::Fault(chain(error)),
        refusal => Outcome::Refused(refusal.code()),
    }
}

fn is_cut(error: &(dyn Error + 'static)) -> bool {
    let chain = chain(error);
    let pool = error
        .downcast_ref::<DbError>()
        .is_some_and(|error| matches!(error, DbError::Pool(_)));
    pool || [
        "terminating connection",
        "connection closed",
        "closed the connection",
        "ClosedConnection",
        "error communicating with the server",
        "broken transaction",
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
