use chrono::NaiveDate;
use motel_kernel::{Money, UnitGroupId};

use crate::Reason;

/// What a day of arrival offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The day, and the night that begins on it.
    pub date: NaiveDate,
    /// How many units are left on that night, of all groups that take the party.
    pub left: u32,
    /// The cheapest stay that begins on that day; none when no stay can.
    pub lowest: Option<LowestStay>,
    /// What stands in the way when there is none.
    pub reason: Option<Reason>,
}

/// The cheapest stay that begins on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowestStay {
    /// Its group.
    pub unit_group: UnitGroupId,
    /// The code of its plan.
    pub rate_plan: String,
    /// How many nights: as many as asked for, or the fewest that a minimum allows.
    pub nights: u32,
    /// Its first night, before tax that comes on top.
    pub night: Money,
    /// The whole of it.
    pub total: Money,
}
