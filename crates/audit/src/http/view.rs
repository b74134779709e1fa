use chrono::{DateTime, Utc};
use motel_web::Problem;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Action, Entry};

/// Somebody changed something.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntryView {
    /// Grows with every entry.
    id: i64,
    /// When.
    at: DateTime<Utc>,
    /// `staff:<id>`, `api_key:<id>`, `guest`, `concierge`, `visitor`, `operator`, `system` or `system:<job>`; `database:<login>` for who
    /// came past this program.
    actor: String,
    /// The request it was done in.
    #[schema(required)]
    request_id: Option<Uuid>,
    /// From where, of staff and programs.
    #[schema(required)]
    address: Option<String>,
    /// `rates.seasons`.
    thing: String,
    /// Which of them.
    key: String,
    /// `insert`, `update`, `delete`, or `cut` where the beginning of the log itself was removed.
    #[schema(value_type = String)]
    action: Action,
    /// As it was: of a change only what changed, and `"…"` for what is not repeated here.
    #[schema(required, value_type = Option<Object>)]
    was: Option<Value>,
    /// As it is since.
    #[schema(required, value_type = Option<Object>)]
    becomes: Option<Value>,
    /// Its place in the chain; null for the seconds until it is chained.
    #[schema(required)]
    seq: Option<i64>,
    /// The hash of the chain up to it.
    #[schema(required)]
    hash: Option<String>,
}

impl AuditEntryView {
    pub(super) fn new(entry: Entry) -> Result<Self, Problem> {
        let object = |text: Option<String>| -> Result<Option<Value>, Problem> {
            let read = text.map(|text| serde_json::from_str(&text)).transpose();
            read.map_err(Problem::internal)
        };
        Ok(Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor,
            request_id: entry.request,
            address: entry.address,
            thing: entry.thing,
            key: entry.row_key,
            action: entry.action,
            was: object(entry.was)?,
            becomes: object(entry.becomes)?,
            seq: entry.seq,
            hash: entry.hash.map(hex::encode),
        })
    }
}
