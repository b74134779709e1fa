use chrono::{DateTime, Utc};
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

/// What calling off, or not coming, costs, as shares of the price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct FeeRules {
    /// From so many hours before the start on. Before all of them it is free.
    #[cfg_attr(feature = "http", schema(max_items = 10))]
    pub cancellation: Vec<FeeStep>,
    /// For not coming, in hundredths of a percent.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
    pub no_show_basis_points: u32,
}

/// One step of the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct FeeStep {
    /// From so many hours before the start on.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 8760))]
    pub hours_before: u32,
    /// So much of the price, in hundredths of a percent.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
    pub basis_points: u32,
}

/// The fees of one appointment, dated when it was agreed; rules that change later do not touch them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From each moment on, in order of time.
    pub cancellation: Vec<CancellationStep>,
    /// For not coming.
    pub no_show_fee: Money,
}

/// From a moment on, calling off costs so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationStep {
    /// The moment.
    pub from: DateTime<Utc>,
    /// The fee.
    pub fee: Money,
}
