use std::sync::Arc;

use motel_conversations::Responder;
use motel_db::Db;

/// Where calls are answered: the same desk for every carrier. Cheap to clone.
#[derive(Clone)]
pub struct CallDesk {
    pub(crate) db: Db,
    pub(crate) responder: Arc<dyn Responder>,
}

impl CallDesk {
    /// A desk whose callers talk to `responder`.
    pub fn new(db: Db, responder: Arc<dyn Responder>) -> Self {
        Self { db, responder }
    }

    /// The way to the database.
    pub fn db(&self) -> &Db {
        &self.db
    }
}
