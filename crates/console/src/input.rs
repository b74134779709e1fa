//! Forms as they come in, and the same parsed.

mod amount;
mod amount_with_reason;
mod aside;
mod audit;
mod hand_over;
mod house_rules;
mod invoice;
mod knowledge;
mod model;
mod offer;
mod payment;
mod place;
mod prompt;
mod revoke;
mod share;
mod stay;
mod upsell;
mod voucher;

pub(crate) use amount::TypedAmount;
pub(crate) use amount_with_reason::AmountWithReason;
pub(crate) use aside::AsideForm;
pub(crate) use audit::{Look, RawLook};
pub(crate) use hand_over::RawHandOver;
pub(crate) use house_rules::RawHouseRules;
pub(crate) use invoice::{CreditForm, InvoiceForm, LANGUAGES};
pub(crate) use knowledge::{AnswerForm, NoteForm, RawAnswer, RawNote, last_day};
pub(crate) use model::{MONEY_PLACES, ModelForm, TEMPERATURE_PLACES};
pub(crate) use offer::{RawRooms, RawService};
pub(crate) use payment::{PaymentForm, WAYS};
pub(crate) use place::{PlaceForm, RawPlace};
pub(crate) use prompt::RawPrompt;
pub(crate) use revoke::RevokeForm;
pub(crate) use share::{RawShare, ShareForm};
pub(crate) use stay::{DeskAction, StayForm};
pub(crate) use upsell::{RawUpsell, UpsellForm, filled, offer_word};
pub(crate) use voucher::VoucherForm;
