//! Use cases, one a file. The caller opens the transaction and commits it.

mod charge_night;
mod folio;
mod payment_link;
mod post;
mod reverse;
mod stray_event;
mod take_gateway_event;

pub use charge_night::charge_night;
pub use folio::keep_folio;
pub use payment_link::{prepare_payment_link, refuse_link, store_checkout};
pub use reverse::reverse;
pub use stray_event::keep_stray_event;
pub use take_gateway_event::{ReceivedEvent, Taken, take_gateway_event};
