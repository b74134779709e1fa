use actix_web::http::StatusCode;
use motel_web::Problem;

use crate::BillingError;

impl From<BillingError> for Problem {
    fn from(error: BillingError) -> Self {
        let code = error.code();
        match error {
            BillingError::NothingDue => Self::conflict(code, "Nothing is due for this booking."),
            BillingError::NotFound(what) => Self::not_found(what),
            BillingError::NotReversible => Self::conflict(code, "This line can't be reversed."),
            BillingError::NotMovable => Self::conflict(code, "This can't be moved to that folio."),
            BillingError::FolioClosed => Self::conflict(code, "This folio is closed."),
            BillingError::FolioNotEven => Self::conflict(
                code,
                "This folio is not even: something is posted or still to come that nobody paid.",
            ),
            BillingError::TooManyFolios => Self::conflict(code, "A booking has at most 20 folios."),
            BillingError::AbovePaid => {
                Self::conflict(code, "That is more than is left of what was paid.")
            }
            BillingError::NothingToRefund => Self::conflict(
                code,
                "Nothing is to be given back through a gateway, or it is on its way already.",
            ),
            BillingError::AboveOwed => Self::conflict(code, "That is more than is owed."),
            BillingError::NoCardKept => {
                Self::conflict(code, "The guests of this booking left no card.")
            }
            BillingError::CardsNotKept => {
                Self::conflict(code, "Cards can't be left here. Please pay without.")
            }
            BillingError::BeingCharged => Self::conflict(
                code,
                "A payment for this booking is under way. Please look again in a few minutes.",
            ),
            BillingError::AuthorisationsNotOffered => Self::conflict(
                code,
                "This payment gateway can't set money aside so. Ask for a payment instead.",
            ),
            BillingError::AuthorisationOver => Self::conflict(
                code,
                "Nothing is set aside any more: it was taken, let go or has lapsed, or one of these is under way.",
            ),
            BillingError::AboveAuthorised => {
                Self::conflict(code, "That is more than is set aside.")
            }
            BillingError::WrongCurrency => {
                Self::invalid("currency", "must be the currency of the folio")
            }
            BillingError::AlreadyPaid => Self::conflict(
                code,
                "This has been paid already. Nothing was charged again.",
            ),
            BillingError::LinkClosed => Self::new(
                StatusCode::GONE,
                code,
                "This payment page was withdrawn, or is past its time. Please ask for a new payment link.",
            ),
            BillingError::Gateway(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a payment gateway did not do what was asked"
                );
                Self::unavailable(
                    code,
                    "We can't take payments at the moment. Please try again in a few minutes.",
                )
            }
            BillingError::Booking(error) => error.into(),
            BillingError::Payee(_)
            | BillingError::Money(_)
            | BillingError::Unreadable(_)
            | BillingError::Db(_) => Self::internal(error),
        }
    }
}
