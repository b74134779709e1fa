#![doc = include_str!("../README.md")]

mod backoff;
mod chore;
mod delivery;
mod error;
mod event;
mod feed;
mod forget;
mod schema;
mod worker;

pub use backoff::MOST_ATTEMPTS;
pub use chore::Chore;
pub use delivery::{Delivery, DeliveryStatus, Handler, HandlerError};
pub use error::JobsError;
pub use event::{Event, publish};
pub use feed::{EventFeed, Notice};
pub use forget::reword;
pub use worker::{ATTEMPT_TIMEOUT, Worker};
