//! What guests send, parsed once.

mod contact;
mod guest;
mod stay;

pub(crate) use contact::{RawEnquiry, enquiry};
pub(crate) use guest::{RawGuest, guest};
pub(crate) use stay::{RawStay, StayQuery, stay};
