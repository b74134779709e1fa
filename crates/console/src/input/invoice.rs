use motel_invoices::commands::{IssueKind, IssueRequest};
use motel_invoices::{Addressee, Language};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// What a document can be written in: the word, and how its speakers call it.
pub(crate) const LANGUAGES: [(&str, &str); 4] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
];

/// What is wanted on paper, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawInvoice {
    kind: String,
    language: String,
    #[serde(default)]
    company: String,
}

/// The same, parsed.
pub(crate) struct InvoiceForm(pub(crate) IssueRequest);

impl Input for InvoiceForm {
    type Raw = RawInvoice;

    fn parse(raw: RawInvoice) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind: Option<IssueKind> = errors.check("kind", raw.kind.parse());
        let language: Option<Language> = errors.check("language", raw.language.parse());
        let company = errors.text("company", &raw.company, 0..=120);
        match (kind, language, company) {
            (Some(kind), Some(language), Some(company)) => Ok(Self(IssueRequest {
                kind,
                language,
                addressee: Addressee {
                    company,
                    ..Addressee::default()
                },
            })),
            _ => Err(errors),
        }
    }
}

/// Why an invoice is taken back, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawCredit {
    reason: String,
}

/// The same, parsed.
pub(crate) struct CreditForm(pub(crate) String);

impl Input for CreditForm {
    type Raw = RawCredit;

    fn parse(raw: RawCredit) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(Self).ok_or(errors)
    }
}
