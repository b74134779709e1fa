#![doc = include_str!("../README.md")]

mod event;
mod gateway;
mod gateways;
pub mod sandbox;
pub mod signature;
pub mod stripe;
mod webhook;

pub use event::{EventKind, GatewayEvent};
pub use gateway::{Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayName};
pub use gateways::Gateways;
pub use webhook::{WebhookError, WebhookRequest};
