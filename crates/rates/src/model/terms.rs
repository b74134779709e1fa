use chrono::{DateTime, NaiveTime, Utc};
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

/// When a guest may come, has to leave, and what changing their mind costs from when on. A booking keeps it as it was
/// agreed: a policy that changes later does not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From when on the room is theirs on the day of arrival, on the wall clock of the property.
    pub check_in: NaiveTime,
    /// Until when on the day of departure.
    pub check_out: NaiveTime,
    /// What cancelling costs from when on, in order of time, each step dearer than the one before. Before the first step it
    /// is free. Where it is free for good, one step of nothing at check-in.
    pub cancellation: Vec<CancellationStep>,
    /// What not coming costs.
    pub no_show_fee: Money,
}

/// From some moment on, cancelling costs this much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationStep {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// How much.
    pub fee: Money,
}

impl Terms {
    /// Until when cancelling is free. A moment before `now` means that it never was.
    pub fn free_cancellation_until(&self) -> Option<DateTime<Utc>> {
        self.cancellation.first().map(|step| step.from)
    }

    /// What cancelling costs at `now`.
    pub fn cancellation_fee(&self, now: DateTime<Utc>) -> Money {
        let begun = self.cancellation.iter().rev().find(|step| step.from <= now);
        begun.map_or(Money::zero(self.no_show_fee.currency()), |step| step.fee)
    }
}
