use motel_kernel::{Money, StayDates};

use crate::Offer;

/// Other dates for which there is an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The nights.
    pub stay: StayDates,
    /// What can be sold then, at least one.
    pub offers: Vec<Offer>,
}

/// What a guest could do instead when nothing fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alternatives {
    /// As many nights on other dates, the nearest first.
    pub dates: Vec<Alternative>,
    /// More nights, where a minimum stands in the way: the nights asked for are among them.
    pub longer: Vec<Alternative>,
    /// The other groups on the dates asked for, where only one was asked for.
    pub other_groups: Vec<Offer>,
    /// Two stays one after the other, the cheapest first.
    pub split: Vec<SplitStay>,
}

/// Two stays, one beginning on the day the other ends, so that the guest changes rooms once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitStay {
    /// The stay until the change.
    pub first: PartialStay,
    /// The stay from then on.
    pub second: PartialStay,
    /// What both cost together.
    pub total: Money,
}

/// One part of a split stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialStay {
    /// Its nights.
    pub stay: StayDates,
    /// Where, and at what price.
    pub offer: Offer,
}
