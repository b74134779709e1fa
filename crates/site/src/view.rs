//! What the templates show: plain words, ready to print. No rule and no arithmetic lives here.

mod booking;
mod enquiry;
mod form;
mod home;
mod phone;
mod place;

pub use booking::{
    BookPage, BookingPage, BookingView, CancelPage, CardView, KeepBox, LookupPage, Notice,
    PaymentChoice, RefusedVoucher, StayView, VoucherForm, VouchersView,
};
pub use enquiry::{EnquiryForm, EnquiryPage};
pub use form::{Field, GuestForm};
pub use home::{
    Alternative, HomePage, Line, Nothing, OfferView, Offers, Results, Room, Scene, Search,
    SearchError,
};
pub use phone::{Key, PhonePage};
pub use place::{Fact, Place};
