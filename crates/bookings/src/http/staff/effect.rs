use chrono::NaiveDate;
use motel_kernel::UnitGroupId;
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

use super::price::PostingView;
use super::rooms::Rooms;
use super::view::ReservationView;
use crate::{Effect, NightChange};

/// What a change did, or on a dry run what it would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationEffect)]
pub struct EffectView {
    /// The reservation as it is afterwards.
    reservation: ReservationView,
    /// What the stay cost before; zero when it did not stand.
    price_before: MoneyView,
    /// What it costs now; zero when it does not stand any more.
    price_after: MoneyView,
    /// What it costs more; below zero, less. The fee is not part of it.
    difference: MoneyView,
    /// What the change itself costs.
    fee: MoneyView,
    /// What is still to be charged, night by night, from the business date on.
    postings_to_come: Vec<PostingView>,
    /// Which nights were taken off sale or put back, in order.
    inventory: Vec<NightChangeView>,
}

/// How many units of a group are sold more, or less, on a night.
#[derive(Debug, Serialize, ToSchema)]
pub struct NightChangeView {
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    night: NaiveDate,
    /// 1: one more is sold. -1: one is free again.
    delta: i32,
}

impl EffectView {
    pub(super) fn new(effect: Effect, rooms: &Rooms) -> Self {
        let postings = effect.postings_to_come.into_iter();
        Self {
            reservation: ReservationView::new(&effect.reservation, rooms),
            price_before: effect.price_before.into(),
            price_after: effect.price_after.into(),
            difference: effect.difference.into(),
            fee: effect.fee.into(),
            postings_to_come: postings.map(PostingView::from).collect(),
            inventory: effect.inventory.iter().map(NightChangeView::from).collect(),
        }
    }
}

impl From<&NightChange> for NightChangeView {
    fn from(change: &NightChange) -> Self {
        Self {
            unit_group_id: change.unit_group,
            night: change.night,
            delta: change.delta,
        }
    }
}
