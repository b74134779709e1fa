//! What is offered beside what the guest asked for: put after an answer, taken on a yes, dropped on a no.

mod answer;
mod offer;
mod place;

use motel_rates::{Offer, PackageOffer};
use motel_upsells::{Offered, Wanted, commands, queries};

use super::turn::Turn;
use crate::dialogue::{Step, Taken};
use crate::replies;
use crate::tools::ToolError;
use crate::understanding::RoomChoice;

/// A step, and the words of its answer.
type Taking = Result<(Step, String), ToolError>;

/// How things stood before a step was taken.
struct Before {
    read_backs: u32,
    room: Option<RoomChoice>,
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
