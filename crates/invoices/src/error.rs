use diesel::result::{DatabaseErrorKind, Error as SqlError};
use motel_billing::BillingError;
use motel_bookings::BookingError;
use motel_db::DbError;
use motel_jobs::JobsError;
use motel_kernel::MoneyError;

/// Why a document could not be issued, read or written.
#[derive(Debug, thiserror::Error)]
pub enum InvoiceError {
    /// There is no such folio or document, or it is another tenant's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Everything on the folio is on a document already, or there is nothing on it.
    #[error("there is nothing to put on a document")]
    NothingToInvoice,
    /// Receipts and credit notes are not credited.
    #[error("only an invoice is credited")]
    NotCreditable,
    /// A line is credited once.
    #[error("this was credited before")]
    AlreadyCredited,
    /// The invoice has no line of this number.
    #[error("the invoice has no line {0}")]
    UnknownLine(i32),
    /// The folio could not be read.
    #[error(transparent)]
    Billing(#[from] BillingError),
    /// The booking could not be read.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// Amounts that have no sum.
    #[error("the amounts of this document can't be added")]
    Money(#[from] MoneyError),
    /// The document could not be made, from what is stored or of what is known.
    #[error("the document could not be made")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

impl InvoiceError {
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::NothingToInvoice => "nothing_to_invoice",
            Self::NotCreditable => "not_creditable",
            Self::AlreadyCredited => "already_credited",
            Self::UnknownLine(_) => "invalid_input",
            Self::Billing(error) => error.code(),
            Self::Booking(error) => error.code(),
            Self::Money(_) | Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<JobsError> for InvoiceError {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::Db(error) => Self::Db(error),
            other => Self::fault(other),
        }
    }
}

impl From<SqlError> for InvoiceError {
    fn from(error: SqlError) -> Self {
        match &error {
            // Two who issued in two years at the same midnight: the second finds all of it taken.
            SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, info)
                if info.constraint_name() == Some("lines_once") =>
            {
                Self::NothingToInvoice
            }
            _ => Self::Db(error.into()),
        }
    }
}
