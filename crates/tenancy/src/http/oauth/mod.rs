//! OAuth 2.1 for programs that act for a business by themselves: the grant `client_credentials` of RFC 6749, section 4.4.

mod client;
mod error;
mod grant;
pub(crate) mod token;

pub use token::{ClientTokenView, OAuthErrorView};

use client::Credentials;
use error::OAuthError;
use grant::TokenRequest;
