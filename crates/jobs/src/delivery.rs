use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::{EventId, TenantId};

use crate::Event;

motel_db::text_enum! {
    /// Where a delivery stands.
    pub enum DeliveryStatus {
        /// It waits for its time.
        Pending = "pending",
        /// A worker has it.
        Running = "running",
        /// The handler succeeded.
        Done = "done",
        /// The handler failed too often; nobody will try again.
        Dead = "dead",
    }
}

/// One event on its way to one subscriber.
#[derive(Debug, Clone)]
pub struct Delivery<E> {
    /// Whom it happened to.
    pub tenant: TenantId,
    /// Which event: the same in every attempt, so it can serve as a key against doing things twice.
    pub event_id: EventId,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// What happened.
    pub event: E,
}

/// What went wrong in a handler; it is kept with the delivery, and the delivery is tried again.
pub type HandlerError = Box<dyn std::error::Error + Send + Sync>;

/// Work that follows an event.
///
/// It may be run twice for one event (a worker can die after the work and before the note of it), so it must be
/// idempotent. An attempt is abandoned after [`crate::ATTEMPT_TIMEOUT`].
#[async_trait]
pub trait Handler<E: Event>: Send + Sync + 'static {
    /// Does the work. It opens its own transactions, for `delivery.tenant`.
    async fn handle(&self, db: &Db, delivery: &Delivery<E>) -> Result<(), HandlerError>;
}
