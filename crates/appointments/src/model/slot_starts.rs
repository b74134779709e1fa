use serde::{Deserialize, Serialize};

use super::wall_time::WallTime;

/// When a service may begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub enum SlotStarts {
    /// At these times, on every day on which the whole of it lies inside the opening hours.
    Fixed {
        /// Each once.
        #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 96))]
        times: Vec<WallTime>,
    },
    /// Every so many minutes from each opening on, as long as the whole of it lies inside the opening hours.
    Every {
        /// At least five.
        #[cfg_attr(feature = "http", schema(minimum = 5, maximum = 1440))]
        minutes: u32,
    },
}
