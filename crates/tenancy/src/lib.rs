#![doc = include_str!("../README.md")]

pub mod account;
mod answers;
pub mod commands;
mod directory;
mod error;
pub mod events;
pub mod flags;
mod hashing;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod links;
mod lockout;
mod model;
pub mod passwords;
pub mod queries;
pub mod roles;
mod rules;
mod schema;
pub mod second_factor;
pub mod support;
pub mod team;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;

pub use answers::sweep_answers;
pub use commands::{Outcome, Upserted};
pub use directory::{Directory, Place};
pub use error::TenancyError;
pub use flags::{Flag, Flags, Percent};
pub use links::{LinkId, LinkPurpose, MailLinks, OneUseLink, told_link};
pub use model::{
    AccessibilityPolicy, Address, ApiKey, BreakfastPolicy, BusinessName, CancellationPolicy,
    CheckInPolicy, CheckOutPolicy, Chef, ChildrenPolicy, Device, GuestsPolicy, HeldRole,
    InvalidBusinessName, InvalidReason, InvalidRole, InvalidSlug, KeyHolder, KeyTerms,
    LateArrivalPolicy, LateFee, Needs, NewApiKey, NewRole, NewSession, NewStaff, OpenSession,
    OwnRole, ParkingPolicy, PasswordHash, PaymentPolicy, Permission, Permissions, PetsPolicy,
    Policies, PolicyAnswer, PolicyTopic, Property, PropertyClock, PropertySettings,
    QuietHoursPolicy, Reach, Reason, Role, RoleId, RoleRef, Slug, SmokingPolicy, Staff,
    StaffSession, Standing, StayLengthPolicy, Tax, Tenant, TenantKind, TenantSettings, TenantState,
    TravelPolicy, WifiPolicy, may,
};
pub use rules::{AddressedToken, plain_words};
