use motel_bookings::Booking;
use motel_conversations::{BookingMade, Channel};
use motel_kernel::{Party, StayDates};
use motel_rates::{Offer, PackageOffer};

use super::turn::{Said, Turn};
use crate::dialogue::{BookedHere, Missing, ReadBack, StayFault, Topic};
use crate::replies;
use crate::tools::{
    BookRoom, BookRoomInput, RoomsFound, SearchAvailability, SearchAvailabilityInput, ToolError,
};
use crate::understanding::{Answer, Intent, RoomChoice, Slot};

impl Turn<'_> {
    /// Goes on with the booking as far as it can be gone, and asks the next thing.
    pub(super) async fn advance(&mut self) -> Said {
        if !self.sells_rooms() {
            let lead = self.take_lead().await?;
            return Ok(format!("{} {lead}", replies::no_rooms(self.desk.property)));
        }
        self.state.topic = Topic::Booking;
        self.state.read_back = None;
        match (
            self.state.stay.missing(),
            self.state.stay.dates(),
            self.state.stay.party(),
        ) {
            (None, Some(dates), Some(Ok(party))) => self.offer(dates, party).await,
            (Some(missing), ..) => self.ask_for(missing).await,
            _ => Ok(self.ask(Slot::Dates)),
        }
    }

    /// Asks for what the stay lacks; who asked for rooms or prices hears them first where they can be known.
    async fn ask_for(&mut self, missing: Missing) -> Said {
        let again = self.asks_again(missing.slot());
        self.done.failed |= again;
        let question = replies::ask_missing(missing, self.said.dates, again, self.voice());
        let preview = match (self.said.intent, missing) {
            (Intent::Availability | Intent::Price, Missing::Nights(arrival)) => {
                StayDates::from_nights(arrival, 1).ok()
            }
            (Intent::Availability | Intent::Price, Missing::Party) => self.state.stay.dates(),
            _ => None,
        };
        self.state.expecting = Some(missing.slot());
        match preview {
            Some(dates) => {
                let rooms = self.preview(dates).await?;
                Ok(format!("{rooms}\n{question}"))
            }
            None => Ok(question),
        }
    }

    /// Rooms and prices before it is known who comes: for one adult, and the pets if any.
    async fn preview(&mut self, dates: StayDates) -> Said {
        let stay = &self.state.stay;
        let party = Party::new(
            stay.adults.unwrap_or(1).into(),
            stay.children.unwrap_or(0).into(),
            stay.pets.unwrap_or(0).into(),
        )
        .map_err(ToolError::fault)?;
        match self.search(dates, party).await? {
            Ok(found) if found.result.offers.is_empty() => Ok(self.nothing(&found, dates, party)),
            Ok(found) => Ok(match self.chosen(&found.result.offers) {
                Some(wanted) => replies::list(std::slice::from_ref(wanted), dates, self.voice()),
                None => replies::list(&found.result.offers, dates, self.voice()),
            }),
            Err(reason) => Ok(reason),
        }
    }

    /// Prices without dates: what tonight costs, or the first of the next nights that is free.
    pub(super) async fn price_guide(&mut self) -> Said {
        if !self.sells_rooms() {
            return self.advance().await;
        }
        self.state.topic = Topic::Booking;
        let dates = StayDates::from_nights(self.desk.today(), 1).map_err(ToolError::fault)?;
        let rooms = self.preview(dates).await?;
        let question = self.ask(Slot::Dates);
        Ok(format!("Prices depend on the nights. {rooms}\n{question}"))
    }

    /// Searches; a request that is refused altogether comes back as its reason.
    async fn search(
        &mut self,
        stay: StayDates,
        party: Party,
    ) -> Result<Result<RoomsFound, String>, ToolError> {
        let input = SearchAvailabilityInput {
            stay,
            party,
            room_type: None,
        };
        match self.use_tool::<SearchAvailability>(input).await {
            Ok(found) => Ok(Ok(found)),
            Err(ToolError::Refused { reason, .. }) => Ok(Err(sentence(&reason))),
            Err(fault) => Err(fault),
        }
    }

    async fn offer(&mut self, dates: StayDates, party: Party) -> Said {
        let found = match self.search(dates, party).await? {
            Ok(found) => found,
            Err(reason) => {
                let question = self.ask(Slot::Dates);
                return Ok(format!("{reason} {question}"));
            }
        };
        if found.result.offers.is_empty() {
            return Ok(self.nothing(&found, dates, party));
        }
        match self.chosen(&found.result.offers).cloned() {
            Some(offer) => Ok(self.settle_on(&offer, dates, party)),
            None => Ok(self.list_rooms(&found, dates)),
        }
    }

    fn nothing(&mut self, found: &RoomsFound, dates: StayDates, party: Party) -> String {
        self.state.offered.clear();
        self.state.expecting = Some(Slot::Dates);
        self.done.failed = true;
        let why = replies::nothing_free(&found.result, dates, party, self.voice());
        match replies::alternatives(&found.alternatives) {
            Some(others) => format!("{why}\n{others}\nWould other dates suit you?"),
            None => format!(
                "{why} Would other dates or a smaller party suit you? I can also bring in a colleague."
            ),
        }
    }

    /// The offer the guest means, if any.
    fn chosen<'o>(&self, offers: &'o [Offer]) -> Option<&'o Offer> {
        let with_code = |code: &str| offers.iter().find(|offer| offer.unit_group.code == code);
        let shown = |index: usize| {
            self.state
                .offered
                .get(index)
                .and_then(|code| with_code(code))
        };
        let by_price = |offer: &&Offer| offer.total().minor();
        match &self.state.stay.room {
            Some(RoomChoice::Group(code)) => with_code(code),
            Some(RoomChoice::Nth(number)) => shown(usize::try_from(number.saturating_sub(1)).ok()?),
            Some(RoomChoice::Last) => shown(self.state.offered.len().checked_sub(1)?),
            Some(RoomChoice::Cheapest | RoomChoice::Any) => offers.iter().min_by_key(by_price),
            Some(RoomChoice::Dearest) => offers.iter().max_by_key(by_price),
            None => {
                let agrees =
                    self.said.answer == Some(Answer::Yes) || self.said.intent == Intent::Book;
                let single = self.asked == Some(Slot::Room) && self.state.offered.len() == 1;
                (agrees && single).then(|| shown(0)).flatten()
            }
        }
    }

    fn list_rooms(&mut self, found: &RoomsFound, dates: StayDates) -> String {
        let offers = &found.result.offers;
        let wanted = self.state.stay.room.take();
        self.state.offered = offers
            .iter()
            .map(|offer| offer.unit_group.code.clone())
            .collect();
        let refused = match &wanted {
            Some(RoomChoice::Group(code)) => found
                .result
                .unavailable
                .iter()
                .find(|refused| refused.unit_group.code == *code),
            _ => None,
        };
        let rooms = replies::list(offers, dates, self.voice());
        let question = match offers.len() {
            1 => {
                self.state.expecting = Some(Slot::Room);
                "Would you like that one?".to_owned()
            }
            _ => self.ask(Slot::Room),
        };
        match refused {
            Some(refused) => {
                let why = replies::not_offered(&refused.unit_group.name, Some(refused.reason));
                format!("{why}\n{rooms}\n{question}")
            }
            None => format!("{rooms}\n{question}"),
        }
    }

    /// A room is chosen: asks for what is missing of the guest, or reads everything back.
    fn settle_on(&mut self, offer: &Offer, dates: StayDates, party: Party) -> String {
        let code = offer.unit_group.code.clone();
        let is_news =
            self.changes.stay || self.state.stay.room != Some(RoomChoice::Group(code.clone()));
        self.state.stay.room = Some(RoomChoice::Group(code));
        let (with, dropped) = self.package_with(offer);
        let dropped = dropped
            .map(|words| format!("{words}\n"))
            .unwrap_or_default();
        let with = with.as_ref();
        if let Some(slot) = self.state.contact.missing() {
            let question = self.ask(slot);
            return match is_news {
                true => {
                    let priced = replies::priced(offer, with, dates, party);
                    format!("{dropped}{priced}\n{question}")
                }
                false => format!("{dropped}{question}"),
            };
        }
        self.state.read_backs = self.state.read_backs.saturating_add(1);
        self.state.read_back = Some(ReadBack {
            number: self.state.read_backs,
            room: offer.unit_group.name.clone(),
            total: with.map_or(offer.total(), PackageOffer::total),
            session: None,
        });
        self.state.expecting = Some(Slot::Confirmation);
        let (contact, voice) = (&self.state.contact, self.voice());
        let words = replies::read_back(offer, with, dates, party, contact, voice);
        format!("{dropped}{words}")
    }

    /// Books what was read back; when that fails for a reason, says it and begins again with what is free now.
    pub(super) async fn book(&mut self) -> Said {
        let Some(input) = self.agreed() else {
            return self.advance().await;
        };
        match self.use_tool::<BookRoom>(input).await {
            Ok(booked) => Ok(self.confirm(booked.booking)),
            Err(ToolError::Refused { reason, .. }) => {
                let now = self.advance().await?;
                Ok(format!("I could not book that: {reason}.\n{now}"))
            }
            Err(fault) => Err(fault),
        }
    }

    fn agreed(&self) -> Option<BookRoomInput> {
        let (stay, contact) = (&self.state.stay, &self.state.contact);
        let read_back = self.state.read_back.as_ref()?;
        let Some(RoomChoice::Group(room_type)) = stay.room.clone() else {
            return None;
        };
        Some(BookRoomInput {
            stay: stay.dates()?,
            party: stay.party()?.ok()?,
            room_type,
            package: stay.package.clone(),
            full_name: contact.name.clone()?,
            email: contact.email.clone()?,
            phone: contact.phone.clone(),
            agreed_total: read_back.total,
            read_back: read_back.number,
        })
    }

    fn confirm(&mut self, booking: Booking) -> String {
        let here = BookedHere {
            code: booking.code.clone(),
            email: booking.booker.email.clone(),
        };
        // A caller cannot be read an address; the confirmation mail leads to the page to pay at.
        if self.desk.channel != Channel::Phone {
            self.done.pay = Some(booking.id);
        }
        self.state.forget_booking();
        self.state.subject.code = Some(here.code.clone());
        self.state.subject.email = Some(here.email.clone());
        self.state.booked = Some(here);
        let group = self
            .groups
            .iter()
            .find(|group| group.id == booking.first().unit_group);
        let room_type = group.map_or_else(String::new, |group| group.code.clone());
        let words = match group {
            Some(group) => replies::booked(&booking, group, self.desk.property, self.voice()),
            None => format!("You're booked! Your booking code is {}.", booking.code),
        };
        self.done.booking = Some(BookingMade {
            total: booking.total(),
            stay: booking.first().dates,
            code: booking.code,
            room_type,
        });
        words
    }

    pub(super) fn ask_what_to_change(&mut self) -> String {
        self.state.read_back = None;
        self.state.expecting = None;
        "All right, nothing is booked. What should I change: the dates, the people, the room, or your details?".to_owned()
    }

    pub(super) fn explain(&mut self, fault: StayFault) -> String {
        self.state.topic = Topic::Booking;
        self.state.read_back = None;
        self.state.expecting = Some(match fault {
            StayFault::NoAdult | StayFault::TooMany(_) => Slot::Party,
            StayFault::NoNights | StayFault::TooManyNights if self.state.stay.arrival.is_some() => {
                Slot::Nights
            }
            _ => Slot::Dates,
        });
        replies::fault(fault)
    }
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let stop = if clause.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
