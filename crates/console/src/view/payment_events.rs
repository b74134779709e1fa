use askama::Template;

use super::{Head, Notice};

/// What gateways told of payments.
#[derive(Debug, Template)]
#[template(path = "payment_events.html")]
pub struct PaymentEventsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Those that could not be taken, the latest first.
    pub failed: Vec<PaymentEventRow>,
    /// All others, the latest first.
    pub others: Vec<PaymentEventRow>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct PaymentEventRow {
    /// Its id.
    pub id: String,
    /// "stripe".
    pub gateway: String,
    /// "Refunded".
    pub what: String,
    /// Code of the booking it is about.
    pub booking: String,
    /// When it arrived.
    pub when: String,
    /// How far we are with it.
    pub state: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// What it led to, or why it failed and when it is tried again.
    pub outcome: String,
    /// Whether somebody may try it again.
    pub can_be_replayed: bool,
}
