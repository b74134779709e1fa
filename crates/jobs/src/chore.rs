use async_trait::async_trait;
use motel_db::Db;

use crate::HandlerError;

/// Work that is looked for every so often instead of following an event: what expires, what a new day brings.
///
/// Every worker of the installation does it, possibly at the same moment, so it must be idempotent and should take rows
/// `FOR UPDATE SKIP LOCKED`. It should do what is due and no more: the next round comes soon.
#[async_trait]
pub trait Chore: Send + Sync + 'static {
    /// Does what is due. It opens its own transactions.
    async fn run(&self, db: &Db) -> Result<(), HandlerError>;
}
