use motel_web::Problem;

use crate::OnboardingError;

impl From<OnboardingError> for Problem {
    fn from(error: OnboardingError) -> Self {
        match error {
            OnboardingError::TooManyOpen => Self::unavailable(
                error.code(),
                "Too many sign-ups are open. Please try again later.",
            ),
            OnboardingError::RoomTypeTaken => {
                Self::conflict(error.code(), "There is a room type of that name already.")
            }
            OnboardingError::ServiceTaken => {
                Self::conflict(error.code(), "There is a service of that name already.")
            }
            OnboardingError::CurrencyInUse => Self::conflict(
                error.code(),
                "The currency can't be changed any more once something has a price.",
            ),
            OnboardingError::CurrencyChanged => Self::conflict(
                error.code(),
                "The currency was changed meanwhile. Please look at the price again.",
            ),
            OnboardingError::Tenancy(error) => error.into(),
            OnboardingError::Inventory(error) => error.into(),
            OnboardingError::Rates(error) => error.into(),
            OnboardingError::Appointments(error) => error.into(),
            OnboardingError::Conversations(_)
            | OnboardingError::Limits(_)
            | OnboardingError::Db(_) => Self::internal(error),
        }
    }
}
