#![doc = include_str!("../README.md")]

pub mod http;
mod input;
mod present;
pub mod view;
