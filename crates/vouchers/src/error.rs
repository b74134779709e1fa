use motel_billing::BillingError;
use motel_bookings::BookingError;
use motel_db::DbError;
use motel_jobs::JobsError;
use motel_kernel::MoneyError;

use crate::CouponRefusal;

/// Why a code takes nothing off. Guests are not told which: a guess and a spent card look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// No gift card and no coupon has this code.
    #[error("no gift card and no coupon has this code")]
    Unknown,
    /// Its time is over.
    #[error("its time is over")]
    Expired,
    /// Its time has not begun.
    #[error("its time has not begun")]
    NotYet,
    /// Nothing is left on the card, or the coupon was used as often as it may be.
    #[error("it is used up")]
    Spent,
    /// The card was voided, or the coupon ended.
    #[error("it was taken out of use")]
    Void,
    /// It is in another currency than the folio.
    #[error("it is in another currency")]
    WrongCurrency,
}

/// Why a gift card or a coupon could not be issued, used or taken off.
#[derive(Debug, thiserror::Error)]
pub enum VoucherError {
    /// There is no such gift card, coupon, folio or payment, or it is another tenant's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The code takes nothing off.
    #[error("this code can't be used: {0}")]
    Unusable(Unusable),
    /// The coupon is not for this booking.
    #[error(transparent)]
    NotForThis(#[from] CouponRefusal),
    /// It was taken off before.
    #[error("this was taken off before")]
    TakenOff,
    /// A gift card that was voided and on which nothing is left.
    #[error("this gift card was voided before")]
    AlreadyVoid,
    /// The coupon was used, and what it says stays.
    #[error("this coupon was used before")]
    CouponUsed,
    /// Another coupon of the property has this code.
    #[error("the code {0} is taken")]
    CodeTaken(String),
    /// It was changed in the meantime.
    #[error("it was changed in the meantime")]
    Stale,
    /// The folio could not be read or written.
    #[error(transparent)]
    Billing(#[from] BillingError),
    /// The booking could not be read.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// Something is not as our own rules would have it.
    #[error("a gift card or coupon could not be read")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

impl VoucherError {
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Unusable(_) => "voucher_not_usable",
            Self::NotForThis(_) => "coupon_not_for_this",
            Self::TakenOff => "taken_off",
            Self::AlreadyVoid => "already_void",
            Self::CouponUsed => "coupon_used",
            Self::CodeTaken(_) => "code_taken",
            Self::Stale => "version_mismatch",
            Self::Billing(error) => error.code(),
            Self::Booking(error) => error.code(),
            Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<MoneyError> for VoucherError {
    fn from(error: MoneyError) -> Self {
        Self::fault(error)
    }
}

impl From<JobsError> for VoucherError {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::Db(error) => Self::Db(error),
            other => Self::fault(other),
        }
    }
}

impl From<diesel::result::Error> for VoucherError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
