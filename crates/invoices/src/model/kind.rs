motel_db::text_enum! {
    /// What a document is. Each kind has numbers of its own.
    pub enum InvoiceKind {
        /// What was sold, with its taxes.
        Invoice = "invoice",
        /// Money that came in.
        Receipt = "receipt",
        /// An invoice, or lines of it, taken back.
        CreditNote = "credit_note",
    }
}

impl InvoiceKind {
    /// What its numbers begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::Receipt => "RC",
            Self::CreditNote => "CN",
        }
    }
}
