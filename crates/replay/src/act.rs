//! Doing what happened, by the commands everybody uses.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use indicatif::ProgressBar;
use motel_bookings::commands::{
    ReserveRequest, WantedStays, cancel_reservation, check_in, check_out, mark_no_show, quote,
    reserve,
};
use motel_bookings::{BookingSource, By, StayRequest};
use motel_db::{Db, TenantTx};
use motel_guests::GuestDetails;
use motel_kernel::{Email, Party, PersonName, ReservationId, StayDates};
use motel_rates::commands::change_season;
use motel_rates::{Season, SeasonEffect};

use crate::row::Row;
use crate::timeline::{self, Happening, Step};
use crate::town::{Hotel, code, complimentary};

/// How many steps stand or fall together. Each is still a command of its own; they only share the flush to disk.
const STEPS_AT_ONCE: usize = 25;

/// Everything happens at this hour, in UTC: after check-in time of the same day in Portugal.
const HOUR: u32 = 15;

/// Does all that happened to `rows`, which are of one room type, in order.
///
/// # Errors
/// A command refused something; the error names the row.
pub(crate) async fn act(
    db: &Db,
    hotel: &Hotel,
    season: Season,
    rows: &[Row],
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let mut desk = Desk { hotel, season };
    let mut made: Vec<Option<ReservationId>> = vec![None; rows.len()];
    let steps = timeline::steps(rows);
    bar.inc_length(u64::try_from(steps.len())?);
    for together in steps.chunks(STEPS_AT_ONCE) {
        let mut tx = db.tenant(hotel.tenant).await?;
        for step in together {
            let row = rows.get(step.row).context("a step of no row")?;
            let made = made.get_mut(step.row).context("a step of no row")?;
            desk.take(&mut tx, row, *step, made)
                .await
                .with_context(|| format!("line {}: {:?}", row.line, step.happening))?;
        }
        tx.commit().await?;
        bar.inc(u64::try_from(together.len())?);
    }
    Ok(())
}

/// Where the bookings of a room type are made.
struct Desk<'a> {
    hotel: &'a Hotel,
    /// The price of the booking that is about to be made stands in it.
    season: Season,
}

impl Desk<'_> {
    async fn take(
        &mut self,
        tx: &mut TenantTx,
        row: &Row,
        step: Step,
        made: &mut Option<ReservationId>,
    ) -> anyhow::Result<()> {
        let now = at(step.day);
        if step.happening == Happening::Book {
            *made = Some(self.make(tx, row, now).await?);
            return Ok(());
        }
        let (by, property) = (By::system(), &self.hotel.property);
        let stay = made.context("it was never booked")?;
        match step.happening {
            Happening::Book => {}
            Happening::Cancel => {
                cancel_reservation(tx, property, stay, None, &by, now).await?;
            }
            Happening::CheckIn => {
                check_in(tx, property, stay, None, false, &by, now).await?;
            }
            Happening::CheckOut => {
                check_out(tx, property, stay, None, &by, now).await?;
            }
            Happening::NoShow => {
                mark_no_show(tx, property, stay, None, &by, now).await?;
            }
        }
        Ok(())
    }

    async fn make(
        &mut self,
        tx: &mut TenantTx,
        row: &Row,
        now: DateTime<Utc>,
    ) -> anyhow::Result<ReservationId> {
        let property = &self.hotel.property;
        let stay = StayDates::new(row.arrival, row.departure())?;
        let party = Party::new(row.adults.into(), row.children.into(), 0)?;
        let mut wanted = StayRequest::new(stay, party, code(&row.room_type));
        if row.rate == 0 {
            wanted.promo = Some(complimentary(&row.room_type));
        } else {
            self.agree(tx, row.rate).await?;
        }
        let quote = quote(tx, property, &[wanted], now).await?;
        let request = ReserveRequest {
            wanted: WantedStays::Quoted(quote.id),
            guest: guest(row)?,
            source: BookingSource::Desk,
            agreed: None,
            hold: None,
        };
        let booking = reserve(tx, property, &request, &By::system(), now).await?;
        let stay = booking.reservations.first();
        Ok(stay.context("a booking without a stay")?.id)
    }

    /// Puts the rate of the booking into the price list, since each of the past was made at its own.
    async fn agree(&mut self, tx: &mut TenantTx, rate: i64) -> anyhow::Result<()> {
        let mut details = self.season.details.clone();
        if details.effect == SeasonEffect::Price(rate) {
            return Ok(());
        }
        details.effect = SeasonEffect::Price(rate);
        let property = self.hotel.property.id;
        self.season = change_season(tx, property, self.season.id, details, None).await?;
        Ok(())
    }
}

fn guest(row: &Row) -> anyhow::Result<GuestDetails> {
    Ok(GuestDetails {
        name: PersonName::parse(&format!("Guest {}", row.line))?,
        email: Email::parse(&format!("guest-{}@replay.example", row.line))?,
        phone: None,
    })
}

fn at(day: NaiveDate) -> DateTime<Utc> {
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    day.and_time(hour).and_utc()
}
