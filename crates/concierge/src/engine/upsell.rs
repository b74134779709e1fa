//! What is offered beside what the guest asked for: put after an answer, taken on a yes, dropped on a no.

use motel_bookings::Booking;
use motel_kernel::{BookingCode, Email, Party, StayDates};
use motel_rates::{Offer, PackageOffer};
use motel_tenancy::{Policies, PolicyTopic};
use motel_upsells::{
    Added, Addition, Facts, Offered, Outcome, Priced, Rule, Trigger, Wanted, commands, fitting,
    queries,
};

use super::turn::{Said, Turn};
use crate::dialogue::{AddedTo, Asked, Step, Taken, Topic, is_unwelcome};
use crate::replies;
use crate::tools::{
    AddToBooking, AddToBookingInput, LookUpBooking, OfferExtra, OfferExtraInput, Tool, ToolError,
};
use crate::understanding::{Answer, Intent, RoomChoice, Slot};

/// A step, and the words of its answer.
type Taking = Result<(Step, String), ToolError>;

/// How many rules that fit are priced at most: what the first ones offer may not be for sale.
const MOST_TRIED: usize = 5;

/// How things stood before a step was taken.
struct Before {
    read_backs: u32,
    room: Option<RoomChoice>,
}

/// A stay that something may be offered with.
struct Place {
    stay: StayDates,
    party: Party,
    room_type: String,
    package: Option<String>,
    to: AddedTo,
}

