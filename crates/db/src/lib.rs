#![doc = include_str!("../README.md")]

mod acting;
mod changes;
mod error;
mod listener;
mod memory;
mod platform_tx;
mod pool;
mod standing;
mod tenant_tx;
mod text_enum;
mod transaction;

pub use acting::Acting;
pub use changes::{Changes, Mark, Topic};
pub use error::DbError;
pub use listener::Listener;
pub use memory::{Memory, Reading, Remembered};
pub use platform_tx::PlatformTx;
pub use pool::Db;
pub use standing::Standing;
pub use tenant_tx::TenantTx;
