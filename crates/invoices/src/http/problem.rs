use motel_web::Problem;

use crate::InvoiceError;

impl From<InvoiceError> for Problem {
    fn from(error: InvoiceError) -> Self {
        let code = error.code();
        match error {
            InvoiceError::NotFound(what) => Self::not_found(what),
            InvoiceError::NothingToInvoice => Self::conflict(
                code,
                "Nothing is posted on this folio that is not on a document already.",
            ),
            InvoiceError::NotCreditable => Self::conflict(code, "Only an invoice is credited."),
            InvoiceError::AlreadyCredited => Self::conflict(code, "This was credited before."),
            InvoiceError::UnknownLine(_) => Self::invalid("lines", error),
            InvoiceError::Billing(error) => error.into(),
            InvoiceError::Booking(error) => error.into(),
            InvoiceError::Money(_) | InvoiceError::Fault(_) | InvoiceError::Db(_) => {
                Self::internal(error)
            }
        }
    }
}
