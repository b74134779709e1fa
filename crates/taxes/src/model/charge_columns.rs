use diesel::result::Error as SqlError;
use motel_kernel::{BasisPoints, Money};

use crate::{Charge, Per};

/// A charge as its four columns hold it.
pub(super) type ChargeColumns = (
    Option<BasisPoints>,
    Option<i64>,
    Option<String>,
    Option<Per>,
);

pub(super) fn columns(charge: Charge) -> ChargeColumns {
    match charge {
        Charge::Percent(rate) => (Some(rate), None, None, None),
        Charge::Flat { amount, per } => {
            let currency = amount.currency().code().to_owned();
            (None, Some(amount.minor()), Some(currency), Some(per))
        }
    }
}

pub(super) fn charge(columns: ChargeColumns) -> Result<Charge, SqlError> {
    match columns {
        (Some(rate), ..) => Ok(Charge::Percent(rate)),
        (None, Some(minor), Some(currency), Some(per)) => {
            let currency = currency.parse().map_err(unreadable)?;
            let amount = Money::new(minor, currency);
            Ok(Charge::Flat { amount, per })
        }
        _ => Err(unreadable("neither a share nor an amount")),
    }
}

pub(super) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SqlError {
    SqlError::DeserializationError(error.into())
}
