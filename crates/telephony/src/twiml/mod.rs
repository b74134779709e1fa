//! TwiML: what Twilio is told to do with a call. Text from anywhere is escaped and bounded here, so no guest's word
//! can become a verb. Source: <https://www.twilio.com/docs/voice/twiml>.

mod gather;
mod response;
mod xml;

pub use gather::{Gather, Input};
pub use response::{LONGEST_SPEECH, Response};
