use super::figures::day;
use crate::dialogue::StayFault;

/// Why what was said is no stay, and what to say instead.
pub(crate) fn fault(fault: StayFault) -> String {
    match fault {
        StayFault::Past(date) => format!(
            "{} is in the past, so I can't book that. Which dates would you like instead?",
            day(date)
        ),
        StayFault::NoSuchDay => {
            "That day isn't in the calendar. Which dates do you mean?".to_owned()
        }
        StayFault::Reversed => {
            "The day of departure has to come after the day of arrival. Which dates do you mean?"
                .to_owned()
        }
        StayFault::NoNights => {
            "A stay is at least one night. How many nights would you like?".to_owned()
        }
        StayFault::TooManyNights => {
            "That is longer than I can book. How many nights would you like?".to_owned()
        }
        StayFault::NoAdult => {
            "At least one adult has to stay in the room. How many adults will that be?".to_owned()
        }
        StayFault::TooMany(what) => format!("That is more {what} than I can put into one booking."),
    }
}
