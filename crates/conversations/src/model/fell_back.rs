use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::ConversationId;

use crate::schema::turn_records;

/// That a model which is switched on did not answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = turn_records, check_for_backend(diesel::pg::Pg))]
pub struct FellBack {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Why, in a word such as `model_timed_out`.
    #[diesel(select_expression = turn_records::fallback.assume_not_null())]
    pub why: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
}
