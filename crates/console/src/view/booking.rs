use askama::Template;

use super::{Asides, CardRow, Head, Invoices, Notice, PaymentRow, StayCard, TakeAtDesk};

/// One booking with its folio.
#[derive(Debug, Template)]
#[template(path = "booking.html")]
pub struct BookingPage {
    /// The bar at the top.
    pub head: Head,
    /// The booking.
    pub booking: BookingView,
    /// Its reservations, and what the desk can do with each.
    pub stays: Vec<StayCard>,
    /// Payments through gateways, the first first.
    pub payments: Vec<PaymentRow>,
    /// Cards that the guests left for what is left to pay.
    pub cards: Vec<CardRow>,
    /// Money set aside on cards.
    pub asides: Asides,
    /// Taking money at the desk.
    pub desk: TakeAtDesk,
    /// Invoices, receipts and credit notes.
    pub invoices: Invoices,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Which of its forms are shown.
    pub may: BookingMay,
}

/// What whoever looks at a booking may do with it.
#[derive(Clone, Copy, Debug)]
pub struct BookingMay {
    /// Let guests in and out.
    pub move_guests: bool,
    /// Take money, use vouchers, withdraw links.
    pub take: bool,
    /// Allow something off.
    pub allow: bool,
    /// Send money back.
    pub refund: bool,
    /// Issue documents.
    pub issue: bool,
    /// Take documents back.
    pub credit: bool,
}

/// What the desk sees of a booking.
#[derive(Clone, Debug)]
pub struct BookingView {
    /// Booking code.
    pub code: String,
    /// Full name.
    pub guest: String,
    /// "Confirmed".
    pub status: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// Dates, room, people, how to reach them.
    pub facts: Vec<(&'static str, String)>,
    /// Nights, fees and taxes.
    pub lines: Vec<(String, String)>,
    /// With everything.
    pub total: String,
    /// The folio: what is posted, oldest first, then what is still to come.
    pub postings: Vec<PostingRow>,
    /// What the folio comes to.
    pub balance: String,
}

/// One line of a folio.
#[derive(Clone, Debug)]
pub struct PostingRow {
    /// When it was posted; "still to come" before.
    pub when: String,
    /// What for.
    pub what: String,
    /// "charge", "payment", ….
    pub kind: String,
    /// How much.
    pub amount: String,
}
