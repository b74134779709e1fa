use chrono::NaiveDate;
use motel_kernel::{Money, UnitGroupId};
use motel_rates::PriceLine;

use crate::Reservation;

/// What a change of a reservation does, or would do: a dry run answers the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The reservation as it is afterwards.
    pub reservation: Reservation,
    /// What the stay cost before; zero when it did not stand.
    pub price_before: Money,
    /// What it costs now; zero when it does not stand any more.
    pub price_after: Money,
    /// What it costs more; below zero, less. The fee is not part of it.
    pub difference: Money,
    /// What the change itself costs: the fee for cancelling or for not coming.
    pub fee: Money,
    /// What is still to be charged, night by night, from the business date on.
    pub postings_to_come: Vec<PriceLine>,
    /// Which nights were taken off sale or put back, in order.
    pub inventory: Vec<NightChange>,
}

/// How many units of a group are sold more, or less, on a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NightChange {
    /// The group.
    pub unit_group: UnitGroupId,
    /// The night.
    pub night: NaiveDate,
    /// 1: one more is sold. -1: one is free again.
    pub delta: i32,
}

impl Effect {
    /// What lies between a reservation as it was, if it was there, and as it is, on a business date.
    pub fn between(before: Option<&Reservation>, after: Reservation, today: NaiveDate) -> Self {
        let currency = after.total().currency();
        let price = |stay: &Reservation| match stay.status.takes_nights() {
            true => stay.total(),
            false => Money::zero(currency),
        };
        let price_before = before.map_or(Money::zero(currency), price);
        let price_after = price(&after);
        let difference = price_after.minor().saturating_sub(price_before.minor());
        let ended_before = before.is_some_and(|stay| stay.cancellation == after.cancellation);
        let fee = after.cancellation.filter(|_| !ended_before);
        Self {
            inventory: night_changes(before, &after),
            postings_to_come: to_come(&after, today),
            price_before,
            price_after,
            difference: Money::new(difference, currency),
            fee: fee.map_or(Money::zero(currency), |ended| ended.fee),
            reservation: after,
        }
    }
}

/// The nights that are given back, then those that are taken, each in order.
pub(crate) fn night_changes(before: Option<&Reservation>, after: &Reservation) -> Vec<NightChange> {
    let had: Vec<_> = before.into_iter().flat_map(taken).collect();
    let has: Vec<_> = taken(after).collect();
    let change = |delta| {
        move |(unit_group, night): &(UnitGroupId, NaiveDate)| NightChange {
            unit_group: *unit_group,
            night: *night,
            delta,
        }
    };
    let back = had.iter().filter(|night| !has.contains(night));
    let new = has.iter().filter(|night| !had.contains(night));
    back.map(change(-1)).chain(new.map(change(1))).collect()
}

fn taken(stay: &Reservation) -> impl Iterator<Item = (UnitGroupId, NaiveDate)> {
    let group = stay.unit_group;
    let nights = stay.status.takes_nights().then(|| stay.dates.nights());
    nights
        .into_iter()
        .flatten()
        .map(move |night| (group, night))
}

fn to_come(stay: &Reservation, today: NaiveDate) -> Vec<PriceLine> {
    if !stay.status.takes_nights() {
        return Vec::new();
    }
    let lines = stay.price.postings().into_iter();
    lines.filter(|line| line.date >= today).collect()
}
