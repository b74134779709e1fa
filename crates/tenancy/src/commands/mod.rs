//! Changing.

mod admit;
mod admit_client;
mod api_keys;
mod create_staff;
mod create_tenant;
mod describe_property;
mod forget_answers;
mod found_business;
mod move_clock;
mod purge;
mod sessions;
mod sign_in;
mod standing;
mod upsert_tenant;

pub use admit::{Admission, Visitor, admit};
pub use admit_client::{Client, ClientAdmission, admit_client};
pub use api_keys::{create_api_key, create_limited_api_key, keep_for_assistants, revoke_api_key};
pub use create_staff::{create_staff, ensure_staff};
pub use create_tenant::create_tenant;
pub use describe_property::{
    PropertyDescription, change_policies, describe_property, hold_property,
};
pub use forget_answers::forget_answers;
pub use found_business::{Founded, Founder, NewBusiness, found_business};
#[cfg(feature = "http")]
pub(crate) use move_clock::FURTHEST;
pub use move_clock::{ClockMove, move_clock};
pub use purge::purge_tenants;
pub(crate) use sessions::hold_unchanged;
pub use sessions::{end_session, end_sessions_of, open_session, sweep_sessions};
pub use standing::{delete_tenant, restore_tenant, suspend_tenant};
pub use upsert_tenant::{Outcome, Upserted, upsert_tenant_from_settings};
