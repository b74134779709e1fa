use chrono::{NaiveTime, Timelike};
use motel_appointments::{Appointment, PriceBasis, Service, Slot as TimeSlot, Travel};

use super::session_words as words;
use super::turn::{Said, Turn};
use crate::dialogue::{BookedHere, ReadBack, SessionReadBack, SessionSlot, StayFault, Step, Topic};
use crate::replies;
use crate::tools::{
    BookAppointment, BookAppointmentInput, ListServices, ListServicesInput, SearchTimes,
    SearchTimesInput, TimesFound, ToolError,
};
use crate::understanding::{Intent, Slot};

impl Turn<'_> {
    /// Whether services are what is sold: where there are no rooms, or where one was begun to be booked beside them.
    pub(super) fn sells_sessions(&self) -> bool {
        let begun = self.state.session.service.is_some();
        !self.services.is_empty() && (!self.sells_rooms() || begun)
    }

    /// Takes in what the message says about an appointment.
    pub(super) fn absorb_session(&mut self) {
        if !self.sells_sessions() || self.state.topic == Topic::Lead {
            return;
        }
        let message = self.message.to_string();
        let today = self.desk.today();
        let heard = words::absorb(
            &mut self.state.session,
            self.services,
            &message,
            &self.said,
            today,
        );
        self.changes.stay |= heard;
        self.session_heard = heard;
        // How many may come is for the service to say, and not for a room.
        if matches!(self.changes.fault, Some(StayFault::TooMany(_))) {
            self.changes.fault = None;
        }
    }

    /// The step for a business of appointments: what was heard of one goes on with it, unless something else was asked.
    pub(super) fn session_step(&self, step: Step) -> Step {
        if !self.sells_sessions() {
            return step;
        }
        let dated = self.said.dates.is_some() || self.said.intent == Intent::Book;
        let wants = words::wants_one(&self.message.to_string());
        let asks = wants && (self.session_heard || dated);
        let tells = self.session_heard && !self.said.is_question;
        let open = matches!(
            step,
            Step::Answer | Step::Capabilities | Step::Noted | Step::Greet | Step::AlreadyBooked
        );
        match step {
            _ if open && (asks || tells) => Step::Advance,
            Step::TakeLead if self.state.topic == Topic::Booking && tells => Step::Advance,
            step => step,
        }
    }

    /// Goes on with the appointment as far as it can be gone, and asks the next thing.
    pub(super) async fn advance_session(&mut self) -> Said {
        self.state.topic = Topic::Booking;
        self.state.read_back = None;
        self.state.session.asked = None;
        let Some(service) = words::chosen(&self.state.session, self.services) else {
            return self.offer_services().await;
        };
        let Some(day) = self.state.stay.arrival else {
            self.wait_for(SessionSlot::Day);
            self.state.expecting = Some(Slot::Dates);
            return Ok(replies::ask_session_day(service));
        };
        if let Some((slot, question)) = self.missing_of(service) {
            self.wait_for(slot);
            return Ok(question);
        }
        let input = SearchTimesInput {
            service: service.details.code.clone(),
            day,
            guests: self.guests(),
            destination: self.state.session.destination.clone(),
        };
        match self.use_tool::<SearchTimes>(input).await {
            Ok(found) => Ok(self.choose_time(&found)),
            Err(ToolError::Refused { code, reason }) => Ok(self.refuse_session(code, &reason)),
            Err(fault) => Err(fault),
        }
    }

    /// Names what can be had, and asks which.
    async fn offer_services(&mut self) -> Said {
        let guests = self.state.session.guests;
        let fitting = self
            .use_tool::<ListServices>(ListServicesInput { guests })
            .await?;
        self.wait_for(SessionSlot::Service);
        Ok(match fitting.is_empty() {
            true => replies::services(self.services),
            false => replies::services(&fitting),
        })
    }

    /// What has to be known before times can be looked for.
    pub(super) fn missing_of(&self, service: &Service) -> Option<(SessionSlot, String)> {
        let draft = &self.state.session;
        let counts = service.details.price_basis == PriceBasis::PerGuest;
        if counts && draft.guests.is_none() {
            return Some((SessionSlot::Guests, replies::ask_session_guests(service)));
        }
        if draft.destination.is_some() {
            return None;
        }
        match service.details.travel.as_ref()? {
            Travel::PerMile { .. } | Travel::DistanceBands { .. } => {
                Some((SessionSlot::Miles, replies::ask_miles()))
            }
            Travel::PostcodeBands { .. } => Some((SessionSlot::Postcode, replies::ask_postcode())),
        }
    }

    /// How many come: who says nothing comes alone.
    fn guests(&self) -> u32 {
        self.state.session.guests.unwrap_or(1)
    }

    fn wait_for(&mut self, slot: SessionSlot) {
        self.state.session.asked = Some(slot);
        self.state.expecting = None;
    }

    /// What cannot be had at any time: the part that stands in the way is asked anew.
    fn refuse_session(&mut self, code: &str, reason: &str) -> String {
        let session = &mut self.state.session;
        let slot = match code {
            "too_few_guests" | "too_many_guests" => {
                session.guests = None;
                SessionSlot::Guests
            }
            "too_far" | "destination_missing" => {
                session.destination = None;
                SessionSlot::Miles
            }
            _ => SessionSlot::Service,
        };
        self.wait_for(slot);
        replies::session_refused(reason)
    }

    fn choose_time(&mut self, found: &TimesFound) -> String {
        if found.open.is_empty() {
            self.state.stay.arrival = None;
            self.state.stay.departure = None;
            self.wait_for(SessionSlot::Day);
            self.state.expecting = Some(Slot::Dates);
            self.done.failed = true;
            return replies::no_times(found);
        }
        let wanted = self.state.session.at;
        let Some(slot) = wanted.and_then(|at| self.open_at(&found.open, at)) else {
            self.state.session.at = None;
            self.wait_for(SessionSlot::Time);
            return replies::times(found, wanted, self.desk.property);
        };
        self.settle_on_time(found, slot)
    }

    /// The open slot at a time; "six" is the one of six in the morning or in the evening that is open.
    pub(super) fn open_at<'s>(&self, open: &'s [TimeSlot], at: NaiveTime) -> Option<&'s TimeSlot> {
        let wall = |slot: &TimeSlot| {
            slot.starts_at
                .with_timezone(&self.desk.property.timezone)
                .time()
        };
        let same = |wanted: NaiveTime| open.iter().find(|slot| wall(slot) == wanted);
        let open_half = !self.state.session.half_of_day;
        let later = at
            .hour()
            .checked_add(12)
            .filter(|hour| open_half && *hour < 24);
        let evening = later.and_then(|hour| at.with_hour(hour));
        same(at).or_else(|| evening.and_then(same))
    }

    fn settle_on_time(&mut self, found: &TimesFound, slot: &TimeSlot) -> String {
        self.state.session.at = Some(
            slot.starts_at
                .with_timezone(&self.desk.property.timezone)
                .time(),
        );
        if let Some(missing) = self.state.contact.missing() {
            let question = self.ask(missing);
            return match self.changes.stay {
                true => {
                    let offer = replies::time_priced(found, slot, self.desk.property);
                    format!("{offer}\n{question}")
                }
                false => question,
            };
        }
        let guests = self.guests();
        self.state.read_backs = self.state.read_backs.saturating_add(1);
        self.state.read_back = Some(ReadBack {
            number: self.state.read_backs,
            room: found.service.details.name.clone(),
            total: found.price.total,
            session: Some(SessionReadBack {
                service: found.service.details.code.clone(),
                day: slot.local_day,
                starts_at: slot.starts_at,
                guests,
                destination: self.state.session.destination.clone(),
            }),
        });
        self.state.expecting = Some(Slot::Confirmation);
        let contact = &self.state.contact;
        replies::session_read_back(
            found,
            slot,
            guests,
            contact,
            self.desk.property,
            self.voice(),
        )
    }

    /// Books the appointment that was read back; when that fails for a reason, says it and shows what is free now.
    pub(super) async fn book_session(&mut self) -> Said {
        let Some(input) = self.agreed_session() else {
            return self.advance_session().await;
        };
        match self.use_tool::<BookAppointment>(input).await {
            Ok(booked) => Ok(self.confirm_session(&booked.appointment)),
            Err(ToolError::Refused { reason, .. }) => {
                self.state.session.at = None;
                let now = self.advance_session().await?;
                Ok(format!("I could not book that: {reason}.\n{now}"))
            }
            Err(fault) => Err(fault),
        }
    }

    /// What was read back, unless something else was said since: that has to be read back first.
    fn agreed_session(&self) -> Option<BookAppointmentInput> {
        let state = &self.state;
        let read_back = state.read_back.as_ref()?;
        let agreed = read_back.session.as_ref()?;
        let service = words::chosen(&state.session, self.services)?;
        let at = state
            .session
            .at
            .map(|at| motel_kernel::local_instant(agreed.day, at, self.desk.property.timezone));
        let same = service.details.code == agreed.service
            && state.stay.arrival == Some(agreed.day)
            && at == Some(agreed.starts_at)
            && self.guests() == agreed.guests
            && state.session.destination == agreed.destination;
        same.then_some(BookAppointmentInput {
            service: agreed.service.clone(),
            starts_at: agreed.starts_at,
            guests: agreed.guests,
            destination: agreed.destination.clone(),
            full_name: state.contact.name.clone()?,
            email: state.contact.email.clone()?,
            phone: state.contact.phone.clone(),
            agreed_total: read_back.total,
            read_back: read_back.number,
        })
    }

    fn confirm_session(&mut self, made: &Appointment) -> String {
        let here = BookedHere {
            code: made.code.clone(),
            email: made.booker.email.clone(),
        };
        let service = self
            .services
            .iter()
            .find(|service| service.id == made.service);
        let name = service.map_or_else(String::new, |service| service.details.name.clone());
        self.state.forget_booking();
        self.state.subject.code = Some(here.code.clone());
        self.state.subject.email = Some(here.email.clone());
        self.state.subject.appointment = Some(here.code.clone());
        self.state.booked = Some(here);
        replies::session_booked(made, &name, self.desk.property, self.voice())
    }

    /// The standing question about an appointment, once more.
    pub(super) fn session_question(&self) -> Option<String> {
        let service = words::chosen(&self.state.session, self.services);
        Some(match (self.state.session.asked?, service) {
            (SessionSlot::Service, _) => replies::ask_service(),
            (SessionSlot::Day, Some(service)) => replies::ask_session_day(service),
            (SessionSlot::Guests, Some(service)) => replies::ask_session_guests(service),
            (SessionSlot::Time, _) => replies::ask_time(),
            (SessionSlot::Miles, _) => replies::ask_miles(),
            (SessionSlot::Postcode, _) => replies::ask_postcode(),
            (_, None) => replies::ask_service(),
        })
    }
}
