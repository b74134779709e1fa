#![doc = include_str!("../README.md")]

mod authorisation;
mod card;
mod event;
mod gateway;
mod gateways;
mod http;
mod payee;
pub mod paypal;
mod refund;
pub mod sandbox;
pub mod signature;
pub mod stripe;
mod webhook;

pub use authorisation::{AuthorisationState, Authorised, Authorises, Place, Sought, TakeRequest};
pub use card::{CardReference, ChargeRequest, ChargeState, SavedCard};
pub use event::{EventKind, GatewayEvent};
pub use gateway::{Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayName};
pub use gateways::Gateways;
pub use payee::{Payee, PayeeError, Payees, Told};
pub use refund::{GatewayRefund, RefundOutcome, RefundRequest};
pub use webhook::{WebhookError, WebhookRequest};
