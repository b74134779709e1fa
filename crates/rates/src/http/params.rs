use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// The dates of a search, for OpenAPI documents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes; what is read stands in `input`")]
pub(crate) struct StayParams {
    /// Day of arrival.
    check_in: NaiveDate,
    /// Day of departure.
    check_out: NaiveDate,
}

/// Who comes and what they want, for OpenAPI documents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes; what is read stands in `input`")]
pub(crate) struct WishParams {
    /// Grown-ups, 1 if left out.
    #[param(minimum = 1, maximum = 20)]
    adults: Option<u8>,
    /// Children.
    #[param(minimum = 0, maximum = 20)]
    children: Option<u8>,
    /// The ages of the children as far as they are known, not more than there are children: `3,11`.
    #[param(pattern = "^([0-9]|1[0-7])(,([0-9]|1[0-7]))*$")]
    child_ages: Option<String>,
    /// Animals.
    #[param(minimum = 0, maximum = 20)]
    pets: Option<u8>,
    /// Only this room type, such as `standard_queen`.
    #[param(max_length = 40)]
    room_type: Option<String>,
    /// Only this rate plan, such as `standard`.
    #[param(max_length = 40)]
    rate_plan: Option<String>,
    /// A promo code.
    #[param(max_length = 40)]
    promo: Option<String>,
    /// A package: prices are those with it, and rooms and plans that do not go with it are not offered.
    #[param(max_length = 40)]
    package: Option<String>,
    /// True when only accessible rooms will do.
    accessible: Option<bool>,
}
