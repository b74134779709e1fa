use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;

use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::{Article, Piece, fold};

/// So many go out in one statement: what a statement holds in memory stays bounded, and trips are few.
const AT_ONCE: usize = 250;

/// A passage before it is written.
pub(super) struct NewPassage<'a> {
    pub(super) piece: &'a Piece,
    pub(super) digest: Vec<u8>,
    pub(super) vector: Vector,
}

/// The vectors a document's passages have of a model, by what the model saw.
pub(super) async fn kept_vectors(
    tx: &mut TenantTx,
    document: DocumentId,
    model: &str,
) -> Result<HashMap<Vec<u8>, Vector>, KnowledgeError> {
    let rows: Vec<KeptVector> = diesel::sql_query(KEPT_VECTORS)
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<SqlUuid, _>(document.as_uuid())
        .bind::<Text, _>(model)
        .load(tx.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.digest, row.embedding))
        .collect())
}

#[derive(QueryableByName)]
struct KeptVector {
    #[diesel(sql_type = Binary)]
    digest: Vec<u8>,
    #[diesel(sql_type = VectorSql)]
    embedding: Vector,
}

const KEPT_VECTORS: &str = "
    SELECT digest, embedding FROM knowledge.passages
    WHERE tenant_id = $1 AND document_id = $2 AND embedding_model = $3 AND digest IS NOT NULL";

/// Forgets the passages of a document.
pub(super) async fn remove_passages(
    tx: &mut TenantTx,
    document: DocumentId,
) -> Result<(), KnowledgeError> {
    diesel::sql_query("DELETE FROM knowledge.passages WHERE tenant_id = $1 AND document_id = $2")
        .bind::<SqlUuid, _>(tx.tenant().as_uuid())
        .bind::<SqlUuid, _>(document.as_uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes the passages of a document, in their order.
pub(super) async fn insert_passages(
    tx: &mut TenantTx,
    document: DocumentId,
    article: &Article,
    model: &str,
    passages: &[NewPassage<'_>],
) -> Result<(), KnowledgeError> {
    for (batch, passages) in passages.chunks(AT_ONCE).enumerate() {
        let of = |text: fn(&NewPassage<'_>) -> String| passages.iter().map(text).collect();
        let texts: [Vec<String>; 4] = [
            of(|it| it.piece.heading.clone()),
            of(|it| it.piece.body.clone()),
            of(|it| fold(&it.piece.subject)),
            of(|it| fold(&it.piece.body)),
        ];
        let [headings, bodies, subjects, folded] = texts;
        let digests: Vec<Vec<u8>> = passages.iter().map(|it| it.digest.clone()).collect();
        let vectors: Vec<Vector> = passages.iter().map(|it| it.vector.clone()).collect();
        let before = i32::try_from(batch * AT_ONCE).unwrap_or(i32::MAX);
        diesel::sql_query(INSERT_PASSAGES)
            .bind::<SqlUuid, _>(tx.tenant().as_uuid())
            .bind::<SqlUuid, _>(document.as_uuid())
            .bind::<Integer, _>(before)
            .bind::<Text, _>(fold(&article.title))
            .bind::<Text, _>(model)
            .bind::<Array<Text>, _>(headings)
            .bind::<Array<Text>, _>(bodies)
            .bind::<Array<Text>, _>(subjects)
            .bind::<Array<Text>, _>(folded)
            .bind::<Array<VectorSql>, _>(vectors)
            .bind::<Array<Binary>, _>(digests)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The query builder has no words for the weights of a tsvector.
const INSERT_PASSAGES: &str = "
    INSERT INTO knowledge.passages
        (tenant_id, id, document_id, position, heading, body, words, embedding, embedding_model, digest)
    SELECT $1, gen_random_uuid(), $2, $3 + piece.place - 1, piece.heading, piece.body,
        setweight(to_tsvector('pg_catalog.english', piece.subject), 'A')
            || setweight(to_tsvector('pg_catalog.english', $4), 'B')
            || setweight(to_tsvector('pg_catalog.english', piece.folded), 'D'),
        piece.embedding, $5, piece.digest
    FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10, $11::bytea[])
        WITH ORDINALITY AS piece (heading, body, subject, folded, embedding, digest, place)";
