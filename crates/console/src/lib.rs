#![doc = include_str!("../README.md")]

pub mod http;
mod present;
pub mod view;
