use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::QuestionStatus;
use crate::schema::questions;
use crate::{KnowledgeError, OpenQuestion};

/// What guests asked in vain, the most asked first, then the latest.
///
/// # Errors
/// When the database fails.
pub async fn open_questions(
    tx: &mut TenantTx,
    most: i64,
) -> Result<Vec<OpenQuestion>, KnowledgeError> {
    let found = questions::table
        .filter(questions::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(questions::status.eq(QuestionStatus::Open))
        .order((
            questions::times.desc(),
            questions::last_asked_at.desc(),
            questions::id,
        ))
        .limit(most)
        .select(OpenQuestion::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
