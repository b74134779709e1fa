use chrono::{DateTime, NaiveDate, Utc};
use motel_billing::{Folio, StatementLine};
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{Actor, Currency, FolioId, InvoiceId, Money, PostingId};
use motel_taxes::Levies;
use motel_tenancy::Property;

use super::record::record;
use super::take_number::take_number;
use crate::rules::{self, Coverage, Outstanding, TaxNames};
use crate::{
    Addressee, Invoice, InvoiceError, InvoiceKind, InvoiceLine, InvoiceNumber, Issuer, Language,
    PaymentLine, Snapshot, queries,
};

motel_db::text_enum! {
    /// What a folio is put on.
    pub enum IssueKind {
        /// What was sold.
        Invoice = "invoice",
        /// Money that came in.
        Receipt = "receipt",
    }
}

/// What somebody wants on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRequest {
    /// What was sold, or what was paid.
    pub kind: IssueKind,
    /// What to write it in.
    pub language: Language,
    /// Whom it is for. Without a name and a company it is for whoever booked.
    pub addressee: Addressee,
}

/// What is known when a document is written.
struct Facts {
    property: Property,
    folio: Folio,
    booking: Booking,
    issuer: Issuer,
    levies: Levies,
}

/// What stands on a document beside what is known of it anyway.
struct Content {
    lines: Vec<InvoiceLine>,
    payments: Vec<PaymentLine>,
    /// What stands on earlier invoices.
    before: Money,
}

/// Issues an invoice of all that is posted on a folio and is not on an invoice that stands; or a receipt of the money that
/// came in and is on no receipt yet. What is pending is on neither.
///
/// Whoever issues documents of one kind at one property waits for whoever does it before, until the end of the transaction.
///
/// # Errors
/// [`InvoiceError::NothingToInvoice`], and [`InvoiceError::NotFound`] for a folio of nobody or of another tenant. After an
/// error the transaction must not be committed: it has taken a number.
pub async fn issue(
    tx: &mut TenantTx,
    folio: FolioId,
    request: &IssueRequest,
    actor: Actor,
    now: DateTime<Utc>,
) -> Result<Invoice, InvoiceError> {
    let facts = Facts::of(tx, folio).await?;
    let day = now.with_timezone(&facts.property.timezone).date_naive();
    let kind = match request.kind {
        IssueKind::Invoice => InvoiceKind::Invoice,
        IssueKind::Receipt => InvoiceKind::Receipt,
    };
    let number = take_number(tx, facts.property.id, kind, day).await?;
    let statement = motel_billing::queries::statement(tx, &facts.folio).await?;
    let coverage = queries::coverage(tx, folio).await?;
    let (snapshot, rounds) = facts.write(number, &statement, &coverage, request, now)?;
    let invoice = Invoice {
        id: InvoiceId::new(),
        property: facts.property.id,
        folio,
        corrects: None,
        actor,
        snapshot,
    };
    record(tx, &invoice, &rounds).await?;
    Ok(invoice)
}

impl Facts {
    async fn of(tx: &mut TenantTx, folio: FolioId) -> Result<Self, InvoiceError> {
        let folio = motel_billing::queries::folio_by_id(tx, folio).await?;
        let folio = folio.ok_or(InvoiceError::NotFound("folio"))?;
        let booking = motel_bookings::queries::find(tx, folio.booking).await?;
        let property = motel_tenancy::queries::property(tx, booking.property)
            .await
            .map_err(InvoiceError::fault)?
            .ok_or(InvoiceError::NotFound("property"))?;
        let tenant = motel_tenancy::queries::tenant(tx)
            .await
            .map_err(InvoiceError::fault)?;
        let levies = motel_taxes::queries::levies(tx, &property)
            .await
            .map_err(InvoiceError::fault)?;
        Ok(Self {
            issuer: Issuer::of(&property, tenant.as_ref()),
            property,
            folio,
            booking,
            levies,
        })
    }

    fn write(
        &self,
        number: InvoiceNumber,
        statement: &[StatementLine],
        coverage: &Coverage,
        request: &IssueRequest,
        now: DateTime<Utc>,
    ) -> Result<(Snapshot, Vec<(PostingId, i32)>), InvoiceError> {
        let is_receipt = request.kind == IssueKind::Receipt;
        let found = rules::outstanding(statement, coverage, is_receipt);
        if found.is_empty() {
            return Err(InvoiceError::NothingToInvoice);
        }
        let content = match request.kind {
            IssueKind::Invoice => self.sold(&found, statement, coverage, request.language)?,
            IssueKind::Receipt => self.paid(&found, request.language)?,
        };
        let sum = |amounts: Vec<Money>| Money::total(amounts, self.folio.currency);
        let total = sum(content.lines.iter().map(|line| line.amount).collect())?;
        let paid = sum(content.payments.iter().map(|line| line.amount).collect())?;
        let snapshot = Snapshot {
            number,
            language: request.language,
            issued_at: now,
            issued_on: now.with_timezone(&self.property.timezone).date_naive(),
            booking_code: self.booking.code.to_string(),
            stay: stay(&self.booking),
            corrects: None,
            reason: None,
            issuer: self.issuer.clone(),
            addressee: self.addressee(&request.addressee),
            taxes: rules::tax_rows(&content.lines)?,
            lines: content.lines,
            total,
            invoiced_before: content.before,
            payments: content.payments,
            balance: total.plus(content.before)?.minus(paid)?,
        };
        let rounds = found.iter().map(|it| (it.line.posting.id, it.round));
        Ok((snapshot, rounds.collect()))
    }

    /// What an invoice says: what was sold, and how that stands with what was paid.
    fn sold(
        &self,
        found: &[Outstanding<'_>],
        statement: &[StatementLine],
        coverage: &Coverage,
        language: Language,
    ) -> Result<Content, InvoiceError> {
        let money = statement.iter().filter(|line| rules::is_money(line));
        let money = rules::undone_left_out(money.collect());
        let names = TaxNames::of(&self.levies);
        Ok(Content {
            lines: rules::charge_lines(found, &self.booking, &names, language)?,
            payments: rules::payment_lines(&money, self.property.timezone, language)?,
            before: invoiced(statement, coverage, self.folio.currency)?,
        })
    }

    /// What a receipt says: what was paid.
    fn paid(&self, found: &[Outstanding<'_>], language: Language) -> Result<Content, InvoiceError> {
        Ok(Content {
            lines: rules::money_lines(found, self.property.timezone, language)?,
            payments: Vec::new(),
            before: Money::zero(self.folio.currency),
        })
    }

    fn addressee(&self, wanted: &Addressee) -> Addressee {
        let mut addressee = wanted.clone();
        if addressee.title().is_empty() {
            addressee.name = self.booking.booker.name.to_string();
        }
        addressee
    }
}

/// What stands on invoices already of what was sold.
fn invoiced(
    statement: &[StatementLine],
    coverage: &Coverage,
    currency: Currency,
) -> Result<Money, InvoiceError> {
    let standing = statement
        .iter()
        .filter(|line| !rules::is_money(line) && coverage.stands(line.posting.id));
    let amounts = standing.map(|line| line.posting.amount);
    Ok(Money::total(amounts, currency)?)
}

fn stay(booking: &Booking) -> Option<(NaiveDate, NaiveDate)> {
    let first = booking.standing().map(|it| it.dates.arrival()).min();
    let last = booking.standing().map(|it| it.dates.departure()).max();
    first.zip(last)
}
