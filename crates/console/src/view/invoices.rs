/// The papers of a folio.
#[derive(Clone, Debug)]
pub struct Invoices {
    /// The first first.
    pub rows: Vec<InvoiceRow>,
    /// What they can be written in: the word and its name.
    pub languages: [(&'static str, &'static str); 4],
}

/// An invoice, a receipt or a credit note.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// Its id.
    pub id: String,
    /// `INV-2026-000123`.
    pub number: String,
    /// "Nov 22".
    pub issued: String,
    /// Who it is for.
    pub receiver: String,
    /// How much.
    pub total: String,
    /// Whether it is an invoice that no credit note takes back.
    pub can_be_credited: bool,
}
