//! The nouns.

mod api_key;
mod business_name;
mod held_role;
mod own_role;
mod permission;
mod policies;
mod policy_topic;
mod property;
mod property_clock;
mod property_row;
mod reach;
mod role;
mod role_ref;
mod session;
mod settings;
mod slug;
mod staff;
mod standing;
mod tenant;

pub use api_key::{ApiKey, KeyHolder, KeyTerms, NewApiKey};
pub(crate) use business_name::is_unseen;
pub use business_name::{BusinessName, InvalidBusinessName};
pub use held_role::HeldRole;
pub use own_role::{NewRole, OwnRole};
pub use permission::{Needs, Permission, Permissions, may};
pub use policies::{
    AccessibilityPolicy, BreakfastPolicy, CancellationPolicy, CheckInPolicy, CheckOutPolicy,
    ChildrenPolicy, GuestsPolicy, LateArrivalPolicy, LateFee, ParkingPolicy, PaymentPolicy,
    PetsPolicy, Policies, QuietHoursPolicy, SmokingPolicy, StayLengthPolicy, TravelPolicy,
    WifiPolicy,
};
pub use policy_topic::{PolicyAnswer, PolicyTopic};
pub use property::{Address, Chef, Property, Tax};
pub use property_clock::PropertyClock;
pub(crate) use property_row::PropertyRow;
pub use reach::Reach;
pub use role::Role;
pub use role_ref::{InvalidRole, RoleId, RoleRef};
pub use session::{Device, NewSession, OpenSession, StaffSession};
pub use settings::{PropertySettings, TenantSettings};
pub use slug::{InvalidSlug, Slug};
pub use staff::{NewStaff, PasswordHash, Staff};
pub use standing::{InvalidReason, Reason, Standing, TenantState};
pub use tenant::{Tenant, TenantKind};
