use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_llm::Embedder;

use super::put_document;
use crate::model::QuestionStatus;
use crate::schema::questions;
use crate::{Contents, KnowledgeError, NewDocument, Origin, Put, QuestionId};

/// Answers what guests asked in vain: question and answer become a document, and the question is open no more.
///
/// The question is put as `question` says, since guests' wording is not always what should be read out.
///
/// # Errors
/// [`KnowledgeError::NotFound`] when it is not open; otherwise those of [`put_document`].
pub async fn answer_question(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    id: QuestionId,
    question: &str,
    answer: &str,
) -> Result<Put, KnowledgeError> {
    close(tx, id, QuestionStatus::Answered).await?;
    let source = format!("answers/{}", id.as_uuid());
    let new = NewDocument {
        source: &source,
        origin: Origin::Answer,
        valid_until: None,
        contents: Contents::Answer { question, answer },
    };
    let put = put_document(tx, embedder, &new).await?;
    let answered = questions::table.find((tx.tenant().as_uuid(), id.as_uuid()));
    diesel::update(answered)
        .set(questions::document_id.eq(put.document.as_uuid()))
        .execute(tx.conn())
        .await?;
    Ok(put)
}

/// Puts aside what is no question for this house. It stays aside when it is asked again.
///
/// # Errors
/// [`KnowledgeError::NotFound`] when it is not open; when the database fails.
pub async fn dismiss_question(tx: &mut TenantTx, id: QuestionId) -> Result<(), KnowledgeError> {
    close(tx, id, QuestionStatus::Dismissed).await
}

async fn close(
    tx: &mut TenantTx,
    id: QuestionId,
    status: QuestionStatus,
) -> Result<(), KnowledgeError> {
    let open = questions::table
        .find((tx.tenant().as_uuid(), id.as_uuid()))
        .filter(questions::status.eq(QuestionStatus::Open));
    let closed = diesel::update(open).set(questions::status.eq(status));
    match closed.execute(tx.conn()).await? {
        0 => Err(KnowledgeError::NotFound),
        _ => Ok(()),
    }
}
