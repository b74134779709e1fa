use chrono::NaiveTime;
use motel_kernel::{BasisPoints, CancellationPolicyId, PropertyId};
use motel_tenancy::{LateFee, Property};
use serde::{Deserialize, Serialize};

/// What cancelling and not coming cost, as rate plans refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationPolicy {
    /// The id.
    pub id: CancellationPolicyId,
    /// Whose policy it is.
    pub property_id: PropertyId,
    /// What it says.
    pub details: CancellationPolicyDetails,
    /// Goes up with every change.
    pub version: i32,
}

/// A cancellation policy as a property describes it. Changing it does not touch what was booked under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationPolicyDetails {
    /// The word programs use, unique in the property: `flexible`.
    pub code: String,
    /// What people read.
    pub name: String,
    /// What cancelling costs from when on. Of those that apply the dearest counts.
    pub rules: Vec<CancellationRule>,
    /// What not coming costs.
    pub no_show: FeeBasis,
}

/// From some moment on, cancelling costs something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancellationRule {
    /// That moment.
    pub from: RuleStart,
    /// What it costs.
    pub fee: FeeBasis,
}

/// When a rule begins to apply, on the clock of the property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
#[serde(tag = "anchor", rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleStart {
    /// So many hours after it was booked; 0 is from the first moment on.
    Creation {
        /// Elapsed hours.
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 8760))]
        hours_after: u32,
    },
    /// So many elapsed hours before check-in: a night on which the clocks change counts the hours it has.
    ArrivalHours {
        /// Elapsed hours.
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 8760))]
        hours_before: u32,
    },
    /// At a time on the wall clock, so many calendar days before the day of arrival.
    ArrivalDays {
        /// Calendar days; 0 is the day of arrival itself.
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 365))]
        days_before: u32,
        /// The time; that of check-in if left out.
        #[serde(default)]
        #[cfg_attr(feature = "http", schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"))]
        at: Option<NaiveTime>,
    },
}

/// How much a fee is: a share of some nights or of the whole stay, and an amount. Never more than the stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeBasis {
    /// The share, in basis points.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10_000))]
    pub basis_points: u32,
    /// Of the first so many nights, with the taxes on top of them and without fees; of all that the stay costs if left
    /// out.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 365))]
    pub first_nights: Option<u32>,
    /// In minor units, besides the share.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000_000_i64))]
    pub fixed_minor: i64,
}

impl CancellationPolicyDetails {
    /// The code of what stands in a property's settings.
    pub const DEFAULT_CODE: &'static str = "house";

    /// The policy in a property's settings: what a plan goes by that names none.
    pub fn of_settings(property: &Property) -> Self {
        let rule = property.policies.cancellation.as_ref();
        let late = rule.map_or(LateFee::None, |policy| policy.late_fee);
        let no_show = rule.and_then(|policy| policy.no_show_fee).unwrap_or(late);
        Self {
            code: Self::DEFAULT_CODE.to_owned(),
            name: "House policy".to_owned(),
            rules: vec![CancellationRule {
                from: RuleStart::ArrivalHours {
                    hours_before: rule.map_or(0, |policy| policy.free_until_hours),
                },
                fee: late.into(),
            }],
            no_show: no_show.into(),
        }
    }
}

impl From<LateFee> for FeeBasis {
    fn from(fee: LateFee) -> Self {
        let (basis_points, first_nights) = match fee {
            LateFee::None => (0, None),
            LateFee::FirstNight => (BasisPoints::WHOLE, Some(1)),
            LateFee::HalfOfTotal => (BasisPoints::WHOLE / 2, None),
        };
        Self {
            basis_points,
            first_nights,
            fixed_minor: 0,
        }
    }
}
