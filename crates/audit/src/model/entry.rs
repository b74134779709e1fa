use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use motel_kernel::TenantId;
use uuid::Uuid;

use crate::schema::entries;

motel_db::text_enum! {
    /// What was done to a row.
    pub enum Action {
        /// It was made.
        Insert = "insert",
        /// It was changed.
        Update = "update",
        /// It was removed.
        Delete = "delete",
        /// The beginning of the log itself was removed, as it was kept long enough.
        Cut = "cut",
    }
}

/// Somebody changed something.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = entries, check_for_backend(diesel::pg::Pg))]
pub struct Entry {
    /// Whose.
    pub tenant_id: TenantId,
    /// Grows with every entry of the installation.
    pub id: i64,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// `staff:<id>`, `api_key:<id>`, `guest`, `concierge`, `visitor` (who was not signed in yet), `operator`, `system` or
    /// `system:<job>`; `database:<login>` for who came past this program.
    pub actor: String,
    /// The request it was done in, as its answer and the log of the server name it.
    pub request: Option<Uuid>,
    /// From where, of staff and programs.
    pub address: Option<String>,
    /// `rates.seasons`.
    pub thing: String,
    /// Which of them.
    pub row_key: String,
    /// What was done.
    pub action: Action,
    /// As it was, as a JSON object: of a change only what changed, and `"…"` for what is not repeated.
    #[diesel(select_expression = sql("was::text"), select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub was: Option<String>,
    /// As it is since.
    #[diesel(select_expression = sql("becomes::text"), select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub becomes: Option<String>,
    /// Its place in the chain; `None` until it is chained, which takes seconds.
    pub seq: Option<i64>,
    /// The hash of the chain up to it.
    pub hash: Option<Vec<u8>>,
}
