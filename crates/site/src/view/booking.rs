use askama::Template;

use super::{Field, GuestForm, Line, Place};

/// Asks who is staying, next to what they get.
#[derive(Debug, Template)]
#[template(path = "book.html")]
pub struct BookPage {
    /// Whose page it is.
    pub place: Place,
    /// What is being booked.
    pub stay: StayView,
    /// The form.
    pub form: GuestForm,
    /// What went wrong with the form as a whole.
    pub notice: Option<Notice>,
    /// The search this came from.
    pub back_href: String,
    /// The terms of cancelling, in a sentence.
    pub cancellation: String,
}

/// A booking, for the guest who made it.
#[derive(Debug, Template)]
#[template(path = "booking.html")]
pub struct BookingPage {
    /// Whose page it is.
    pub place: Place,
    /// The stay.
    pub stay: StayView,
    /// The booking.
    pub booking: BookingView,
    /// What was paid with gift cards and coupons, and the form for another one.
    pub vouchers: VouchersView,
    /// News, such as that it was cancelled.
    pub notice: Option<Notice>,
    /// The box that has the card kept, where that is offered.
    pub keep: Option<KeepBox>,
    /// The card that is kept.
    pub card: Option<CardView>,
}

/// Asks once more before cancelling, and says what comes back.
#[derive(Debug, Template)]
#[template(path = "cancel.html")]
pub struct CancelPage {
    /// Whose page it is.
    pub place: Place,
    /// The stay.
    pub stay: StayView,
    /// The booking.
    pub booking: BookingView,
    /// The terms that hold now, in a sentence.
    pub terms: String,
    /// What cancelling costs.
    pub fee: String,
    /// "You get back" or "Still to pay".
    pub outcome_label: &'static str,
    /// How much.
    pub outcome: String,
}

/// Asks for code and e-mail address.
#[derive(Debug, Template)]
#[template(path = "lookup.html")]
pub struct LookupPage {
    /// Whose page it is.
    pub place: Place,
    /// The booking code.
    pub code: Field,
    /// The guest's e-mail address.
    pub email: Field,
    /// That nothing was found.
    pub notice: Option<Notice>,
}

/// A room, dates, people and price.
#[derive(Clone, Debug)]
pub struct StayView {
    /// Picks the drawing.
    pub room_code: String,
    /// The kind of room.
    pub room_name: String,
    /// "Friday, March 12 from 3:00 PM".
    pub arrive: String,
    /// "Monday, March 15 by 11:00 AM".
    pub leave: String,
    /// "2 adults, 1 pet".
    pub party: String,
    /// Nights, fees and taxes.
    pub lines: Vec<Line>,
    /// With everything.
    pub total: String,
}

/// What a guest may see of a booking.
#[derive(Clone, Debug)]
pub struct BookingView {
    /// `RM-7K3F9Q`.
    pub code: String,
    /// Whether it was made a moment ago.
    pub just_booked: bool,
    /// "Confirmed".
    pub status: &'static str,
    /// The badge's colour: `good`, `bad` or empty.
    pub status_tone: &'static str,
    /// First name.
    pub given_name: String,
    /// Full name.
    pub guest: String,
    /// E-mail address.
    pub email: String,
    /// "Friday, March 12".
    pub arrive_short: String,
    /// What `due` is: "Total" or "Cancellation fee".
    pub due_label: &'static str,
    /// The whole price, or the fee once cancelled.
    pub due: String,
    /// What was paid.
    pub paid: String,
    /// What the last line is: "Still to pay" or "To be refunded".
    pub balance_label: &'static str,
    /// What is left.
    pub balance: String,
    /// What can be paid now.
    pub pay: Vec<PaymentChoice>,
    /// When what is due, in a sentence, where not all of it is due at once.
    pub pay_terms: Option<String>,
    /// Whether it can be cancelled.
    pub can_cancel: bool,
    /// The terms of cancelling, in a sentence.
    pub cancel_terms: String,
}

/// A card that the guest left.
#[derive(Clone, Debug)]
pub struct CardView {
    /// "visa".
    pub brand: String,
    /// "4242".
    pub last_four: String,
}

/// What stands beside the box that has the card kept.
#[derive(Clone, Copy, Debug)]
pub struct KeepBox {
    /// In a few words.
    pub label: &'static str,
    /// In full.
    pub text: &'static str,
}

/// Gift cards and coupons on a booking.
#[derive(Clone, Debug)]
pub struct VouchersView {
    /// Those that stand, each with what it takes off.
    pub lines: Vec<Line>,
    /// The form for another one, while something is owed.
    pub form: Option<VoucherForm>,
}

/// Asks for the code of a gift card or a coupon.
#[derive(Clone, Debug)]
pub struct VoucherForm {
    /// The code.
    pub code: Field,
    /// The form's own name, so that it pays once.
    pub once: String,
}

/// A code that took nothing off.
#[derive(Clone, Debug)]
pub struct RefusedVoucher {
    /// As it was typed.
    pub typed: String,
    /// Why it was refused, in a sentence.
    pub reason: String,
}

impl VouchersView {
    /// Whether the form says why a code was refused.
    pub fn is_refused(&self) -> bool {
        self.form
            .as_ref()
            .is_some_and(|form| form.code.error.is_some())
    }
}

/// A button that leads to a payment page.
#[derive(Clone, Debug)]
pub struct PaymentChoice {
    /// "Pay all $268.80 now".
    pub label: String,
    /// Everything, or what is due.
    pub whole: bool,
}

/// A boxed message.
#[derive(Clone, Debug)]
pub struct Notice {
    /// `good`, `warn` or `bad`.
    pub tone: &'static str,
    /// A few words.
    pub heading: String,
    /// A sentence.
    pub text: String,
}
