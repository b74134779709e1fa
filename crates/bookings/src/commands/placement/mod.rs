//! Which unit a stay gets.

mod first_free;

use motel_db::TenantTx;
use motel_kernel::{ReservationId, StayDates, UnitGroupId, UnitId};

use crate::BookingError;

/// A stay that wants a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The reservation, which is not in its own way.
    pub(crate) reservation: ReservationId,
    /// Of which group.
    pub(crate) group: UnitGroupId,
    /// On which nights.
    pub(crate) dates: StayDates,
    /// The unit it has, or would like.
    pub(crate) prefer: Option<UnitId>,
    /// True when no other unit than that one will do: the guest is in it, or it is pinned.
    pub(crate) fixed: bool,
}

/// The unit for a stay. `None` means that there is no single one on all its nights (or not the one that is fixed): a
/// stay to come is sold all the same and waits for a unit.
///
/// Call it in a statement after the counters of the stay's nights were locked: then no other sale of the group is
/// between its own choice and its insert.
pub(crate) async fn place(
    tx: &mut TenantTx,
    wanted: &Wanted,
) -> Result<Option<UnitId>, BookingError> {
    first_free::first_free_unit(tx, wanted).await
}
