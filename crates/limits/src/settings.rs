use actix_web::http::Method;
use serde::Deserialize;

use crate::Limit;

/// How often what may be asked. Zero switches one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// What somebody says to the front desk in a chat, a minute.
    pub chat: u32,
    /// What somebody says to it on a simulated telephone, a minute.
    pub voice: u32,
    /// How often somebody tries to sign in, a minute.
    pub sign_in: u32,
    /// How often programs at one address exchange a key or a refresh token for an access token, a minute.
    pub token: u32,
    /// How often a program with a key or a token asks, a minute.
    pub program: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            chat: 100,
            voice: 50,
            sign_in: 10,
            token: 60,
            program: 600,
        }
    }
}

/// Where people try to get in.
const DOORS: [&str; 10] = [
    "/console/sign-in",
    "/console/sign-in/code",
    "/api/v1/session",
    "/api/v1/session/passkey",
    "/api/v1/session/passkey/begin",
    "/api/v1/session/second-factor",
    "/api/v1/session/second-factor/passkey",
    "/api/v1/session/second-factor/passkey/begin",
    "/api/v1/session/tokens",
    "/api/v1/session/tokens/second-factor",
];

/// Where programs exchange what nobody guesses: many may share an address, and keep no person out.
const EXCHANGES: [&str; 2] = ["/api/v1/session/tokens/refresh", "/api/v1/oauth/token"];

impl Limits {
    /// The one for programs, whatever they ask.
    pub fn of_programs(&self) -> Option<Limit> {
        Limit::per_minute("program", self.program)
    }

    /// Which one a request counts for.
    pub(crate) fn of(&self, method: &Method, path: &str) -> Option<Limit> {
        if method != Method::POST {
            return None;
        }
        if DOORS.contains(&path) {
            return Limit::per_minute("sign-in", self.sign_in);
        }
        if EXCHANGES.contains(&path) {
            return Limit::per_minute("token", self.token);
        }
        let path = public_part(path);
        if path == "/chat" {
            return Limit::per_minute("chat", self.chat);
        }
        let voice = Limit::per_minute("voice", self.voice);
        voice.filter(|_| path.starts_with("/voice/simulate/"))
    }
}

/// The business a request is for, by its name in the address; empty for the one that answers at the root.
pub(crate) fn business(path: &str) -> &str {
    let rest = path.strip_prefix(PUBLIC).unwrap_or_default();
    rest.split('/').next().unwrap_or_default()
}

const PUBLIC: &str = "/api/v1/public/";

/// The path without the business's name.
fn public_part(path: &str) -> &str {
    let Some(rest) = path.strip_prefix(PUBLIC) else {
        return path;
    };
    rest.find('/')
        .and_then(|end| rest.get(end..))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &Method, path: &str) -> Option<&'static str> {
        Limits::default().of(method, path).map(|limit| limit.name)
    }

    #[test]
    fn what_is_said_and_who_comes_in_is_limited_and_nothing_else() {
        for path in ["/chat", "/api/v1/public/sunrise/chat"] {
            assert_eq!(name(&Method::POST, path), Some("chat"));
            assert_eq!(name(&Method::GET, path), None);
        }
        assert_eq!(
            name(&Method::POST, "/api/v1/public/sunrise/voice/simulate/calls"),
            Some("voice")
        );
        for door in DOORS {
            assert_eq!(name(&Method::POST, door), Some("sign-in"), "{door}");
        }
        for path in EXCHANGES {
            assert_eq!(name(&Method::POST, path), Some("token"));
        }
        for path in [
            "/voice/twilio/inbound",
            "/bookings",
            "/chatter",
            "/api/v1/public/chat",
        ] {
            assert_eq!(name(&Method::POST, path), None, "{path}");
        }
        let none = Limits {
            chat: 0,
            ..Limits::default()
        };
        assert_eq!(none.of(&Method::POST, "/chat"), None);
    }

    #[test]
    fn the_business_is_named_in_the_address() {
        assert_eq!(business("/api/v1/public/sunrise/chat"), "sunrise");
        assert_eq!(business("/chat"), "");
    }
}
