//! `/.well-known/security.txt`: whom to tell of a weakness (RFC 9116).

use std::sync::Arc;

use actix_web::{get, web};
use anyhow::ensure;
use chrono::{Days, SecondsFormat};
use motel_kernel::Clock;
use motel_web::Problem;

/// For how long somebody may go by it; it should be less than a year.
const GOOD_FOR: Days = Days::new(180);

/// Where whoever finds a weakness can write to.
#[derive(Debug, Clone)]
pub struct SecurityContact(String);

impl SecurityContact {
    /// An address such as `mailto:security@motel.example` or a page.
    ///
    /// # Errors
    /// It is neither.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let known = ["mailto:", "https://", "tel:"];
        let whole = known.iter().any(|scheme| text.starts_with(scheme));
        ensure!(
            whole && text.bytes().all(|byte| byte.is_ascii_graphic()),
            "http.security_contact has to begin with mailto:, https:// or tel:"
        );
        Ok(Self(text.to_owned()))
    }
}

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.service(show);
}

#[get("/.well-known/security.txt")]
async fn show(
    contact: Option<web::Data<SecurityContact>>,
    clock: web::Data<Arc<dyn Clock>>,
) -> Result<String, Problem> {
    let contact = contact.ok_or_else(|| Problem::not_found("page"))?;
    let expires = clock.now() + GOOD_FOR;
    let expires = expires.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(format!("Contact: {}\nExpires: {expires}\n", contact.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_and_one_line() {
        for good in [
            "mailto:security@motel.example",
            "https://motel.example/security",
        ] {
            assert!(SecurityContact::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "security@motel.example",
            "http://motel.example",
            "https://a\nPolicy: b",
            "",
        ] {
            assert!(SecurityContact::parse(bad).is_err(), "{bad:?}");
        }
    }
}
