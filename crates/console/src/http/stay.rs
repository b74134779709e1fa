use actix_web::{HttpResponse, web};
use motel_billing::Folios;
use motel_bookings::{Booking, BookingError, By, Reservation, commands};
use motel_kernel::{Actor, BookingCode, ReservationId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};
use serde::Deserialize;

use super::booking::back_to;
use super::office::{Key, Office};
use crate::input::{DeskAction, StayForm};

/// The booking's code, the reservation and what is to be done with it, out of the path.
#[derive(Debug, Deserialize)]
pub(super) struct StayPath {
    code: String,
    id: String,
    action: String,
}

/// Lets a guest in or out, notes that nobody came, or takes the last of these back.
pub(super) async fn act(
    staff: StaffPage<may::WriteReservations>,
    key: Key,
    path: web::Path<StayPath>,
    ValidForm(form): ValidForm<StayForm>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(&path.code).map_err(|_| Problem::not_found("booking"))?;
    let action = DeskAction::of(&path.action).ok_or_else(|| Problem::not_found("action"))?;
    let mut office = key.open(&staff).await?;
    let booking = motel_bookings::queries::find_by_code(&mut office.tx, &code).await?;
    let stay = stay_of(&booking, &path.id)?.id;
    let by = By {
        actor: Actor::Staff(staff.staff_id),
        reason: form.reason.clone(),
    };
    match run(&mut office, action, &booking, stay, &form, &by).await {
        Ok(news) => {
            office.tx.commit().await.map_err(Problem::internal)?;
            Ok(back_to(&code, news))
        }
        Err(BookingError::NotAllowed(obstacle)) => Ok(back_to(&code, obstacle.code())),
        Err(BookingError::Stale) => Ok(back_to(&code, "changed_meanwhile")),
        Err(error) => Err(error.into()),
    }
}

fn stay_of<'a>(booking: &'a Booking, id: &str) -> Result<&'a Reservation, Problem> {
    let id: Option<ReservationId> = id.parse().ok();
    let stay = booking.reservations.iter().find(|it| Some(it.id) == id);
    stay.ok_or_else(|| Problem::not_found("reservation"))
}

/// Does it, and answers the word for what happened.
async fn run(
    office: &mut Office,
    action: DeskAction,
    booking: &Booking,
    stay: ReservationId,
    form: &StayForm,
    by: &By,
) -> Result<&'static str, BookingError> {
    let (tx, place, now) = (&mut office.tx, &office.property, office.now);
    let seen = Some(form.version);
    match action {
        DeskAction::CheckIn => {
            commands::check_in(tx, place, stay, seen, form.anyway, by, now).await?;
            Ok("checked_in")
        }
        DeskAction::CheckOut => {
            commands::check_out(tx, place, stay, seen, by, now).await?;
            if !form.anyway {
                commands::settled_up(tx, &Folios, booking.id).await?;
            }
            Ok("checked_out")
        }
        DeskAction::NoShow => {
            commands::mark_no_show(tx, place, stay, seen, by, now).await?;
            Ok("no_show")
        }
        DeskAction::Undo => {
            commands::undo(tx, place, stay, seen, by, now).await?;
            Ok("undone")
        }
    }
}
