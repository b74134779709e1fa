//! `{"currency_code": "USD", "value": "268.80"}`: <https://developer.paypal.com/api/rest/reference/currency-codes/>.

use motel_kernel::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::GatewayError;

/// What PayPal takes money in. Hungarian forints and new Taiwan dollars it counts in other units than ISO 4217 does.
const TAKEN: [&str; 22] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "JPY", "MXN",
    "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "USD",
];

/// An amount as PayPal writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    currency_code: String,
    value: String,
}

impl TryFrom<Money> for Amount {
    type Error = GatewayError;

    fn try_from(money: Money) -> Result<Self, GatewayError> {
        let currency = money.currency();
        if !TAKEN.contains(&currency.code()) {
            return Err(GatewayError::UnsupportedCurrency(currency));
        }
        Ok(Self {
            currency_code: currency.code().to_owned(),
            value: money.to_decimal_string(),
        })
    }
}

impl TryFrom<&Amount> for Money {
    type Error = GatewayError;

    fn try_from(amount: &Amount) -> Result<Self, GatewayError> {
        let unreadable = || GatewayError::Unreadable(format!("{amount:?} is no amount"));
        let currency: Currency = amount.currency_code.parse().map_err(|_| unreadable())?;
        let minor = minor(&amount.value, currency.decimals()).ok_or_else(unreadable)?;
        Ok(Self::new(minor, currency))
    }
}

/// `268.80` with two decimals is 26880. Fewer digits than the currency has are filled up; more are no amount.
fn minor(value: &str, decimals: u32) -> Option<i64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let width = usize::try_from(decimals).ok()?;
    let is_plain = !whole.is_empty()
        && fraction.len() <= width
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    let digits = format!("{whole}{fraction:0<width$}");
    is_plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn amount(code: &str, value: &str) -> Amount {
        Amount {
            currency_code: code.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn amounts_are_read_to_the_cent_or_not_at_all() {
        for (code, value, minor) in [
            ("USD", "268.80", 26_880),
            ("USD", "268.8", 26_880),
            ("USD", "5", 500),
            ("USD", "0.01", 1),
            ("JPY", "1200", 1_200),
        ] {
            let read = Money::try_from(&amount(code, value)).unwrap();
            assert_eq!(read, Money::new(minor, code.parse().unwrap()), "{value}");
        }
        for (code, value) in [
            ("USD", "1.234"),
            ("USD", "-1.00"),
            ("USD", "+1.00"),
            ("USD", ""),
            ("USD", ".50"),
            ("USD", "1,00"),
            ("USD", "1.0.0"),
            ("USD", "99999999999999999999.00"),
            ("JPY", "12.5"),
            ("XYZQ", "1.00"),
        ] {
            assert!(
                Money::try_from(&amount(code, value)).is_err(),
                "{code} {value}"
            );
        }
    }

    #[test]
    fn what_paypal_counts_differently_is_not_sent() {
        for code in ["HUF", "TWD", "ISK", "KWD"] {
            let money = Money::new(1_200, code.parse().unwrap());
            assert!(matches!(
                Amount::try_from(money),
                Err(GatewayError::UnsupportedCurrency(_))
            ));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0_i64..1_000_000_000_000, code in 0_usize..TAKEN.len()) {
            let currency = TAKEN.get(code).unwrap().parse().unwrap();
            let money = Money::new(minor, currency);
            prop_assert_eq!(Money::try_from(&Amount::try_from(money).unwrap()).unwrap(), money);
        }
    }
}
