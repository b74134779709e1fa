use motel_bookings::Booking;
use motel_kernel::{BookingCode, Email, Party, StayDates};
use motel_upsells::{Trigger, Wanted};

use crate::dialogue::AddedTo;
use crate::engine::turn::Turn;
use crate::tools::ToolError;
use crate::understanding::RoomChoice;

/// A stay that something may be offered with.
pub(super) struct Place {
    pub(super) stay: StayDates,
    pub(super) party: Party,
    pub(super) room_type: String,
    pub(super) package: Option<String>,
    pub(super) to: AddedTo,
}

impl Turn<'_> {
    /// The stay that the moment is about: the one being booked, or a booking that is proved to be the guest's.
    pub(super) async fn place(&mut self, trigger: Trigger) -> Result<Option<Place>, ToolError> {
        let booking = match trigger {
            Trigger::RoomsOffered | Trigger::ReadBack => return Ok(self.draft()),
            Trigger::AskedAbout => match self.draft() {
                Some(draft) => return Ok(Some(draft)),
                None => self.booking_here().await?,
            },
            Trigger::Booked => self.booking_here().await?,
            Trigger::LookedUp => self.booking_seen().await?,
        };
        Ok(booking.map(|booking| {
            let stay = booking.first();
            Place {
                stay: stay.dates,
                party: stay.party,
                room_type: self.code_of(&booking),
                package: stay.package_code().map(str::to_owned),
                to: AddedTo::Booking {
                    code: booking.code.clone(),
                    email: booking.booker.email.clone(),
                },
            }
        }))
    }

    /// The stay being booked, once its room is chosen.
    pub(super) fn draft(&self) -> Option<Place> {
        let stay = &self.state.stay;
        let Some(RoomChoice::Group(code)) = &stay.room else {
            return None;
        };
        Some(Place {
            stay: stay.dates()?,
            party: stay.party()?.ok()?,
            room_type: code.clone(),
            package: stay.package.clone(),
            to: AddedTo::Draft,
        })
    }

    /// The booking made in this conversation.
    pub(super) async fn booking_here(&mut self) -> Result<Option<Booking>, ToolError> {
        match self.state.booked.clone() {
            Some(here) => self.find_booking(here.code, here.email).await,
            None => Ok(None),
        }
    }

    /// The booking the guest has just proved to be theirs.
    pub(super) async fn booking_seen(&mut self) -> Result<Option<Booking>, ToolError> {
        let subject = self.state.subject.clone();
        match subject.code.zip(subject.email) {
            Some((code, email)) => self.find_booking(code, email).await,
            None => Ok(None),
        }
    }

    pub(super) async fn find_booking(
        &mut self,
        code: BookingCode,
        email: Email,
    ) -> Result<Option<Booking>, ToolError> {
        let found = motel_bookings::queries::find_for_guest(self.tx, &code, &email).await;
        match found.map_err(ToolError::from) {
            Ok(booking) => Ok(Some(booking)),
            Err(ToolError::Refused { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    pub(super) fn code_of(&self, booking: &Booking) -> String {
        let group = booking.first().unit_group;
        let found = self.groups.iter().find(|it| it.id == group);
        found.map_or_else(String::new, |group| group.code.clone())
    }
}

impl Place {
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            stay: self.stay,
            party: self.party,
            room_type: &self.room_type,
        }
    }
}
