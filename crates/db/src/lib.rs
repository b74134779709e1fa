#![doc = include_str!("../README.md")]

mod error;
mod listener;
pub mod migrations;
mod platform_tx;
mod pool;
mod tenant_tx;
mod text_enum;
mod transaction;

pub use error::DbError;
pub use listener::Listener;
pub use platform_tx::PlatformTx;
pub use pool::Db;
pub use tenant_tx::TenantTx;
