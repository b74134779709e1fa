use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

use super::{
    Addressee, InvoiceKind, InvoiceLine, InvoiceNumber, Issuer, Language, PaymentLine, TaxRow,
};

/// A document as it was issued, whole: rendering needs nothing else, so it says the same for ever. A new field must be
/// optional; a field never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What it is called, and so which kind it is.
    pub number: InvoiceNumber,
    /// What it is written in.
    pub language: Language,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// On which day, by the calendar of the property.
    pub issued_on: NaiveDate,
    /// The code of the booking.
    pub booking_code: String,
    /// The first day and the last of what was booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<(NaiveDate, NaiveDate)>,
    /// The invoice that a credit note corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<InvoiceNumber>,
    /// Why it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who issued it.
    pub issuer: Issuer,
    /// Whom it is for.
    pub addressee: Addressee,
    /// What it is about; never nothing. On a receipt money that came in is above nothing.
    pub lines: Vec<InvoiceLine>,
    /// The taxes among the lines and within them.
    #[serde(default)]
    pub taxes: Vec<TaxRow>,
    /// The sum of the lines.
    pub total: Money,
    /// What was on earlier invoices of the folio that stand.
    pub invoiced_before: Money,
    /// What came in on the folio until then, and went back. Empty on anything but an invoice.
    #[serde(default)]
    pub payments: Vec<PaymentLine>,
    /// Of an invoice: what was still owed of all that was invoiced; below nothing, what was paid ahead.
    pub balance: Money,
}

impl Snapshot {
    /// What it is.
    pub fn kind(&self) -> InvoiceKind {
        self.number.kind
    }
}
