use actix_web::HttpResponse;
use motel_telephony::twiml::{Gather, Response};

use crate::model::{Answer, Then};

/// Seconds of silence after which the caller is asked again.
const PATIENCE: u8 = 6;

/// Words callers use that speech recognition might not expect.
const HINTS: [&str; 8] = [
    "queen room",
    "king suite",
    "pet friendly",
    "check in",
    "check out",
    "book a room",
    "cancel",
    "front desk",
];

/// An answer as Twilio reads it; turns are posted to `turn_url`.
pub(super) fn twiml(answer: &Answer, turn_url: &str) -> HttpResponse {
    let response = match answer.then {
        Then::Listen { turn } => {
            let mut gather = Gather::to(format!("{turn_url}?turn={turn}"));
            gather.timeout = PATIENCE;
            gather.hints = HINTS.map(str::to_owned).to_vec();
            Response::new().gather(gather, &answer.text)
        }
        Then::Wait { turn } => Response::new()
            .pause(1)
            .redirect(format!("{turn_url}?turn={turn}")),
        Then::HangUp => Response::new().say(&answer.text).hang_up(),
    };
    HttpResponse::Ok()
        .content_type("text/xml; charset=utf-8")
        .body(response.to_string())
}