impl Turn<'_> {
    /// Takes a step: a yes or no to what was offered first, and after it what fits the moment.
    pub(super) async fn take_with_offers(&mut self, step: Step) -> Taking {
        let message = self.message.to_string();
        if let Some(asked) = self.offered.take()
            && let Some(done) = self.answer_offer(asked, step).await?
        {
            return Ok(done);
        }
        if self.takes_back_package(&message) {
            return Ok((Step::Advance, self.advance().await?));
        }
        let before = Before {
            read_backs: self.state.read_backs,
            room: self.state.stay.room.clone(),
        };
        if step == Step::Book {
            self.price_taken().await?;
        }
        let text = self.take(step).await?;
        self.note_booked().await?;
        let text = match self.moment(step, &before) {
            Some((trigger, topic)) if self.sells_rooms() => {
                self.offer_at(trigger, topic, text).await?
            }
            _ => text,
        };
        Ok((step, text))
    }

    /// Reads the message as the answer to an offer; nothing when it is about something else, and the offer is over.
    async fn answer_offer(
        &mut self,
        asked: Asked,
        step: Step,
    ) -> Result<Option<(Step, String)>, ToolError> {
        let elsewhere = self.said.is_question
            || matches!(
                self.said.intent,
                Intent::Human | Intent::Cancel | Intent::ChangeBooking | Intent::Pay
            );
        match self.said.answer {
            _ if self.changes.fault.is_some() => Ok(None),
            Some(Answer::Yes) if self.spares(&asked) => {
                // The yes is to what was read back, and to nothing on top.
                self.note_declined(&asked).await?;
                Ok(None)
            }
            _ if !self.said.is_question && self.spares(&asked) => {
                self.decline(asked, step, elsewhere).await
            }
            Some(Answer::Yes) if !elsewhere && !self.says_book(&asked) => {
                self.accept(asked).await.map(Some)
            }
            Some(Answer::No) => self.decline(asked, step, elsewhere).await,
            _ if self.said.intent == Intent::NeverMind => self.decline(asked, step, false).await,
            _ => Ok(None),
        }
    }

    /// "Yes, but without the breakfast", "just the room".
    fn spares(&self, asked: &Asked) -> bool {
        let message = self.message.to_string();
        is_unwelcome(&message) || denies(&asked.name, &words(&message))
    }

    async fn note_declined(&mut self, asked: &Asked) -> Result<(), ToolError> {
        let now = self.desk.now;
        commands::answer(self.tx, asked.showing, Outcome::Declined, now).await?;
        Ok(())
    }

    /// "Book it" is a yes to the read-back that stands, unless it speaks of what was offered.
    fn says_book(&self, asked: &Asked) -> bool {
        if asked.to != AddedTo::Draft || self.state.read_back.is_none() {
            return false;
        }
        let words = words(&self.message.to_string());
        let says = |word: &str| words.iter().any(|it| it == word);
        let speaks_of_it = ["with", "add", "plus", "include", "including"]
            .into_iter()
            .any(says)
            || names(&asked.name, &words);
        says("book") && !speaks_of_it
    }

    async fn decline(
        &mut self,
        asked: Asked,
        step: Step,
        elsewhere: bool,
    ) -> Result<Option<(Step, String)>, ToolError> {
        self.note_declined(&asked).await?;
        let says_more = elsewhere || self.changes.stay || self.changes.contact;
        if says_more {
            return Ok(None);
        }
        let step = match step {
            Step::AskWhatToChange | Step::Abandon => Step::Wait,
            other => other,
        };
        let words = replies::without_extra();
        Ok(Some((step, self.talk(words))))
    }

    async fn accept(&mut self, asked: Asked) -> Taking {
        match asked.to.clone() {
            AddedTo::Draft => {
                let now = self.desk.now;
                commands::answer(self.tx, asked.showing, Outcome::Taken, now).await?;
                let instead_of = self.draft().map(|place| place.room_type);
                match asked.offered.clone() {
                    Offered::Package(code) => self.state.stay.package = Some(code),
                    Offered::Room(code) => self.state.stay.room = Some(RoomChoice::Group(code)),
                }
                self.state.upsell.taken.push(Taken {
                    showing: asked.showing,
                    offered: asked.offered,
                    name: asked.name,
                    instead_of: instead_of.unwrap_or_default(),
                    extra: None,
                });
                self.changes.stay = true;
                Ok((Step::Advance, self.advance().await?))
            }
            AddedTo::Booking { code, email } => {
                Ok((Step::Wait, self.read_back_extra(asked, code, email).await?))
            }
            AddedTo::ReadBack { code, email, total } => {
                let input = AddToBookingInput {
                    code,
                    email,
                    offered: asked.offered.clone(),
                    agreed_total: total,
                };
                Ok((Step::Wait, self.add_extra(asked, input).await?))
            }
        }
    }

    /// Says what adding it to a booking comes to by now, and asks.
    async fn read_back_extra(&mut self, asked: Asked, code: BookingCode, email: Email) -> Said {
        let added = Added {
            code: &code,
            email: &email,
            offered: &asked.offered,
        };
        let (property, now) = (self.desk.property, self.desk.now);
        let Some(priced) = commands::would_add(self.tx, property, &added, now).await? else {
            return Ok(replies::extra_not_added("it is not for sale any more"));
        };
        let words = replies::extra_read_back(&code, &priced);
        let total = priced.total;
        self.state.upsell.asked = Some(Asked {
            to: AddedTo::ReadBack { code, email, total },
            ..asked
        });
        Ok(words)
    }

    async fn add_extra(&mut self, asked: Asked, input: AddToBookingInput) -> Said {
        match self.use_tool::<AddToBooking>(input).await {
            Ok(Addition { booking, extra }) => {
                let now = self.desk.now;
                commands::answer(self.tx, asked.showing, Outcome::Taken, now).await?;
                commands::become_part(self.tx, asked.showing, booking.id, Some(extra)).await?;
                Ok(replies::extra_added(&asked.name, &booking))
            }
            Err(ToolError::Refused { reason, .. }) => Ok(replies::extra_not_added(&reason)),
            Err(fault) => Err(fault),
        }
    }

    /// "Without the breakfast": what was taken is left out again.
    fn takes_back_package(&mut self, message: &str) -> bool {
        let Some(code) = self.state.stay.package.clone() else {
            return false;
        };
        let words = words(message);
        let is_it = |taken: &Taken| {
            taken.offered == Offered::Package(code.clone()) && denies(&taken.name, &words)
        };
        let denied = self.state.upsell.taken.iter().any(is_it);
        if denied && !self.said.is_question {
            self.state.stay.package = None;
            self.changes.stay = true;
            return true;
        }
        false
    }

    /// The package that was taken, as it is priced with a room. One that does not go with the stay any more is left out, and that is said.
    pub(super) fn package_with(&mut self, offer: &Offer) -> (Option<PackageOffer>, Option<String>) {
        let Some(code) = self.state.stay.package.clone() else {
            return (None, None);
        };
        let packages = offer.plans().flat_map(|plan| &plan.packages);
        let with = packages
            .filter(|package| package.code == code)
            .min_by_key(|package| package.total().minor());
        if let Some(with) = with {
            return (Some(with.clone()), None);
        }
        self.state.stay.package = None;
        let taken = self.state.upsell.taken.iter();
        let name = taken
            .rev()
            .find(|taken| taken.offered == Offered::Package(code.clone()))
            .map_or(code.as_str(), |taken| taken.name.as_str());
        (None, Some(replies::extra_dropped(name)))
    }

    /// What was taken costs what it comes to with the stay as it is booked, which may be another one than it was offered with.
    async fn price_taken(&mut self) -> Result<(), ToolError> {
        let Some(place) = self.draft().filter(|_| !self.state.upsell.taken.is_empty()) else {
            return Ok(());
        };
        let (property, now) = (self.desk.property, self.desk.now);
        let mut taken = std::mem::take(&mut self.state.upsell.taken);
        for taken in &mut taken {
            let (room_type, package) = match &taken.offered {
                Offered::Package(_) => (&place.room_type, None),
                Offered::Room(_) => (&taken.instead_of, place.package.as_deref()),
            };
            let wanted = Wanted {
                room_type,
                ..place.wanted()
            };
            let priced =
                queries::priced(self.tx, property, &wanted, package, &taken.offered, now).await?;
            taken.extra = priced.map(|priced| priced.extra).or(taken.extra);
        }
        self.state.upsell.taken = taken;
        Ok(())
    }

    /// Once something is booked, what was taken for it has become part of it.
    async fn note_booked(&mut self) -> Result<(), ToolError> {
        if self.done.booking.is_none() || self.state.upsell.taken.is_empty() {
            return Ok(());
        }
        let taken = std::mem::take(&mut self.state.upsell.taken);
        let Some(booking) = self.booking_here().await? else {
            return Ok(());
        };
        let stay = booking.first();
        let room_type = self.code_of(&booking);
        for taken in taken {
            let is_part = match &taken.offered {
                Offered::Package(code) => stay.package_code() == Some(code.as_str()),
                Offered::Room(code) => *code == room_type,
            };
            if is_part {
                commands::become_part(self.tx, taken.showing, booking.id, taken.extra).await?;
            }
        }
        Ok(())
    }

    /// At which moment of a conversation the answer leaves the guest, where something may be offered.
    fn moment(&self, step: Step, before: &Before) -> Option<(Trigger, Option<PolicyTopic>)> {
        let state = &self.state;
        let used = |tool: &str, outcome: &str| {
            let actions = self.done.actions.iter();
            actions
                .rev()
                .any(|it| it.tool == tool && it.outcome == outcome)
        };
        if self.done.booking.is_some() {
            return Some((Trigger::Booked, None));
        }
        if state.read_back.is_some() && state.read_backs > before.read_backs {
            return Some((Trigger::ReadBack, None));
        }
        let asks_who = matches!(state.expecting, Some(Slot::Name | Slot::Email));
        match step {
            Step::LookUp if used(LookUpBooking::NAME, "confirmed") => {
                Some((Trigger::LookedUp, None))
            }
            Step::Answer if asks_who || state.expecting.is_none() => {
                let topic = Policies::match_question(&self.message.to_string())?;
                Some((Trigger::AskedAbout, Some(topic)))
            }
            Step::Advance if asks_who && (self.changes.stay || state.stay.room != before.room) => {
                Some((Trigger::RoomsOffered, None))
            }
            _ => None,
        }
    }

    /// Puts the first offer that fits and is for sale after an answer.
    async fn offer_at(
        &mut self,
        trigger: Trigger,
        topic: Option<PolicyTopic>,
        text: String,
    ) -> Said {
        let property = self.desk.property;
        // Two questions at a read-back would share one yes.
        let two_questions = trigger == Trigger::ReadBack && !replies::ends_in_shall_i(&text);
        if !self.is_calm() || two_questions {
            return Ok(text);
        }
        let rules = queries::rules_on(self.tx, property.id, trigger).await?;
        if rules.is_empty() {
            return Ok(text);
        }
        let Some(place) = self.place(trigger).await? else {
            return Ok(text);
        };
        let arrival = place.stay.arrival();
        let seasons = queries::seasons_on(self.tx, property.id, &rules, arrival).await?;
        let past = queries::past(self.tx, self.desk.conversation).await?;
        let facts = Facts {
            trigger,
            topic,
            wanted: place.wanted(),
            package: place.package.as_deref(),
            seasons: &seasons,
            channel: self.desk.channel,
            today: self.desk.today(),
            calm: true,
        };
        for rule in fitting(&rules, &facts, &past).take(MOST_TRIED) {
            if let Some(priced) = self.price(rule, &place).await? {
                return self.put(rule, &place, priced, text).await;
            }
        }
        Ok(text)
    }

    /// Nothing is sold to who complains, is in danger, waits for a person or is angry.
    fn is_calm(&self) -> bool {
        let state = &self.state;
        !state.handed_over
            && !state.upsell.unwelcome
            && state.lead_reason.is_none()
            && !matches!(state.topic, Topic::Lead | Topic::Cancelling)
    }

    /// What it costs with the stay, if it can be sold so.
    async fn price(&mut self, rule: &Rule, place: &Place) -> Result<Option<Priced>, ToolError> {
        let (property, now) = (self.desk.property, self.desk.now);
        let offered = &rule.details.offered;
        let priced = match &place.to {
            AddedTo::Draft => {
                let package = place.package.as_deref();
                queries::priced(self.tx, property, &place.wanted(), package, offered, now).await?
            }
            AddedTo::Booking { code, email } | AddedTo::ReadBack { code, email, .. } => {
                let added = Added {
                    code,
                    email,
                    offered,
                };
                commands::would_add(self.tx, property, &added, now).await?
            }
        };
        Ok(priced)
    }

    async fn put(&mut self, rule: &Rule, place: &Place, priced: Priced, text: String) -> Said {
        let input = OfferExtraInput::new(rule, &priced);
        let Some(showing) = self.use_tool::<OfferExtra>(input).await? else {
            return Ok(text);
        };
        let nights = place.stay.night_count();
        let sentence = rule.details.words.said(&priced, nights, replies::money);
        self.state.upsell.asked = Some(Asked {
            showing,
            offered: rule.details.offered.clone(),
            name: priced.name,
            to: place.to.clone(),
        });
        Ok(replies::with_offer(&text, &sentence))
    }

    /// The stay that the moment is about: the one being booked, or a booking that is proved to be the guest's.
    async fn place(&mut self, trigger: Trigger) -> Result<Option<Place>, ToolError> {
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
    fn draft(&self) -> Option<Place> {
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
    async fn booking_here(&mut self) -> Result<Option<Booking>, ToolError> {
        match self.state.booked.clone() {
            Some(here) => self.find_booking(here.code, here.email).await,
            None => Ok(None),
        }
    }

    /// The booking the guest has just proved to be theirs.
    async fn booking_seen(&mut self) -> Result<Option<Booking>, ToolError> {
        let subject = self.state.subject.clone();
        match subject.code.zip(subject.email) {
            Some((code, email)) => self.find_booking(code, email).await,
            None => Ok(None),
        }
    }

    async fn find_booking(
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

    fn code_of(&self, booking: &Booking) -> String {
        let group = booking.first().unit_group;
        let found = self.groups.iter().find(|it| it.id == group);
        found.map_or_else(String::new, |group| group.code.clone())
    }
}

impl Place {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            stay: self.stay,
            party: self.party,
            room_type: &self.room_type,
        }
    }
}

/// The words of a message, small and without signs.
fn words(message: &str) -> Vec<String> {
    let plain = message.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a message says no to something by its name.
fn denies(name: &str, words: &[String]) -> bool {
    const NO: &[&str] = &[
        "without", "remove", "no", "drop", "cancel", "not", "dont", "skip",
    ];
    let no_problem = words.windows(2).any(|pair| pair == ["no", "problem"]);
    let says_no = words.iter().any(|word| NO.contains(&word.as_str()));
    says_no && !no_problem && names(name, words)
}

/// Whether a message says one of the longer words of a name.
fn names(name: &str, words: &[String]) -> bool {
    const LONG: usize = 4;
    let name = self::words(name);
    name.iter()
        .any(|part| part.chars().count() >= LONG && words.contains(part))
}
