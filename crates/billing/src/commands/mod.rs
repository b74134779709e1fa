//! Use cases, one a file. The caller opens the transaction and commits it.

mod authorise;
mod charge;
mod charge_night;
mod deposit_policy;
mod folio;
mod incident;
mod intents;
mod kept_card;
mod money;
mod open_folio;
mod payment_event;
mod payment_link;
mod post;
mod post_aside;
mod post_by_hand;
mod refunds;
mod remind;
mod request_refund;
mod reverse;
mod revoke;
mod settle_authorisation;
mod stray_event;
mod take_gateway_event;
mod tell_dispute;
mod tell_refund;
mod tender;
mod transfer;
mod turn;
mod unread_webhook;
mod want;
mod warn_of_end;

pub use authorise::{Aside, request_authorisation};
pub(crate) use charge::{CARD_REMOVED, NO_GATEWAY, NOT_HEARD, NOT_LET, fail_charge};
pub use charge::{refuse_while_charging, request_charge};
pub use charge_night::charge_night;
pub use deposit_policy::put_deposit_policy;
pub use folio::keep_folio;
pub use incident::count_incident;
pub(crate) use incident::forget_old_incidents;
pub(crate) use intents::{
    advance, intents_in_doubt, note_asking, note_asking_charge, note_heard, note_sending,
};
pub use kept_card::{keep_card, remove_card};
pub use open_folio::{close_folio, open_folio, put_routing, reopen_folio};
pub use payment_event::{Attempt, keep_payment_event, try_payment_event};
pub(crate) use payment_event::{events_waiting, links_to_try};
pub use payment_link::{Wanted, prepare_link, prepare_payment_link, refuse_link, store_checkout};
pub use post_aside::{LedgerEntry, post_aside};
pub use post_by_hand::{HandKind, HandPosting, post_by_hand};
pub(crate) use refunds::{note_asking_refund, refunds_in_doubt, refuse_refund};
pub(crate) use remind::{Reminded, folios_to_remind, remind};
pub use request_refund::{request_refund, request_refund_due};
pub use reverse::reverse;
pub use revoke::revoke_link;
pub(crate) use settle_authorisation::{note_authorised, note_refused, note_released, refuse_wish};
pub use stray_event::keep_stray_event;
pub use take_gateway_event::{ReceivedEvent, Taken, take_gateway_event};
pub use tender::{Tender, Tendered, give_back_tender, post_tender, take_off_tender};
pub use transfer::{Moved, transfer};
pub use turn::hold_folio;
pub use unread_webhook::read_webhooks_again;
pub(crate) use unread_webhook::{
    Unread, forget_old_webhooks, forget_unread_webhook, keep_unread_webhook, note_unread,
    webhooks_to_read,
};
pub use want::{want_capture, want_void};
pub(crate) use warn_of_end::warn_of_end;
