use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use async_trait::async_trait;
use motel_db::Db;

use super::claim::Claimed;
use crate::{Delivery, Event, Handler, HandlerError, JobsError};

/// Who wants to know of what.
#[derive(Default)]
pub(super) struct Subscribers(BTreeMap<&'static str, Subscriber>);

struct Subscriber {
    kind: &'static str,
    runner: Arc<dyn Runner>,
}

/// A handler that takes the payload as it was stored.
#[async_trait]
pub(super) trait Runner: Send + Sync {
    async fn run(&self, db: &Db, claimed: &Claimed) -> Result<(), HandlerError>;
}

struct Typed<E, H>(H, PhantomData<fn() -> E>);

#[async_trait]
impl<E: Event, H: Handler<E>> Runner for Typed<E, H> {
    async fn run(&self, db: &Db, claimed: &Claimed) -> Result<(), HandlerError> {
        let event = E::deserialize(&claimed.payload).map_err(|source| JobsError::Payload {
            kind: E::KIND.to_owned(),
            source,
        })?;
        let delivery = Delivery {
            tenant: claimed.tenant_id,
            event_id: claimed.event_id,
            occurred_at: claimed.occurred_at,
            attempt: claimed.attempt(),
            event,
        };
        self.0.handle(db, &delivery).await
    }
}

impl Subscribers {
    pub(super) fn add<E: Event>(&mut self, name: &'static str, handler: impl Handler<E>) {
        let subscriber = Subscriber {
            kind: E::KIND,
            runner: Arc::new(Typed(handler, PhantomData)),
        };
        let before = self.0.insert(name, subscriber);
        debug_assert!(before.is_none(), "two subscribers are called {name}");
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }

    /// The names of those who want to know of a kind of event.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &'static str> {
        self.0
            .iter()
            .filter(move |(_, subscriber)| subscriber.kind == kind)
            .map(|(name, _)| *name)
    }

    /// Who is called so, and what runs for them.
    pub(super) fn runner(&self, name: &str) -> Option<(&'static str, &Arc<dyn Runner>)> {
        let (name, subscriber) = self.0.get_key_value(name)?;
        Some((name, &subscriber.runner))
    }
}
