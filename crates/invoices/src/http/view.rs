use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::{Actor, FolioId, InvoiceId, PostingId};
use motel_web::{MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Addressee, Invoice, InvoiceKind, InvoiceLine, Language, PaymentLine, TaxName, TaxRow, queries,
};

/// A document, as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceHeadView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: InvoiceId,
    /// `invoice`, `receipt` or `credit_note`.
    #[schema(value_type = String)]
    kind: InvoiceKind,
    /// What it is called; counted by kind and year without gaps.
    #[schema(example = "INV-2026-000123")]
    number: String,
    /// On which day, by the calendar of the property.
    issued_on: NaiveDate,
    /// About which folio.
    #[schema(value_type = Uuid)]
    folio_id: FolioId,
    /// Of which booking.
    booking_code: String,
    /// Whom it is for: the company, or else the person.
    addressee: String,
    /// What it comes to: of a credit note below nothing.
    total: MoneyView,
    /// The invoice that a credit note corrects.
    #[schema(value_type = Option<Uuid>, required)]
    corrects: Option<InvoiceId>,
}

/// A document with all that stands on it. It never changes; only `credited` of its lines does.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: InvoiceId,
    /// `invoice`, `receipt` or `credit_note`.
    #[schema(value_type = String)]
    kind: InvoiceKind,
    /// What it is called; counted by kind and year without gaps.
    #[schema(example = "INV-2026-000123")]
    number: String,
    /// What it is written in: `en`, `de`, `es` or `fr`.
    #[schema(value_type = String)]
    language: Language,
    /// When it was issued.
    issued_at: DateTime<Utc>,
    /// On which day, by the calendar of the property.
    issued_on: NaiveDate,
    /// Who issued it.
    #[schema(value_type = String)]
    issued_by: Actor,
    /// About which folio.
    #[schema(value_type = Uuid)]
    folio_id: FolioId,
    /// Of which booking.
    booking_code: String,
    /// Whom it is for.
    addressee: AddresseeView,
    /// The invoice that a credit note corrects.
    #[schema(value_type = Option<Uuid>, required)]
    corrects: Option<InvoiceId>,
    /// Why it does.
    #[schema(required)]
    reason: Option<String>,
    /// What it is about.
    lines: Vec<InvoiceLineView>,
    /// The taxes among the lines and within them.
    taxes: Vec<InvoiceTaxView>,
    /// The sum of the lines: of a credit note below nothing.
    total: MoneyView,
    /// What was on earlier invoices of the folio that stood then.
    invoiced_before: MoneyView,
    /// What had come in on the folio until then; only on an invoice.
    payments: Vec<InvoicePaymentView>,
    /// Of an invoice: what was still owed of all that was invoiced; below nothing, what was paid ahead.
    balance: MoneyView,
}

/// Whom a document is for. What is not known is empty.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Addressee)]
pub struct AddresseeView {
    /// A person.
    name: String,
    /// A company.
    company: String,
    /// Street and number.
    street: String,
    /// ZIP or postal code.
    postal_code: String,
    /// City.
    city: String,
    /// State or province.
    region: String,
    /// Two capital letters.
    country: String,
    /// What the tax office calls them.
    tax_id: String,
}

/// A line of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLineView {
    /// Its number: of a line of a credit note, the one it has on the invoice.
    position: i32,
    /// Which line of the folio.
    #[schema(value_type = Uuid)]
    posting_id: PostingId,
    /// The night or day it is about, where there is one.
    #[schema(required)]
    date: Option<NaiveDate>,
    /// A few words.
    description: String,
    /// How much.
    amount: MoneyView,
    /// The code of the tax it is, when it is one.
    #[schema(required)]
    tax: Option<String>,
    /// A credit note took it back.
    credited: bool,
}

/// What a document comes to of one tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceTaxView {
    /// The word programs use.
    code: String,
    /// As it stands on the bill.
    name: String,
    /// The share of the price, where it is one and known: 700 is 7 %.
    #[schema(required)]
    rate_basis_points: Option<i32>,
    /// True when the prices hold it, false when it came on top.
    included: bool,
    /// How much.
    amount: MoneyView,
}

/// Money that came in, as an invoice mentions it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoicePaymentView {
    /// On which day at the property.
    date: NaiveDate,
    /// By which way.
    description: String,
    /// How much; below nothing what went back.
    amount: MoneyView,
}

impl From<Invoice> for InvoiceHeadView {
    fn from(invoice: Invoice) -> Self {
        let snapshot = invoice.snapshot;
        Self {
            id: invoice.id,
            kind: snapshot.number.kind,
            number: snapshot.number.to_string(),
            issued_on: snapshot.issued_on,
            folio_id: invoice.folio,
            addressee: snapshot.addressee.title().to_owned(),
            booking_code: snapshot.booking_code,
            total: snapshot.total.into(),
            corrects: invoice.corrects,
        }
    }
}

impl InvoiceView {
    /// The document, with what was credited of it as it stands in this transaction.
    pub(super) async fn of(tx: &mut TenantTx, invoice: Invoice) -> Result<Self, Problem> {
        let credited = queries::credited(tx, invoice.id).await?;
        Ok(Self::new(invoice, &credited))
    }

    fn new(invoice: Invoice, credited: &BTreeSet<i32>) -> Self {
        let snapshot = invoice.snapshot;
        let lines = snapshot.lines.into_iter();
        Self {
            id: invoice.id,
            kind: snapshot.number.kind,
            number: snapshot.number.to_string(),
            language: snapshot.language,
            issued_at: snapshot.issued_at,
            issued_on: snapshot.issued_on,
            issued_by: invoice.actor,
            folio_id: invoice.folio,
            booking_code: snapshot.booking_code,
            addressee: snapshot.addressee.into(),
            corrects: invoice.corrects,
            reason: snapshot.reason,
            lines: lines
                .map(|line| InvoiceLineView::new(line, credited))
                .collect(),
            taxes: snapshot.taxes.into_iter().map(Into::into).collect(),
            total: snapshot.total.into(),
            invoiced_before: snapshot.invoiced_before.into(),
            payments: snapshot.payments.into_iter().map(Into::into).collect(),
            balance: snapshot.balance.into(),
        }
    }
}

impl InvoiceLineView {
    fn new(line: InvoiceLine, credited: &BTreeSet<i32>) -> Self {
        Self {
            position: line.position,
            posting_id: line.posting,
            date: line.date,
            description: line.description,
            amount: line.amount.into(),
            tax: line.tax.map(|tax| tax.code),
            credited: credited.contains(&line.position),
        }
    }
}

impl From<Addressee> for AddresseeView {
    fn from(addressee: Addressee) -> Self {
        Self {
            name: addressee.name,
            company: addressee.company,
            street: addressee.street,
            postal_code: addressee.postal_code,
            city: addressee.city,
            region: addressee.region,
            country: addressee.country,
            tax_id: addressee.tax_id,
        }
    }
}

impl From<TaxRow> for InvoiceTaxView {
    fn from(row: TaxRow) -> Self {
        let TaxName { code, name, rate } = row.tax;
        Self {
            code,
            name,
            rate_basis_points: rate.map(|rate| rate.value()),
            included: row.included,
            amount: row.amount.into(),
        }
    }
}

impl From<PaymentLine> for InvoicePaymentView {
    fn from(paid: PaymentLine) -> Self {
        Self {
            date: paid.date,
            description: paid.description,
            amount: paid.amount.into(),
        }
    }
}
