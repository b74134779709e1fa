use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};
use motel_kernel::{StayDates, UnitGroupId};

use crate::error::is_over_capacity;
use crate::rules::{can_give_back, can_take};
use crate::schema::nightly_counters as counters;
use crate::{InventoryError, NightlyCounter, queries};

/// The counters of some nights of a group, locked until the transaction ends, and the only way to change them.
///
/// Nights are locked in their order. Whoever needs several groups locks them in the order of their ids, and all of them
/// before anything else: then nobody waits in a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedNights {
    group: UnitGroupId,
    counters: Vec<NightlyCounter>,
}

impl LockedNights {
    /// Locks the nights of `[from, until)` that are open for sale.
    pub async fn lock(
        tx: &TenantTx,
        group: UnitGroupId,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Self, InventoryError> {
        let counters = queries::locked_counters(tx, group, from, until).await?;
        Ok(Self { group, counters })
    }

    /// The same without waiting: `None` when somebody else holds one of the nights.
    pub async fn try_lock(
        tx: &mut TenantTx,
        group: UnitGroupId,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Option<Self>, InventoryError> {
        let counters = queries::counters_free_to_lock(tx, group, from, until).await?;
        let all = queries::count_counters(tx, group, from, until).await?;
        let got_all = i64::try_from(counters.len()).is_ok_and(|got| got == all);
        Ok(got_all.then_some(Self { group, counters }))
    }

    /// Of which group.
    pub fn group(&self) -> UnitGroupId {
        self.group
    }

    /// How the nights stand, in their order.
    pub fn counters(&self) -> &[NightlyCounter] {
        &self.counters
    }

    /// Whether one unit could be taken for every night of a stay.
    ///
    /// # Errors
    /// The same as those of [`Self::take`].
    pub fn check(&self, stay: StayDates) -> Result<(), InventoryError> {
        let nights: Vec<_> = self.nights(stay).copied().collect();
        can_take(stay, &nights)
    }

    /// Takes one unit off sale for every night of a stay, or for none.
    ///
    /// # Errors
    /// [`InventoryError::SoldOut`] and [`InventoryError::NotOpen`] name the first night that stands in the way.
    pub async fn take(&mut self, tx: &mut TenantTx, stay: StayDates) -> Result<(), InventoryError> {
        self.check(stay)?;
        self.count(tx, stay, (0, 1)).await
    }

    /// Puts one unit back on sale for every night of a stay that was taken.
    ///
    /// # Errors
    /// [`InventoryError::NotTaken`] when nobody holds a unit on one of the nights.
    pub async fn give_back(
        &mut self,
        tx: &mut TenantTx,
        stay: StayDates,
    ) -> Result<(), InventoryError> {
        let nights: Vec<_> = self.nights(stay).copied().collect();
        can_give_back(stay, &nights)?;
        self.count(tx, stay, (0, -1)).await
    }

    /// Has one unit fewer to sell on these nights, as far as they are open for sale.
    ///
    /// # Errors
    /// [`InventoryError::SoldOut`] names the first night of which every unit is sold.
    pub async fn close(
        &mut self,
        tx: &mut TenantTx,
        dates: StayDates,
    ) -> Result<(), InventoryError> {
        let full = self.nights(dates).find(|counter| counter.free() == 0);
        if let Some(night) = full.map(|counter| counter.night) {
            return Err(InventoryError::SoldOut { night });
        }
        self.count(tx, dates, (-1, 0)).await
    }

    /// Has one unit fewer to sell on every night that is locked.
    ///
    /// # Errors
    /// [`InventoryError::SoldOut`] names the first night of which every unit is sold.
    pub async fn close_all(&mut self, tx: &mut TenantTx) -> Result<(), InventoryError> {
        let mut counters = self.counters.iter();
        if let Some(full) = counters.find(|counter| counter.free() == 0) {
            return Err(InventoryError::SoldOut { night: full.night });
        }
        let nights: Vec<NaiveDate> = self.counters.iter().map(|it| it.night).collect();
        diesel::update(counters::table)
            .filter(counters::tenant_id.eq(tx.tenant()))
            .filter(counters::unit_group_id.eq(self.group))
            .filter(counters::night.eq_any(&nights))
            .set(counters::capacity.eq(counters::capacity - 1))
            .execute(tx.conn())
            .await?;
        for counter in &mut self.counters {
            counter.capacity -= 1;
        }
        Ok(())
    }

    /// Has one unit more to sell on these nights, as far as they are open for sale.
    pub async fn reopen(
        &mut self,
        tx: &mut TenantTx,
        dates: StayDates,
    ) -> Result<(), InventoryError> {
        self.count(tx, dates, (1, 0)).await
    }

    fn nights(&self, stay: StayDates) -> impl Iterator<Item = &NightlyCounter> {
        let counters = self.counters.iter();
        counters.filter(move |it| stay.arrival() <= it.night && it.night < stay.departure())
    }

    /// Adds to the capacity and to what is sold.
    async fn count(
        &mut self,
        tx: &mut TenantTx,
        stay: StayDates,
        (capacity, sold): (i32, i32),
    ) -> Result<(), InventoryError> {
        let counted = diesel::update(counters::table)
            .filter(counters::tenant_id.eq(tx.tenant()))
            .filter(counters::unit_group_id.eq(self.group))
            .filter(counters::night.ge(stay.arrival()))
            .filter(counters::night.lt(stay.departure()))
            .set((
                counters::capacity.eq(counters::capacity + capacity),
                counters::sold.eq(counters::sold + sold),
            ));
        let updated = Standing(counted).execute(tx.conn()).await;
        updated.map_err(|error| {
            // Past the lock this needs a writer that does not go by the rules; the CHECK does not say which night it was.
            if is_over_capacity(&error) {
                InventoryError::SoldOut {
                    night: stay.arrival(),
                }
            } else {
                error.into()
            }
        })?;
        for counter in &mut self.counters {
            if stay.arrival() <= counter.night && counter.night < stay.departure() {
                counter.capacity += capacity;
                counter.sold += sold;
            }
        }
        Ok(())
    }
}
