use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_llm::{Embedder, Likeness};
use uuid::Uuid;

use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::bare;
use crate::schema::questions;

/// So many open questions are kept of a business. Anybody may ask, so one more takes the place of the one that was asked least and longest
/// ago.
const MOST_OPEN: i64 = 500;
/// What nobody asked for so long is forgotten, whatever became of it: guests' words are not kept for good.
const KEPT: TimeDelta = TimeDelta::days(90);
/// From this likeness on, two questions are one in other words.
const ALIKE: f64 = 0.9;

/// Notes that something was asked which nothing here answers. A question like one that was asked before counts as that one, also when
/// that was dismissed: then it stays dismissed. Who asked is not noted, and numbers, codes and addresses in the question are left out.
///
/// A service for embeddings that is away costs the note, and not the guest's answer: that is logged.
///
/// # Errors
/// When the database fails.
pub async fn note_question(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    question: &str,
    now: DateTime<Utc>,
) -> Result<(), KnowledgeError> {
    let Some(wording) = bare(question) else {
        return Ok(());
    };
    let wanted = std::slice::from_ref(&wording);
    let vector = match embedder.embed(wanted).await {
        Ok(mut vectors) => Vector::from(vectors.pop().unwrap_or_default()),
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "what was asked in vain could not be noted"
            );
            return Ok(());
        }
    };
    forget_old(tx, now).await?;
    let model = embedder.model();
    let like = nearest(tx, &vector, model).await?;
    let like = like.filter(|like| is_alike(embedder.likeness(), like.cosine));
    if let Some(like) = like {
        diesel::sql_query(ASKED_AGAIN)
            .bind::<SqlUuid, _>(tx.tenant().as_uuid())
            .bind::<SqlUuid, _>(like.id)
            .bind::<Text, _>(wording)
            .bind::<Timestamptz, _>(now)
            .execute(tx.conn())
            .await?;
        return Ok(());
    }
    diesel::sql_query(MAKE_ROOM)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<BigInt, _>(MOST_OPEN)
        .execute(tx.conn())
        .await?;
    diesel::sql_query(ASKED)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<SqlUuid, _>(Uuid::now_v7())
        .bind::<Text, _>(wording)
        .bind::<Timestamptz, _>(now)
        .bind::<VectorSql, _>(vector)
        .bind::<Text, _>(model)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn forget_old(tx: &mut TenantTx, now: DateTime<Utc>) -> Result<(), KnowledgeError> {
    let old = questions::table
        .filter(questions::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(questions::last_asked_at.lt(now - KEPT));
    diesel::delete(old).execute(tx.conn()).await?;
    Ok(())
}

fn is_alike(likeness: Likeness, cosine: f64) -> bool {
    likeness.of(cosine) >= ALIKE
}

#[derive(QueryableByName)]
struct Like {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Double)]
    cosine: f64,
}

/// The question most like this one. One that was answered is asked in vain again, so its answer did not do: it counts anew.
async fn nearest(
    tx: &mut TenantTx,
    vector: &Vector,
    model: &str,
) -> Result<Option<Like>, KnowledgeError> {
    let like = diesel::sql_query(NEAREST)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<VectorSql, _>(vector.clone())
        .bind::<Text, _>(model)
        .get_result::<Like>(tx.conn())
        .await
        .optional()?;
    Ok(like)
}

const NEAREST: &str = "
    SELECT id, 1 - (embedding <=> $2) AS cosine FROM knowledge.questions
    WHERE tenant_id = $1 AND embedding_model = $3 AND status <> 'answered'
    ORDER BY embedding <=> $2 LIMIT 1";

const ASKED_AGAIN: &str = "
    UPDATE knowledge.questions SET times = times + 1, last_asked_at = $4,
        others = CASE
            WHEN cardinality(others) < 5 AND lower($3) <> ALL (SELECT lower(put) FROM unnest(others || wording) AS put)
            THEN others || $3 ELSE others END
    WHERE tenant_id = $1 AND id = $2";

const ASKED: &str = "
    INSERT INTO knowledge.questions (tenant_id, id, wording, first_asked_at, last_asked_at, embedding, embedding_model)
    VALUES ($1, $2, $3, $4, $4, $5, $6)";

const MAKE_ROOM: &str = "
    DELETE FROM knowledge.questions WHERE tenant_id = $1 AND id IN (
        SELECT id FROM knowledge.questions WHERE tenant_id = $1 AND status = 'open'
        ORDER BY times DESC, last_asked_at DESC, id OFFSET $2 - 1)";
