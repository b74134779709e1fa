use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::queries::unit_groups;
use motel_inventory::schema::nightly_counters as counters;
use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{PropertyId, StayDates, UnitGroupId};

use crate::queries::accessible_units;
use crate::{GroupOnSale, RatesError};

/// A night that is not open for sale.
const NOT_OPEN: u16 = u16::MAX;

/// Nights before yesterday are not kept: a property's clock moves on, and only a sandbox's back.
const MARGIN: Days = Days::new(1);

/// Every open night of a property from now on: two bytes each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Horizon {
    first: NaiveDate,
    groups: Vec<(UnitGroup, u32, OpenNights)>,
}

#[derive(Debug, PartialEq, Eq)]
struct OpenNights {
    first: NaiveDate,
    left: Box<[u16]>,
}

type Row = (UnitGroupId, NaiveDate, i32, i32);

impl Horizon {
    /// Reads it. `today` is the date at the property.
    pub(super) async fn read(
        tx: &mut TenantTx,
        property: PropertyId,
        today: NaiveDate,
    ) -> Result<Self, RatesError> {
        let first = today - MARGIN;
        let groups = unit_groups(tx, property).await?;
        let accessible = accessible_units(tx, property).await?;
        let rows: Vec<Row> = counters::table
            .filter(counters::tenant_id.eq(tx.tenant()))
            .filter(counters::night.ge(first))
            .order((counters::unit_group_id, counters::night))
            .select((
                counters::unit_group_id,
                counters::night,
                counters::capacity,
                counters::sold,
            ))
            .load(tx.conn())
            .await?;
        let by_group = rows.chunk_by(|one, other| one.0 == other.0);
        let mut nights: HashMap<UnitGroupId, OpenNights> = by_group
            .filter_map(|rows| Some((rows.first()?.0, OpenNights::of(rows)?)))
            .collect();
        let groups = groups.into_iter().map(|group| {
            let accessible = accessible.get(&group.id).copied().unwrap_or(0);
            let open = nights.remove(&group.id);
            (
                group,
                accessible,
                open.unwrap_or_else(|| OpenNights::none(first)),
            )
        });
        Ok(Self {
            first,
            groups: groups.collect(),
        })
    }

    /// The groups with the open nights of `window`, as [`crate::queries::market`] reads them.
    pub(super) fn nights_of(&self, window: StayDates) -> Vec<GroupOnSale> {
        let groups = self.groups.iter();
        groups
            .map(|(group, accessible, open)| GroupOnSale {
                unit_group: group.clone(),
                accessible_units: *accessible,
                nights: open.within(window),
            })
            .collect()
    }

    /// True when no night from `today` on is missing at its beginning.
    pub(super) fn reaches_back_to(&self, today: NaiveDate) -> bool {
        self.first <= today
    }

    /// From the first night that is kept until after the last open one.
    pub(super) fn span(&self) -> (NaiveDate, NaiveDate) {
        let ends = self.groups.iter().map(|(_, _, open)| open.end());
        let last = ends.max().unwrap_or(self.first);
        (self.first, last.max(self.first + MARGIN))
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> u64 {
        let groups = self.groups.iter().map(|(group, _, open)| {
            let texts = [&group.code, &group.name, &group.description, &group.beds];
            let words = group
                .amenities
                .iter()
                .map(|word| word.len() + size_of::<String>());
            let text = texts.iter().map(|text| text.len()).sum::<usize>();
            size_of::<(UnitGroup, u32, OpenNights)>()
                + text
                + words.sum::<usize>()
                + 2 * open.left.len()
        });
        u64::try_from(groups.sum::<usize>()).unwrap_or(u64::MAX)
    }
}

impl OpenNights {
    fn none(first: NaiveDate) -> Self {
        Self {
            first,
            left: Box::default(),
        }
    }

    fn of(rows: &[Row]) -> Option<Self> {
        let (first, last) = (rows.first()?.1, rows.last()?.1);
        let nights = usize::try_from((last - first).num_days()).ok()? + 1;
        let mut left = vec![NOT_OPEN; nights].into_boxed_slice();
        for (_, night, capacity, sold) in rows {
            let place = usize::try_from((*night - first).num_days()).ok()?;
            let free = u16::try_from((capacity - sold).max(0)).unwrap_or(NOT_OPEN - 1);
            if let Some(place) = left.get_mut(place) {
                *place = free.min(NOT_OPEN - 1);
            }
        }
        Some(Self { first, left })
    }

    fn end(&self) -> NaiveDate {
        self.first + Days::new(self.left.len().try_into().unwrap_or(0))
    }

    fn within(&self, window: StayDates) -> Vec<NightFree> {
        let nights = window.nights().filter_map(|night| {
            let place = usize::try_from((night - self.first).num_days()).ok()?;
            let free = *self.left.get(place)?;
            (free != NOT_OPEN).then_some(NightFree {
                night,
                free: free.into(),
            })
        });
        nights.collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
    }

    #[test]
    fn a_night_is_open_with_what_is_left_or_missing() {
        let group = UnitGroupId::new();
        let rows = [
            (group, day(3), 5, 2),
            (group, day(4), 5, 5),
            (group, day(6), 100_000, 0),
        ];
        let open = OpenNights::of(&rows).unwrap();
        let window = StayDates::new(day(0), day(9)).unwrap();
        let free: Vec<_> = open
            .within(window)
            .into_iter()
            .map(|night| (night.night, night.free))
            .collect();
        assert_eq!(
            free,
            [(day(3), 3), (day(4), 0), (day(6), u32::from(NOT_OPEN - 1))]
        );
        assert_eq!(open.end(), day(7));
    }
}
