use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;
use motel_llm::Embedder;

use super::folder::TextFile;
use crate::KnowledgeError;
use crate::model::{Vector, VectorSql};
use crate::rules::{Article, Piece, fold};
use crate::schema::documents;

/// Writes a file as a document and its passages; answers how many passages.
pub(super) async fn take_in(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    file: &TextFile,
    fingerprint: Vec<u8>,
) -> Result<usize, KnowledgeError> {
    let Some(article) = Article::parse(&file.extension, &file.name, &file.text) else {
        return Ok(0);
    };
    let pieces = article.pieces();
    let vectors = embedder.embed(&texts(&article, &pieces)).await?;
    let document = insert_document(tx, file, &article, fingerprint).await?;
    for (position, (piece, vector)) in pieces.iter().zip(vectors).enumerate() {
        let passage = NewPassage {
            document,
            position,
            folded: [&piece.subject, &article.title, &piece.body].map(|text| fold(text)),
            piece,
            vector: vector.into(),
            model: embedder.model(),
        };
        passage.insert(tx).await?;
    }
    Ok(pieces.len())
}

/// What the model is to see of each piece.
fn texts(article: &Article, pieces: &[Piece]) -> Vec<String> {
    pieces
        .iter()
        .map(|piece| format!("{}\n{}\n{}", article.title, piece.heading, piece.body))
        .collect()
}

async fn insert_document(
    tx: &mut TenantTx,
    file: &TextFile,
    article: &Article,
    fingerprint: Vec<u8>,
) -> Result<DocumentId, KnowledgeError> {
    let id = DocumentId::new();
    diesel::insert_into(documents::table)
        .values((
            documents::tenant_id.eq(tx.tenant().as_uuid()),
            documents::id.eq(id),
            documents::source.eq(&file.source),
            documents::title.eq(&article.title),
            documents::fingerprint.eq(fingerprint),
        ))
        .execute(tx.conn())
        .await?;
    Ok(id)
}

struct NewPassage<'a> {
    document: DocumentId,
    position: usize,
    piece: &'a Piece,
    /// Subject, title and body.
    folded: [String; 3],
    vector: Vector,
    model: &'a str,
}

impl NewPassage<'_> {
    async fn insert(self, tx: &mut TenantTx) -> Result<(), KnowledgeError> {
        diesel::sql_query(INSERT_PASSAGE)
            .bind::<SqlUuid, _>(tx.tenant().as_uuid())
            .bind::<SqlUuid, _>(self.document.as_uuid())
            .bind::<Integer, _>(i32::try_from(self.position).unwrap_or(i32::MAX))
            .bind::<Text, _>(&self.piece.heading)
            .bind::<Text, _>(&self.piece.body)
            .bind::<Array<Text>, _>(self.folded.to_vec())
            .bind::<VectorSql, _>(self.vector)
            .bind::<Text, _>(self.model)
            .execute(tx.conn())
            .await?;
        Ok(())
    }
}

/// The query builder has no words for the weights of a tsvector.
const INSERT_PASSAGE: &str = "
    INSERT INTO knowledge.passages
        (tenant_id, id, document_id, position, heading, body, words, embedding, embedding_model)
    VALUES ($1, gen_random_uuid(), $2, $3, $4, $5,
        setweight(to_tsvector('pg_catalog.english', ($6::text[])[1]), 'A')
            || setweight(to_tsvector('pg_catalog.english', ($6::text[])[2]), 'B')
            || setweight(to_tsvector('pg_catalog.english', ($6::text[])[3]), 'D'),
        $7, $8)";
