//! The words that stand on every document.

use crate::{InvoiceKind, Language};

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Labels {
    invoice: &'static str,
    receipt: &'static str,
    credit_note: &'static str,
    pub(crate) number: &'static str,
    pub(crate) issued_on: &'static str,
    pub(crate) booking: &'static str,
    pub(crate) stay: &'static str,
    pub(crate) corrects: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) bill_to: &'static str,
    pub(crate) tax_id: &'static str,
    pub(crate) date: &'static str,
    pub(crate) description: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) subtotal: &'static str,
    pub(crate) taxes: &'static str,
    pub(crate) total: &'static str,
    pub(crate) tax: &'static str,
    pub(crate) rate: &'static str,
    pub(crate) included: &'static str,
    pub(crate) payments: &'static str,
    pub(crate) invoiced_before: &'static str,
    pub(crate) paid: &'static str,
    pub(crate) balance: &'static str,
    pub(crate) credit_balance: &'static str,
    page: (&'static str, &'static str),
    pub(crate) attached: &'static str,
}

impl Labels {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::De => &GERMAN,
            Language::Es => &SPANISH,
            Language::Fr => &FRENCH,
        }
    }

    /// What a document is called.
    pub(crate) fn title(&self, kind: InvoiceKind) -> &'static str {
        match kind {
            InvoiceKind::Invoice => self.invoice,
            InvoiceKind::Receipt => self.receipt,
            InvoiceKind::CreditNote => self.credit_note,
        }
    }

    /// `Page 1 of 2`.
    pub(crate) fn page(&self, page: usize, of: usize) -> String {
        let (before, between) = self.page;
        format!("{before} {page} {between} {of}")
    }
}

const ENGLISH: Labels = Labels {
    invoice: "Invoice",
    receipt: "Receipt",
    credit_note: "Credit note",
    number: "Number",
    issued_on: "Date",
    booking: "Booking",
    stay: "Stay",
    corrects: "Corrects invoice",
    reason: "Reason",
    bill_to: "For",
    tax_id: "Tax ID",
    date: "Date",
    description: "Description",
    amount: "Amount",
    subtotal: "Subtotal",
    taxes: "Taxes",
    total: "Total",
    tax: "Tax",
    rate: "Rate",
    included: "included in prices",
    payments: "Payments",
    invoiced_before: "Invoiced before",
    paid: "Paid",
    balance: "Balance due",
    credit_balance: "In your favor",
    page: ("Page", "of"),
    attached: "The document is attached as a PDF.",
};

const GERMAN: Labels = Labels {
    invoice: "Rechnung",
    receipt: "Quittung",
    credit_note: "Rechnungskorrektur",
    number: "Nummer",
    issued_on: "Datum",
    booking: "Buchung",
    stay: "Aufenthalt",
    corrects: "Korrigiert Rechnung",
    reason: "Grund",
    bill_to: "Für",
    tax_id: "Steuernummer",
    date: "Datum",
    description: "Leistung",
    amount: "Betrag",
    subtotal: "Zwischensumme",
    taxes: "Steuern",
    total: "Gesamtbetrag",
    tax: "Steuer",
    rate: "Satz",
    included: "in den Preisen enthalten",
    payments: "Zahlungen",
    invoiced_before: "Bereits berechnet",
    paid: "Bezahlt",
    balance: "Offener Betrag",
    credit_balance: "Guthaben",
    page: ("Seite", "von"),
    attached: "Das Dokument ist als PDF angehängt.",
};

const SPANISH: Labels = Labels {
    invoice: "Factura",
    receipt: "Recibo",
    credit_note: "Nota de crédito",
    number: "Número",
    issued_on: "Fecha",
    booking: "Reserva",
    stay: "Estancia",
    corrects: "Rectifica la factura",
    reason: "Motivo",
    bill_to: "Para",
    tax_id: "NIF",
    date: "Fecha",
    description: "Concepto",
    amount: "Importe",
    subtotal: "Subtotal",
    taxes: "Impuestos",
    total: "Total",
    tax: "Impuesto",
    rate: "Tipo",
    included: "incluido en los precios",
    payments: "Pagos",
    invoiced_before: "Facturado antes",
    paid: "Pagado",
    balance: "Importe pendiente",
    credit_balance: "Saldo a su favor",
    page: ("Página", "de"),
    attached: "El documento va adjunto en PDF.",
};

const FRENCH: Labels = Labels {
    invoice: "Facture",
    receipt: "Reçu",
    credit_note: "Avoir",
    number: "Numéro",
    issued_on: "Date",
    booking: "Réservation",
    stay: "Séjour",
    corrects: "Rectifie la facture",
    reason: "Motif",
    bill_to: "Pour",
    tax_id: "N° fiscal",
    date: "Date",
    description: "Désignation",
    amount: "Montant",
    subtotal: "Sous-total",
    taxes: "Taxes",
    total: "Total",
    tax: "Taxe",
    rate: "Taux",
    included: "comprise dans les prix",
    payments: "Paiements",
    invoiced_before: "Déjà facturé",
    paid: "Payé",
    balance: "Reste à payer",
    credit_balance: "En votre faveur",
    page: ("Page", "sur"),
    attached: "Le document est joint en PDF.",
};
