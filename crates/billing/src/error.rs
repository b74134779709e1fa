use motel_bookings::BookingError;
use motel_db::DbError;
use motel_jobs::JobsError;
use motel_kernel::MoneyError;
use motel_payments::{GatewayError, PayeeError};

/// Why money could not be asked for, taken or booked.
#[derive(Debug, thiserror::Error)]
pub enum BillingError {
    /// The folio is settled, or we owe the guest.
    #[error("nothing is due for this booking")]
    NothingDue,
    /// There is no such folio, line or checkout, or it is another tenant's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A line can be taken back once, and a line that takes back another not at all.
    #[error("this line can't be reversed")]
    NotReversible,
    /// It was moved before, is no line of its own, or is more than is owed; or the two folios are one, or of two currencies.
    #[error("this can't be moved to that folio")]
    NotMovable,
    /// A closed folio takes nothing.
    #[error("this folio is closed")]
    FolioClosed,
    /// Only a folio that came to nothing, with nothing to come, is closed.
    #[error("this folio is not even")]
    FolioNotEven,
    /// A booking has at most twenty.
    #[error("this booking has too many folios")]
    TooManyFolios,
    /// More than was paid can't be given back.
    #[error("that is more than was paid")]
    AbovePaid,
    /// Nothing is owed to the guest that came by a gateway, or it is on its way already.
    #[error("there is nothing to refund")]
    NothingToRefund,
    /// More than is owed is not taken from a kept card.
    #[error("that is more than is owed")]
    AboveOwed,
    /// The guests left no card, or it was removed.
    #[error("no card is kept for this booking")]
    NoCardKept,
    /// The gateway that pages are made at keeps no cards.
    #[error("no cards are kept here")]
    CardsNotKept,
    /// A kept card is being charged, or a payment is on its way: another one could be one too many.
    #[error("a payment for this booking is under way")]
    BeingCharged,
    /// The gateway that pages are made at, or the card is kept with, sets no money aside.
    #[error("no money can be set aside here")]
    AuthorisationsNotOffered,
    /// There is nothing set aside any more: it was taken, let go or lapsed, or one of these is under way; or it was never there.
    #[error("nothing is set aside")]
    AuthorisationOver,
    /// No more is taken than was set aside.
    #[error("that is more than is set aside")]
    AboveAuthorised,
    /// A folio has one currency.
    #[error("this folio is in another currency")]
    WrongCurrency,
    /// The sandbox's checkout has been paid already.
    #[error("this has been paid already")]
    AlreadyPaid,
    /// The sandbox's checkout takes no more money: its time is over, or the booking was cancelled.
    #[error("this payment page is no longer open")]
    LinkClosed,
    /// The payment gateway did not do what was asked.
    #[error("the payment gateway failed")]
    Gateway(#[from] GatewayError),
    /// Somebody else who is paid through our gateways could not take what was told about them.
    #[error("an event about something else than a folio could not be taken")]
    Payee(#[source] PayeeError),
    /// The booking could not be found, read or cancelled.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// Amounts that have no sum.
    #[error("the amounts of this folio can't be added")]
    Money(#[from] MoneyError),
    /// A row that our own rules would refuse.
    #[error("a row of the folio could not be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

impl BillingError {
    pub(crate) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreadable(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingDue => "nothing_due",
            Self::NotFound(_) => "not_found",
            Self::NotReversible => "not_reversible",
            Self::NotMovable => "not_movable",
            Self::FolioClosed => "folio_closed",
            Self::FolioNotEven => "folio_not_even",
            Self::TooManyFolios => "too_many_folios",
            Self::AbovePaid => "above_paid",
            Self::NothingToRefund => "nothing_to_refund",
            Self::AboveOwed => "above_owed",
            Self::NoCardKept => "no_card_kept",
            Self::CardsNotKept => "cards_not_kept",
            Self::BeingCharged => "being_charged",
            Self::AuthorisationsNotOffered => "authorisations_not_offered",
            Self::AuthorisationOver => "authorisation_over",
            Self::AboveAuthorised => "above_authorised",
            Self::WrongCurrency => "wrong_currency",
            Self::AlreadyPaid => "already_paid",
            Self::LinkClosed => "link_closed",
            Self::Gateway(_) => "payments_unavailable",
            Self::Booking(error) => error.code(),
            Self::Payee(_) | Self::Money(_) | Self::Unreadable(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<JobsError> for BillingError {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::Db(error) => Self::Db(error),
            other => Self::unreadable(other),
        }
    }
}

impl From<diesel::result::Error> for BillingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
