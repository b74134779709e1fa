use motel_kernel::Money;

use super::amounts::{day, money, number, rate};
use super::labels::Labels;
use crate::{InvoiceKind, Snapshot};

/// A document in plain words, for whichever form it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) language: &'static str,
    pub(crate) title: &'static str,
    pub(crate) number: String,
    pub(crate) issuer: String,
    pub(crate) business: String,
    pub(crate) tagline: String,
    pub(crate) issuer_lines: Vec<String>,
    /// Who it is from, in one line.
    pub(crate) contact: String,
    pub(crate) addressee_label: &'static str,
    pub(crate) addressee_lines: Vec<String>,
    /// What is said about the document: a word and what there is to it.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// Why a credit note was issued.
    pub(crate) reason: Option<(&'static str, String)>,
    pub(crate) heads: [String; 3],
    pub(crate) rows: Vec<Row>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) taxes: Option<Taxes>,
    pub(crate) payments: Option<Payments>,
    /// What is owed after the payments.
    pub(crate) balance: Vec<Sum>,
}

/// A line of the document, or a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) date: String,
    pub(crate) description: String,
    pub(crate) amount: String,
}

/// What something comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) label: String,
    pub(crate) amount: String,
    pub(crate) strong: bool,
}

/// The taxes, one a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taxes {
    pub(crate) heads: [&'static str; 3],
    /// Name, rate, amount.
    pub(crate) rows: Vec<[String; 3]>,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payments {
    pub(crate) title: &'static str,
    pub(crate) rows: Vec<Row>,
}

impl Sheet {
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let (language, issuer) = (snapshot.language, &snapshot.issuer);
        let labels = Labels::of(language);
        let head = format!("{} ({})", labels.amount, snapshot.total.currency());
        let mut issuer_lines = issuer.address_lines();
        issuer_lines.extend([issuer.phone.clone(), issuer.email.clone()]);
        Self {
            language: language.as_str(),
            title: labels.title(snapshot.kind()),
            number: snapshot.number.to_string(),
            issuer: issuer.name.clone(),
            business: issuer.business.clone().unwrap_or_default(),
            tagline: issuer.tagline.clone(),
            issuer_lines,
            contact: [&issuer.name, &issuer.phone, &issuer.email]
                .map(String::as_str)
                .join(" · "),
            addressee_label: labels.bill_to,
            addressee_lines: addressee(snapshot, labels),
            facts: facts(snapshot, labels),
            reason: snapshot
                .reason
                .clone()
                .map(|reason| (labels.reason, reason)),
            heads: [labels.date.to_owned(), labels.description.to_owned(), head],
            rows: rows(snapshot),
            sums: sums(snapshot, labels),
            taxes: taxes(snapshot, labels),
            payments: payments(snapshot, labels),
            balance: balance(snapshot, labels),
        }
    }
}

fn addressee(snapshot: &Snapshot, labels: &Labels) -> Vec<String> {
    let addressee = &snapshot.addressee;
    let mut lines = addressee.lines();
    if !addressee.tax_id.is_empty() {
        lines.push(format!("{}: {}", labels.tax_id, addressee.tax_id));
    }
    lines
}

fn facts(snapshot: &Snapshot, labels: &Labels) -> Vec<(&'static str, String)> {
    let language = snapshot.language;
    let mut facts = vec![
        (labels.number, snapshot.number.to_string()),
        (labels.issued_on, day(snapshot.issued_on, language)),
        (labels.booking, snapshot.booking_code.clone()),
    ];
    if let Some((first, last)) = snapshot.stay {
        let stay = format!("{} – {}", day(first, language), day(last, language));
        facts.push((labels.stay, stay));
    }
    let corrected = snapshot.corrects.map(|number| number.to_string());
    facts.extend(corrected.map(|number| (labels.corrects, number)));
    facts
}

/// Lines that are taxes stand in the table of taxes, not among what was sold.
fn rows(snapshot: &Snapshot) -> Vec<Row> {
    let lines = snapshot.lines.iter().filter(|line| line.tax.is_none());
    let rows = lines.map(|line| Row {
        date: line
            .date
            .map_or_else(String::new, |date| day(date, snapshot.language)),
        description: line.description.clone(),
        amount: number(line.amount, snapshot.language),
    });
    rows.collect()
}

fn sums(snapshot: &Snapshot, labels: &Labels) -> Vec<Sum> {
    let language = snapshot.language;
    let on_top = snapshot.taxes.iter().filter(|row| !row.included);
    let taxed: i64 = on_top
        .clone()
        .fold(0, |sum, row| sum.saturating_add(row.amount.minor()));
    let currency = snapshot.total.currency();
    let before = Money::new(snapshot.total.minor().saturating_sub(taxed), currency);
    let mut sums = Vec::new();
    if on_top.count() > 0 {
        sums.push(Sum::plain(labels.subtotal, number(before, language)));
        let taxed = Money::new(taxed, currency);
        sums.push(Sum::plain(labels.taxes, number(taxed, language)));
    }
    sums.push(Sum::strong(labels.total, money(snapshot.total, language)));
    sums
}

fn taxes(snapshot: &Snapshot, labels: &Labels) -> Option<Taxes> {
    let language = snapshot.language;
    let rows = snapshot.taxes.iter().map(|row| {
        let name = match row.included {
            true => format!("{} ({})", row.tax.name, labels.included),
            false => row.tax.name.clone(),
        };
        let share = row.tax.rate.map(|share| rate(share, language));
        [
            name,
            share.unwrap_or_default(),
            number(row.amount, language),
        ]
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then_some(Taxes {
        heads: [labels.tax, labels.rate, labels.amount],
        rows,
    })
}

fn payments(snapshot: &Snapshot, labels: &Labels) -> Option<Payments> {
    let language = snapshot.language;
    let rows = snapshot.payments.iter().map(|paid| Row {
        date: day(paid.date, language),
        description: paid.description.clone(),
        amount: number(paid.amount, language),
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then_some(Payments {
        title: labels.payments,
        rows,
    })
}

fn balance(snapshot: &Snapshot, labels: &Labels) -> Vec<Sum> {
    if snapshot.kind() != InvoiceKind::Invoice {
        return Vec::new();
    }
    let language = snapshot.language;
    let mut sums = Vec::new();
    if !snapshot.invoiced_before.is_zero() {
        let before = number(snapshot.invoiced_before, language);
        sums.push(Sum::plain(labels.invoiced_before, before));
    }
    if !snapshot.payments.is_empty() {
        let paid = snapshot
            .payments
            .iter()
            .fold(0_i64, |sum, paid| sum.saturating_add(paid.amount.minor()));
        let paid = Money::new(paid, snapshot.total.currency());
        sums.push(Sum::plain(labels.paid, number(paid, language)));
    }
    let balance = snapshot.balance;
    let in_favour = balance.minor() < 0;
    let (label, owed) = match in_favour {
        true => (labels.credit_balance, balance.minor().saturating_neg()),
        false => (labels.balance, balance.minor()),
    };
    let owed = Money::new(owed, balance.currency());
    sums.push(Sum::strong(label, money(owed, language)));
    sums
}

impl Sum {
    fn plain(label: &str, amount: String) -> Self {
        Self {
            label: label.to_owned(),
            amount,
            strong: false,
        }
    }

    fn strong(label: &str, amount: String) -> Self {
        Self {
            strong: true,
            ..Self::plain(label, amount)
        }
    }
}
