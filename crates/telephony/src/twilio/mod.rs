//! What is particular to Twilio.

pub mod signature;
