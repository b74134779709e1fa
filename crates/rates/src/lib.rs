#![doc = include_str!("../README.md")]

mod calendar;
pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
pub mod market;
mod model;
pub mod queries;
mod rules;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use calendar::{Calendar, CalendarError, Known};
pub use error::RatesError;
pub use market::{CancellationPolicies, GroupOnSale, Market};
pub use model::{
    Alternative, Alternatives, BasePrices, CalendarDay, CancellationPolicy,
    CancellationPolicyDetails, CancellationRule, CancellationStep, Change, ChildBand, DateWindow,
    Derivation, FeeBasis, InvalidNightRange, LengthDiscount, LineKind, LowestStay,
    MAX_RANGE_NIGHTS, NightPart, NightPrice, NightRange, OccupancyPrices, Offer, Package,
    PackageDetails, PackageEffect, PackageOffer, PartKind, PartialStay, PlanOffer, PriceLine,
    PriceRequest, PricingParts, PricingTable, PromoCode, PromoCodeDetails, PromoDiscount, RatePlan,
    RatePlanDetails, Reason, RefusedPlan, RestrictionKind, RestrictionScope, Restrictions,
    RoomCombination, RoomOffer, RoomsRequest, RuleStart, SearchRequest, SearchResult, Season,
    SeasonDetails, SeasonEffect, SoldPackage, SplitStay, StayPrice, Terms, Unavailable,
    WeekCalendar, WeekSpan, Weekdays,
};
#[doc(inline)]
pub use motel_taxes::{FeeLine, TaxLine};
pub use rules::{
    BrokenDerivation, Descent, LONGEST_CHAIN, TermsRequest, Unpriced, lineages, price_nights,
    price_stay, price_with_package, standard_price, terms,
};
