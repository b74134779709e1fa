//! Money in minor units. There is no floating point anywhere near it.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::BasisPoints;

/// An ISO 4217 currency, which knows how many decimals it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

/// The text is not an ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a currency code such as USD")]
pub struct InvalidCurrency(String);

/// Two amounts that cannot be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Amounts of different currencies have no sum.
    #[error("cannot mix {0} and {1}")]
    MixedCurrencies(Currency, Currency),
    /// The result does not fit 64 bits.
    #[error("the amount is too large")]
    Overflow,
}

/// An amount in the minor units of a currency: `Money::new(12_050, usd)` is $120.50.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Cents for USD, yen for JPY, fils for KWD.
    #[serde(rename = "amount_minor")]
    minor: i64,
    currency: Currency,
}

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// Three capital letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the decimal point: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }

    fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl std::str::FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        iso_currency::Currency::from_code(text)
            .map(Self)
            .ok_or_else(|| InvalidCurrency(text.chars().take(8).collect()))
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidCurrency;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Money {
    /// An amount of minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing at all, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// True for an amount of exactly nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Sum of two amounts of one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// Difference of two amounts of one currency; may be negative.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// The amount a whole number of times.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(count).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The same amount with the sign turned: what a counter-posting carries.
    pub fn negated(self) -> Result<Self, MoneyError> {
        self.times(-1)
    }

    /// A share of the amount, rounded half away from zero to the minor unit.
    pub fn share(self, rate: BasisPoints) -> Result<Self, MoneyError> {
        let scaled = i128::from(self.minor) * i128::from(rate.value());
        let half = i128::from(BasisPoints::WHOLE / 2) * scaled.signum();
        let rounded = (scaled + half) / i128::from(BasisPoints::WHOLE);
        let minor = i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Sum of many amounts, starting from zero of `currency`.
    pub fn total(
        amounts: impl IntoIterator<Item = Self>,
        currency: Currency,
    ) -> Result<Self, MoneyError> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::plus)
    }

    /// The amount as a plain JSON number in major units (`268.80`), exact to the last digit.
    pub fn amount(self) -> Amount {
        Amount(self)
    }

    /// The amount without a currency sign: `268.80`, `-3.05`, `1200` for yen.
    pub fn to_decimal_string(self) -> String {
        let decimals = self.currency.decimals();
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        let scale = 10_u64.pow(decimals);
        match decimals {
            0 => format!("{sign}{magnitude}"),
            width => format!(
                "{sign}{}.{:0width$}",
                magnitude / scale,
                magnitude % scale,
                width = width as usize
            ),
        }
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies(self.currency, other.currency));
        }
        let minor = op(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }
}

impl fmt::Display for Money {
    /// As people write it: `$268.80`, `-$3.05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.to_decimal_string();
        let (sign, digits) = plain
            .strip_prefix('-')
            .map_or(("", plain.as_str()), |d| ("-", d));
        write!(f, "{sign}{}{digits}", self.currency.symbol())
    }
}

/// A view of [`Money`] that serialises as an exact JSON number in major units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.to_decimal_string();
        serde_json::value::RawValue::from_string(digits)
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn is_written_as_people_write_it() {
        assert_eq!(usd(26_880).to_string(), "$268.80");
        assert_eq!(usd(-305).to_string(), "-$3.05");
        assert_eq!(
            Money::new(1200, "JPY".parse().unwrap()).to_decimal_string(),
            "1200"
        );
    }

    #[test]
    fn serialises_as_an_exact_number() {
        let json = serde_json::to_string(&usd(10).amount()).unwrap();
        assert_eq!(json, "0.10");
    }

    #[test]
    fn halves_round_away_from_zero() {
        let half = BasisPoints::new(5_000).unwrap();
        assert_eq!(usd(5).share(half).unwrap(), usd(3));
        assert_eq!(usd(-5).share(half).unwrap(), usd(-3));
        assert_eq!(
            usd(14_400).share(BasisPoints::new(1_200).unwrap()).unwrap(),
            usd(1_728)
        );
    }

    #[test]
    fn currencies_do_not_mix() {
        let yen = Money::new(5, "JPY".parse().unwrap());
        assert!(matches!(
            usd(5).plus(yen),
            Err(MoneyError::MixedCurrencies(..))
        ));
    }

    proptest! {
        #[test]
        fn a_share_is_never_further_than_half_a_unit_off(minor in -1_000_000_000_i64..1_000_000_000, points in 0_u32..20_000) {
            let share = usd(minor).share(BasisPoints::new(points).unwrap()).unwrap().minor();
            let error = i128::from(share) * 10_000 - i128::from(minor) * i128::from(points);
            prop_assert!(error.abs() <= 5_000);
        }

        #[test]
        fn adding_then_taking_away_gives_the_start(a in any::<i32>(), b in any::<i32>()) {
            let (a, b) = (usd(a.into()), usd(b.into()));
            prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
        }

        #[test]
        fn overflow_is_an_error_not_a_wrap(a in any::<i64>(), b in any::<i64>()) {
            prop_assert_eq!(usd(a).plus(usd(b)).ok().map(Money::minor), a.checked_add(b));
        }
    }
}
