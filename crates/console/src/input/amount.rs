use motel_kernel::{Currency, Money};

/// An amount as a clerk types it, `1,250.50`. Its currency is the folio's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedAmount {
    whole: i64,
    fraction: String,
}

/// The most digits before the point: no amount of these overflows.
const MOST_DIGITS: usize = 10;

impl TypedAmount {
    /// Reads digits with at most three of them behind a point. Commas between thousands are passed over.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        const FORM: &str = "must be an amount like 120.50";
        let text = text.trim().replace(',', "");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_sound = digits(whole) && digits(fraction) && fraction.len() <= 3;
        if !is_sound || whole.is_empty() || whole.len() > MOST_DIGITS {
            return Err(FORM);
        }
        let whole = whole.parse().map_err(|_| FORM)?;
        Ok(Self {
            whole,
            fraction: fraction.to_owned(),
        })
    }

    /// The amount in a currency; `None` when it is nothing, or has more decimals than the currency.
    pub(crate) fn in_currency(&self, currency: Currency) -> Option<Money> {
        let decimals = currency.decimals() as usize;
        let given = self.fraction.trim_end_matches('0');
        if given.len() > decimals {
            return None;
        }
        let fraction: i64 = format!("{given:0<decimals$}0").parse().ok()?;
        let unit = 10_i64.checked_pow(currency.decimals())?;
        let minor = self.whole.checked_mul(unit)?.checked_add(fraction / 10)?;
        (minor > 0).then(|| Money::new(minor, currency))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn amounts_are_read_as_clerks_type_them() {
        let read = |text: &str, currency: &str| {
            let typed = TypedAmount::parse(text).ok()?;
            typed
                .in_currency(currency.parse().unwrap())
                .map(Money::minor)
        };
        assert_eq!(read("120.50", "USD"), Some(12_050));
        assert_eq!(read(" 1,250.5 ", "USD"), Some(125_050));
        assert_eq!(read("7", "EUR"), Some(700));
        assert_eq!(read("0.01", "USD"), Some(1));
        assert_eq!(read("500", "JPY"), Some(500));
        assert_eq!(read("500.00", "JPY"), Some(500));
        for refused in [
            "",
            ".5",
            "-1",
            "1.234",
            "12e3",
            "0",
            "0.00",
            "99999999999",
            "1.2.3",
        ] {
            assert_eq!(read(refused, "USD"), None, "{refused}");
        }
        assert_eq!(read("1.5", "JPY"), None);
    }
}
