use motel_kernel::{BookingCode, Email};
use motel_upsells::{Added, Addition, Offered, Outcome, commands};

use super::{Taking, denies, names, words};
use crate::dialogue::{AddedTo, Asked, Step, Taken, is_unwelcome};
use crate::engine::turn::{Said, Turn};
use crate::replies;
use crate::tools::{AddToBooking, AddToBookingInput, ToolError};
use crate::understanding::{Answer, Intent, RoomChoice};

impl Turn<'_> {
    /// Reads the message as the answer to an offer; nothing when it is about something else, and the offer is over.
    pub(super) async fn answer_offer(
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
}
