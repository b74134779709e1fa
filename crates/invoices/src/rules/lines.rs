//! What stands on a document.

use chrono_tz::Tz;
use motel_billing::{AccountKind, StatementLine};
use motel_bookings::Booking;
use motel_kernel::MoneyError;

use super::within::taxes_within;
use super::{Outstanding, TaxNames, words};
use crate::{InvoiceLine, Language, PaymentLine, TaxName};

/// The lines of an invoice, in the order of their days.
pub(crate) fn charge_lines(
    outstanding: &[Outstanding<'_>],
    booking: &Booking,
    names: &TaxNames<'_>,
    language: Language,
) -> Result<Vec<InvoiceLine>, MoneyError> {
    let lines = in_order(outstanding);
    let lines = lines.iter().zip(1..).map(|(line, position)| {
        let posting = &line.posting;
        Ok(InvoiceLine {
            position,
            posting: posting.id,
            date: posting.service_date,
            description: words::charge(line, language),
            amount: posting.amount,
            tax: tax_of(line, names),
            within: taxes_within(booking, line.night, posting.amount, names)?,
        })
    });
    lines.collect()
}

/// The lines of a receipt: what came in is above nothing.
pub(crate) fn money_lines(
    outstanding: &[Outstanding<'_>],
    zone: Tz,
    language: Language,
) -> Result<Vec<InvoiceLine>, MoneyError> {
    let lines = outstanding.iter().zip(1..).map(|(found, position)| {
        let paid = payment(found.line, zone, language)?;
        Ok(InvoiceLine {
            position,
            posting: found.line.posting.id,
            date: Some(paid.date),
            description: paid.description,
            amount: paid.amount,
            tax: None,
            within: Vec::new(),
        })
    });
    lines.collect()
}

/// What an invoice says of the money that came in.
pub(crate) fn payment_lines(
    money: &[&StatementLine],
    zone: Tz,
    language: Language,
) -> Result<Vec<PaymentLine>, MoneyError> {
    let lines = money.iter().map(|line| payment(line, zone, language));
    lines.collect()
}

fn payment(line: &StatementLine, zone: Tz, language: Language) -> Result<PaymentLine, MoneyError> {
    Ok(PaymentLine {
        date: line.posting.posted_at.with_timezone(&zone).date_naive(),
        description: words::money(line, language),
        amount: line.posting.amount.negated()?,
    })
}

fn tax_of(line: &StatementLine, names: &TaxNames<'_>) -> Option<TaxName> {
    let account = line.account.as_ref()?;
    let posting = &line.posting;
    (account.kind == AccountKind::Taxes)
        .then(|| names.name(&account.detail, posting.service_date, &posting.description))
}

/// By day, what has none last; within a day as it was posted.
fn in_order<'a>(outstanding: &[Outstanding<'a>]) -> Vec<&'a StatementLine> {
    let mut lines: Vec<&StatementLine> = outstanding.iter().map(|found| found.line).collect();
    lines.sort_by_key(|line| {
        (
            line.posting.service_date.is_none(),
            line.posting.service_date,
        )
    });
    lines
}

#[cfg(test)]
pub(super) mod testing {
    use chrono::DateTime;
    use motel_billing::{LedgerAccount, Posting, PostingKind, StatementLine};
    use motel_kernel::{Currency, FolioId, Money, PostingId};

    /// A line of a folio.
    pub(in crate::rules) fn line(
        kind: PostingKind,
        minor: i64,
        account: LedgerAccount,
    ) -> StatementLine {
        let posting = Posting {
            id: PostingId::new(),
            folio: FolioId::new(),
            kind,
            description: "As it was posted".to_owned(),
            service_date: None,
            amount: Money::new(minor, Currency::USD),
            reverses: None,
            source: "desk:1".to_owned(),
            contra: Some(account.clone()),
            posted_at: DateTime::UNIX_EPOCH,
        };
        StatementLine {
            posting,
            account: Some(account),
            night: None,
            undoes: None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use chrono_tz::America::New_York;
    use motel_billing::{LedgerAccount, PostingKind};

    use super::testing::line;
    use super::*;

    #[test]
    fn a_receipt_shows_what_came_in_above_nothing_on_the_day_at_the_property() {
        let cash = line(PostingKind::Payment, -100, LedgerAccount::payments("cash"));
        let back = line(PostingKind::Refund, 30, LedgerAccount::payments("stripe"));
        let found = [&cash, &back].map(|line| Outstanding { line, round: 1 });
        let lines = money_lines(&found, New_York, Language::De).unwrap();
        let said: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    line.position,
                    line.description.as_str(),
                    line.amount.minor(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [(1, "Zahlung, bar", 100), (2, "Erstattung, Karte", -30)]
        );
        // Midnight in Greenwich is the day before in New York.
        assert_eq!(lines[0].date.unwrap().to_string(), "1969-12-31");
    }
}
