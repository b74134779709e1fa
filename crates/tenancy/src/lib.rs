#![doc = include_str!("../README.md")]

mod answers;
pub mod commands;
mod directory;
mod error;
mod hashing;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
mod rules;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use answers::sweep_answers;
pub use commands::{Outcome, Upserted, sign_in};
pub use directory::{Directory, Place};
pub use error::TenancyError;
pub use model::{
    AccessibilityPolicy, Address, ApiKey, BreakfastPolicy, CancellationPolicy, CheckInPolicy,
    CheckOutPolicy, Chef, ChildrenPolicy, Device, GuestsPolicy, InvalidSlug, KeyHolder, KeyTerms,
    LateArrivalPolicy, LateFee, Needs, NewApiKey, NewSession, NewStaff, OpenSession, ParkingPolicy,
    PaymentPolicy, Permission, Permissions, PetsPolicy, Policies, PolicyAnswer, PolicyTopic,
    Property, PropertyClock, PropertySettings, QuietHoursPolicy, Role, Slug, SmokingPolicy, Staff,
    StaffSession, StayLengthPolicy, Tax, Tenant, TenantKind, TenantSettings, TravelPolicy,
    WifiPolicy, may,
};
