use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel_async::SimpleAsyncConnection;
use motel_db::TenantTx;
use motel_inventory::commands::LockedNights;
use motel_kernel::UnitGroupId;

use crate::BookingError;
use crate::commands::claims::Claim;

/// The counters a command holds, by group.
pub(super) struct Held {
    pub(super) nights: BTreeMap<UnitGroupId, LockedNights>,
    /// The night from which on whole groups are held; `None` while only the nights asked for are.
    pub(super) whole_from: Option<NaiveDate>,
}

/// How much of the groups concerned is locked.
#[derive(Clone, Copy)]
pub(super) enum Reach {
    /// From the first to the last of the nights asked for.
    Nights,
    /// Every night from this one on: enough to move any stay that is still to come.
    From(NaiveDate),
}

/// Sets the mark to which [`back_to_mark`] returns.
pub(super) async fn set_mark(tx: &TenantTx) -> Result<(), BookingError> {
    let mark = "SAVEPOINT placement";
    (&mut tx.reading()).batch_execute(mark).await?;
    Ok(())
}

/// Takes back everything since the mark, and lets go of the locks taken since. The mark stays.
///
/// This is how more nights are locked without breaking the order: not in addition, but from the beginning.
pub(super) async fn back_to_mark(tx: &mut TenantTx) -> Result<(), BookingError> {
    let back = "ROLLBACK TO SAVEPOINT placement";
    tx.conn().batch_execute(back).await?;
    Ok(())
}

/// Locks the nights of these stays, group by group in the order of their ids.
pub(super) async fn hold(
    tx: &TenantTx,
    claims: &[Claim],
    reach: Reach,
) -> Result<Held, BookingError> {
    let mut wanted: BTreeMap<UnitGroupId, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for (group, dates) in claims {
        let range = (dates.arrival(), dates.departure());
        let (from, until) = wanted.entry(*group).or_insert(range);
        *from = range.0.min(*from);
        *until = range.1.max(*until);
    }
    let mut nights = BTreeMap::new();
    for (group, (from, until)) in wanted {
        let (from, until) = match reach {
            Reach::Nights => (from, until),
            Reach::From(first) => (first.min(from), NaiveDate::MAX),
        };
        let locked = LockedNights::lock(tx, group, from, until).await?;
        nights.insert(group, locked);
    }
    let whole_from = match reach {
        Reach::Nights => None,
        Reach::From(first) => Some(first),
    };
    Ok(Held { nights, whole_from })
}
