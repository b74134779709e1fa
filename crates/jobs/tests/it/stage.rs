//! An event, subscribers that write down what they get, and a look behind the scenes.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use diesel::sql_types::{Integer, Nullable, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_db::Db;
use motel_jobs::{Delivery, Event, Handler, HandlerError, publish};
use motel_kernel::{EventId, TenantId};
use motel_testkit::TestDb;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Happened {
    pub(crate) what: String,
}

impl Event for Happened {
    const KIND: &'static str = "test.happened";
}

/// The same event as a program of another version would write it.
#[derive(Serialize, Deserialize)]
pub(crate) struct OfAnotherVersion {
    pub(crate) who: u32,
}

impl Event for OfAnotherVersion {
    const KIND: &'static str = Happened::KIND;
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Unheard;

impl Event for Unheard {
    const KIND: &'static str = "test.unheard";
}

/// Writes down what it gets.
#[derive(Clone, Default)]
pub(crate) struct Diary(Arc<Mutex<Vec<(TenantId, String, u32)>>>);

impl Diary {
    pub(crate) fn entries(&self) -> Vec<(TenantId, String, u32)> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let mut texts: Vec<_> = self
            .entries()
            .into_iter()
            .map(|(_, text, _)| text)
            .collect();
        texts.sort();
        texts
    }
}

#[async_trait]
impl Handler<Happened> for Diary {
    async fn handle(&self, _: &Db, delivery: &Delivery<Happened>) -> Result<(), HandlerError> {
        let entry = (
            delivery.tenant,
            delivery.event.what.clone(),
            delivery.attempt,
        );
        self.0.lock().unwrap().push(entry);
        Ok(())
    }
}

/// Fails so many times before it succeeds.
#[derive(Clone, Default)]
pub(crate) struct Clumsy {
    pub(crate) failures: u32,
    pub(crate) attempts: Arc<AtomicU32>,
}

impl Clumsy {
    pub(crate) fn failing(failures: u32) -> Self {
        Self {
            failures,
            attempts: Arc::default(),
        }
    }

    pub(crate) fn attempts(&self) -> u32 {
        AtomicU32::load(&self.attempts, Ordering::SeqCst)
    }
}

#[async_trait]
impl Handler<Happened> for Clumsy {
    async fn handle(&self, _: &Db, _: &Delivery<Happened>) -> Result<(), HandlerError> {
        let attempt = self.attempts.fetch_add(1, Ordering::SeqCst) + 1;
        if attempt <= self.failures {
            Err(format!("slipped {attempt}").into())
        } else {
            Ok(())
        }
    }
}

pub(crate) async fn happen(db: &TestDb, tenant: TenantId, what: &str) -> EventId {
    let mut tx = db.db().tenant(tenant).await.unwrap();
    let event = Happened {
        what: what.to_owned(),
    };
    let id = publish(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Runs SQL past all walls, e.g. to let time pass.
pub(crate) async fn meddle(db: &TestDb, sql: &str) {
    db.admin().await.batch_execute(sql).await.unwrap();
}

#[derive(Debug, PartialEq, Eq, diesel::QueryableByName)]
pub(crate) struct Note {
    #[diesel(sql_type = Text)]
    pub(crate) subscriber: String,
    #[diesel(sql_type = Text)]
    pub(crate) status: String,
    #[diesel(sql_type = Integer)]
    pub(crate) attempts: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub(crate) last_error: Option<String>,
    #[diesel(sql_type = Integer)]
    pub(crate) due_in: i32,
}

/// What stands in the table of deliveries, by subscriber.
pub(crate) async fn notes(db: &TestDb) -> Vec<Note> {
    diesel::sql_query(
        "SELECT subscriber, status, attempts, last_error, round(extract(epoch FROM run_at - now()))::int AS due_in \
         FROM jobs.deliveries ORDER BY subscriber, id",
    )
    .load(&mut db.admin().await)
    .await
    .unwrap()
}
