//! Amounts, days and rates as each language writes them.

use chrono::NaiveDate;
use motel_kernel::{BasisPoints, Money};

use crate::Language;

/// A space at which no line breaks.
const FIXED_SPACE: char = '\u{a0}';

/// `1,234.50` in English, `1.234,50` in German and Spanish, `1 234,50` in French.
pub(super) fn number(money: Money, language: Language) -> String {
    let plain = money.to_decimal_string();
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.as_str()),
    };
    let (thousands, point) = match language {
        Language::En => (',', '.'),
        Language::De | Language::Es => ('.', ','),
        Language::Fr => (FIXED_SPACE, ','),
    };
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = grouped(whole, thousands);
    match rest {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}{point}{rest}"),
    }
}

/// The same with the currency: before it in English, after it elsewhere.
pub(super) fn money(money: Money, language: Language) -> String {
    let (number, currency) = (number(money, language), money.currency());
    match language {
        Language::En => format!("{currency}{FIXED_SPACE}{number}"),
        _ => format!("{number}{FIXED_SPACE}{currency}"),
    }
}

/// `Dec 4, 2026`, `04.12.2026`, `04/12/2026`.
pub(super) fn day(day: NaiveDate, language: Language) -> String {
    let form = match language {
        Language::En => "%b %-d, %Y",
        Language::De => "%d.%m.%Y",
        Language::Es | Language::Fr => "%d/%m/%Y",
    };
    day.format(form).to_string()
}

/// `12%`, `8,87 %`.
pub(super) fn rate(rate: BasisPoints, language: Language) -> String {
    let plain = rate.to_percent_string();
    let number = plain.trim_end_matches('%');
    match language {
        Language::En => plain,
        _ => format!("{}{FIXED_SPACE}%", number.replace('.', ",")),
    }
}

fn grouped(digits: &str, by: char) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(by);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(minor: i64, currency: &str) -> Money {
        Money::new(minor, currency.parse().unwrap())
    }

    #[test]
    fn amounts_are_written_as_each_language_does() {
        let million = of(123_456_789, "EUR");
        let written = Language::ALL.iter().map(|it| money(million, *it));
        assert_eq!(
            written.collect::<Vec<_>>(),
            [
                "EUR\u{a0}1,234,567.89",
                "1.234.567,89\u{a0}EUR",
                "1.234.567,89\u{a0}EUR",
                "1\u{a0}234\u{a0}567,89\u{a0}EUR"
            ]
        );
        assert_eq!(number(of(-5, "USD"), Language::En), "-0.05");
        assert_eq!(number(of(-100_000, "USD"), Language::De), "-1.000,00");
        assert_eq!(number(of(123_456, "JPY"), Language::En), "123,456");
        assert_eq!(number(of(12, "KWD"), Language::Fr), "0,012");
        assert_eq!(
            number(of(i64::MIN, "JPY"), Language::En),
            "-9,223,372,036,854,775,808"
        );
    }

    #[test]
    fn days_and_rates_are_too() {
        let friday = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        assert_eq!(day(friday, Language::En), "Dec 4, 2026");
        assert_eq!(day(friday, Language::De), "04.12.2026");
        assert_eq!(day(friday, Language::Fr), "04/12/2026");
        let tax = BasisPoints::new(887).unwrap();
        assert_eq!(rate(tax, Language::En), "8.87%");
        assert_eq!(rate(tax, Language::Es), "8,87\u{a0}%");
    }
}
