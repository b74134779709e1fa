#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::RatesError;
pub use model::{
    Alternative, BasePrices, Change, ChildBand, DateWindow, Derivation, InvalidNightRange,
    LengthDiscount, LineKind, MAX_RANGE_NIGHTS, NightPart, NightPrice, NightRange, OccupancyPrices,
    Offer, PartKind, PriceLine, PriceRequest, PricingParts, PricingTable, PromoCode,
    PromoCodeDetails, PromoDiscount, RatePlan, RatePlanDetails, Reason, RestrictionKind,
    RestrictionScope, Restrictions, SearchRequest, SearchResult, Season, SeasonDetails,
    SeasonEffect, StayPrice, Terms, Unavailable, WeekCalendar, WeekSpan, Weekdays,
};
#[doc(inline)]
pub use motel_taxes::{FeeLine, TaxLine};
pub use rules::{
    BrokenDerivation, Descent, LONGEST_CHAIN, Unpriced, lineages, price_nights, price_stay,
};
