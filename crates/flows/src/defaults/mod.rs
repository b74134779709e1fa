//! A flow of each kind to start from.

use crate::{Flow, FlowKind};

/// The flow that a business begins with.
#[expect(
    clippy::expect_used,
    reason = "the four texts are part of the program, and a test reads each of them"
)]
pub fn default_flow(kind: FlowKind) -> Flow {
    let text = match kind {
        FlowKind::Reservations => include_str!("reservations.json"),
        FlowKind::Faq => include_str!("faq.json"),
        FlowKind::Routing => include_str!("routing.json"),
        FlowKind::AfterHours => include_str!("after_hours.json"),
    };
    serde_json::from_str(text).expect("a flow")
}
