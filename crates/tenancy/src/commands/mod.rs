//! Changing.

mod create_staff;
mod create_tenant;
mod sign_in;
mod upsert_tenant;

pub use create_staff::{create_staff, ensure_staff};
pub use create_tenant::create_tenant;
pub use sign_in::sign_in;
pub use upsert_tenant::{Outcome, Upserted, upsert_tenant_from_settings};
