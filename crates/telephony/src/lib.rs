#![doc = include_str!("../README.md")]

pub mod twilio;
pub mod twiml;
