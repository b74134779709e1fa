//! Whatever is sent, the answer is a clear refusal: nothing is stored and nothing is in the log at error level.

mod bodies;
mod bookings;
mod fields;
mod searches;
mod words;

use serde_json::Value;

use crate::answer::Answer;
use crate::binary::Binary;
use crate::caller::{Caller, stay};
use crate::desk::{Site, day};

const NO_STATEMENT: &str = "'; DROP TABLE bookings.bookings; --";
const NO_MARKUP: &str = "<script>alert(1)</script>";

/// The front desk as a process of its own, because of its log; and what was in the database before.
struct Refusing {
    site: Site,
    binary: Binary,
    before: Vec<String>,
}

impl Refusing {
    async fn open() -> Self {
        let site = Site::seeded().await;
        let binary = Binary::start(&site).await;
        let before = site.books().await.digests().await;
        Self {
            site,
            binary,
            before,
        }
    }

    fn caller(&self) -> &Caller {
        &self.binary.caller
    }

    async fn nothing_happened(&self) {
        assert_eq!(self.site.books().await.digests().await, self.before);
        assert_eq!(self.binary.logged("ERROR"), Vec::<Value>::new());
        assert!(
            !self.binary.logged("INFO").is_empty(),
            "the log cannot be read"
        );
    }
}

/// A refusal with a sentence for a person, that names the field.
fn refused(answer: &Answer, status: u16, code: &str, field: &str) {
    let problem = answer.problem(status, code);
    assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
    assert!(problem["request_id"].is_string(), "{problem}");
    let fields: Vec<_> = problem["errors"].as_array().into_iter().flatten().collect();
    let named = fields
        .iter()
        .any(|error| error["field"] == field && error["reason"].is_string());
    assert!(named || field.is_empty(), "{field} is not named: {problem}");
}

/// A sound booking with one field changed, `guest.email` for a nested one.
fn booking_with(field: &str, value: Value) -> Value {
    let mut wanted = stay(
        "standard_queen",
        &day(5).to_string(),
        &day(7).to_string(),
        "ana@example.com",
    );
    match field.split_once('.') {
        Some((outer, inner)) => wanted[outer][inner] = value,
        None => wanted[field] = value,
    }
    wanted
}
