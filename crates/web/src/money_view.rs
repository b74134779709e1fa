use motel_kernel::Money;
use serde::Serialize;
use utoipa::ToSchema;

/// An amount as the staff interface shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyView {
    /// In minor units: 12345 is $123.45.
    amount_minor: i64,
    /// ISO 4217.
    #[schema(min_length = 3, max_length = 3)]
    currency: &'static str,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self {
            amount_minor: money.minor(),
            currency: money.currency().code(),
        }
    }
}
