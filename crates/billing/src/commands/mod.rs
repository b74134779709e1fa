//! Use cases, one a file. The caller opens the transaction and commits it.

mod folio;
mod payment_link;
mod post;
mod reverse;
mod settle_cancellation;
mod stray_event;
mod take_gateway_event;

pub use folio::{keep_folio, open_folio_for_booking};
pub use payment_link::{prepare_payment_link, refuse_link, store_checkout};
pub use reverse::reverse;
pub use settle_cancellation::settle_cancellation;
pub use stray_event::keep_stray_event;
pub use take_gateway_event::{ReceivedEvent, Taken, take_gateway_event};
