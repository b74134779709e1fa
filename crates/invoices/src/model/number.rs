use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::InvoiceKind;

/// What a document is called: `INV-2026-000123`. Counted by property, kind and year, without gaps; grows a digit after
/// 999,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvoiceNumber {
    /// Which kind.
    pub kind: InvoiceKind,
    /// The year in which it was issued, by the calendar of its property.
    pub year: i16,
    /// From 1.
    pub sequence: i32,
}

/// The text does not have the form of a document's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number looks like INV-2026-000123")]
pub struct InvalidInvoiceNumber;

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = self.kind.prefix();
        write!(f, "{prefix}-{:04}-{:06}", self.year, self.sequence)
    }
}

impl FromStr for InvoiceNumber {
    type Err = InvalidInvoiceNumber;

    fn from_str(text: &str) -> Result<Self, InvalidInvoiceNumber> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().ok_or(InvalidInvoiceNumber);
        let (prefix, year, sequence) = (part()?, part()?, part()?);
        let mut kinds = InvoiceKind::ALL.iter().copied();
        let read = Self {
            kind: kinds
                .find(|kind| kind.prefix() == prefix)
                .ok_or(InvalidInvoiceNumber)?,
            year: year.parse().map_err(|_| InvalidInvoiceNumber)?,
            sequence: sequence.parse().map_err(|_| InvalidInvoiceNumber)?,
        };
        // Only the printed form: no signs, no missing or needless noughts.
        let printed = read.sequence > 0 && read.to_string() == text;
        printed.then_some(read).ok_or(InvalidInvoiceNumber)
    }
}

impl TryFrom<String> for InvoiceNumber {
    type Error = InvalidInvoiceNumber;

    fn try_from(text: String) -> Result<Self, InvalidInvoiceNumber> {
        text.parse()
    }
}

impl From<InvoiceNumber> for String {
    fn from(number: InvoiceNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_kind_is_told_by_its_prefix() {
        let printed = |kind, sequence| {
            let number = InvoiceNumber {
                kind,
                year: 2026,
                sequence,
            };
            number.to_string()
        };
        assert_eq!(printed(InvoiceKind::Invoice, 123), "INV-2026-000123");
        assert_eq!(printed(InvoiceKind::CreditNote, 4), "CN-2026-000004");
        assert_eq!(printed(InvoiceKind::Receipt, 1_234_567), "RC-2026-1234567");
    }

    #[test]
    fn only_the_printed_form_is_read() {
        for text in [
            "",
            "INV",
            "INV-2026",
            "INV-2026-1",
            "INV-2026-000000",
            "INV-2026--00001",
            "INV-2026-+00001",
            "INV-2026-0000001",
            "inv-2026-000001",
            "XX-2026-000001",
            "INV-26-000001",
            "INV-2026-99999999999",
        ] {
            assert_eq!(
                text.parse::<InvoiceNumber>(),
                Err(InvalidInvoiceNumber),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back(sequence in 1..=i32::MAX, year in 2000_i16..=2999, kind in 0..3_usize) {
            let number = InvoiceNumber { kind: InvoiceKind::ALL[kind], year, sequence };
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
