use chrono::{Days, NaiveDate};
use motel_kernel::{InvalidParty, Party, StayDates};
use serde::{Deserialize, Serialize};

use crate::understanding::{
    DateFault, DateMention, NightsMention, PartyMention, RoomChoice, Slot, Understanding,
};

/// The stay wanted, as far as said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StayDraft {
    pub(crate) arrival: Option<NaiveDate>,
    pub(crate) departure: Option<NaiveDate>,
    /// The first day of a window such as "in February", in which a bare "the 14th" then lies.
    pub(crate) around: Option<NaiveDate>,
    /// A length said before the arrival was.
    pub(crate) nights: Option<u32>,
    pub(crate) adults: Option<u32>,
    pub(crate) children: Option<u32>,
    pub(crate) pets: Option<u32>,
    pub(crate) room: Option<RoomChoice>,
    /// The code of a package that was offered and taken.
    pub(crate) package: Option<String>,
}

/// Why what was said is no stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StayFault {
    Past(NaiveDate),
    NoSuchDay,
    Reversed,
    NoNights,
    TooManyNights,
    NoAdult,
    TooMany(&'static str),
}

/// What has to be asked before rooms can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Dates,
    Nights(NaiveDate),
    Party,
}

impl Missing {
    pub(crate) fn slot(self) -> Slot {
        match self {
            Self::Dates => Slot::Dates,
            Self::Nights(_) => Slot::Nights,
            Self::Party => Slot::Party,
        }
    }
}

impl StayDraft {
    /// The nights, when both ends are known.
    pub(crate) fn dates(&self) -> Option<StayDates> {
        StayDates::new(self.arrival?, self.departure?).ok()
    }

    /// The party, when the adults are known.
    pub(crate) fn party(&self) -> Option<Result<Party, InvalidParty>> {
        let adults = self.adults?;
        let count = |n: Option<u32>| i64::from(n.unwrap_or(0));
        Some(Party::new(
            adults.into(),
            count(self.children),
            count(self.pets),
        ))
    }

    /// The first thing that is missing.
    pub(crate) fn missing(&self) -> Option<Missing> {
        match (self.arrival, self.departure, self.adults) {
            (None, ..) => Some(Missing::Dates),
            (Some(arrival), None, _) => Some(Missing::Nights(arrival)),
            (.., None) => Some(Missing::Party),
            _ => None,
        }
    }

    /// Takes in what a message says about the stay. A fault leaves the faulty part as it was.
    pub(crate) fn absorb(&mut self, said: &Understanding) -> Result<(), StayFault> {
        let dates = self.absorb_dates(said);
        let party = self.absorb_party(said.party, said.pets);
        if let Some(room) = &said.room {
            self.room = Some(room.clone());
        }
        dates.and(party)
    }

    fn absorb_dates(&mut self, said: &Understanding) -> Result<(), StayFault> {
        if let Some(fault) = said.date_fault {
            self.arrival = None;
            self.departure = None;
            return Err(fault.into());
        }
        let length = self.nights_known();
        match said.dates {
            Some(DateMention::Stay { arrival, departure }) => {
                self.arrival = Some(arrival);
                self.departure = Some(departure);
                self.nights = None;
                return Ok(());
            }
            Some(DateMention::Departure { on }) => {
                self.nights = None;
                self.departure = Some(on);
                if self.arrival.is_some_and(|arrival| on <= arrival) {
                    self.departure = None;
                    return Err(StayFault::Reversed);
                }
            }
            Some(DateMention::Day { on }) if self.completes(on, said.is_correction) => {
                self.departure = Some(on);
            }
            Some(DateMention::Day { on } | DateMention::Arrival { on }) => {
                self.arrival = Some(on);
                self.departure = self
                    .departure
                    .filter(|departure| *departure > on && length.is_none());
                self.nights = length.or(self.nights);
                self.close()?;
            }
            Some(DateMention::Window { from, .. }) => self.around = Some(from),
            None => {}
        }
        self.absorb_nights(said.nights)
    }

    /// A second day said on its own closes the stay.
    fn completes(&self, on: NaiveDate, correcting: bool) -> bool {
        !correcting
            && self.departure.is_none()
            && self.nights.is_none()
            && self.arrival.is_some_and(|arrival| on > arrival)
    }

    fn nights_known(&self) -> Option<u32> {
        self.dates().map(StayDates::night_count).or(self.nights)
    }

    fn absorb_nights(&mut self, said: Option<NightsMention>) -> Result<(), StayFault> {
        let known = self.nights_known();
        let nights = match said {
            None => return Ok(()),
            Some(NightsMention::Exactly(nights)) => nights,
            Some(NightsMention::More(_) | NightsMention::Fewer(_)) if known.is_none() => {
                return Ok(());
            }
            Some(NightsMention::More(more)) => known.unwrap_or(0).saturating_add(more),
            Some(NightsMention::Fewer(fewer)) => known.unwrap_or(0).saturating_sub(fewer),
        };
        match nights {
            0 => return Err(StayFault::NoNights),
            1..=motel_kernel::MAX_NIGHTS => {}
            _ => return Err(StayFault::TooManyNights),
        }
        self.nights = Some(nights);
        match (self.arrival, self.departure) {
            (None, Some(departure)) => {
                self.arrival = departure.checked_sub_days(Days::new(nights.into()));
                self.nights = None;
                Ok(())
            }
            _ => self.close(),
        }
    }

    /// Works out the departure once arrival and length are known.
    fn close(&mut self) -> Result<(), StayFault> {
        if let (Some(arrival), Some(nights)) = (self.arrival, self.nights) {
            let stay =
                StayDates::from_nights(arrival, nights).map_err(|_| StayFault::TooManyNights)?;
            self.departure = Some(stay.departure());
            self.nights = None;
        }
        Ok(())
    }

    fn absorb_party(&mut self, said: PartyMention, pets: Option<u32>) -> Result<(), StayFault> {
        let before = (self.adults, self.children, self.pets);
        self.adults = said.grown_ups().or(self.adults);
        self.children = said.children.or(self.children);
        self.pets = pets.or(self.pets);
        let party = self.party();
        let fault = match party {
            Some(Err(InvalidParty::NoAdult)) => StayFault::NoAdult,
            Some(Err(InvalidParty::TooMany { what })) => StayFault::TooMany(what),
            Some(Ok(_)) | None => return Ok(()),
        };
        (self.adults, self.children, self.pets) = before;
        Err(fault)
    }
}

impl From<DateFault> for StayFault {
    fn from(fault: DateFault) -> Self {
        match fault {
            DateFault::Past(date) => Self::Past(date),
            DateFault::NoSuchDay => Self::NoSuchDay,
            DateFault::Reversed => Self::Reversed,
        }
    }
}
