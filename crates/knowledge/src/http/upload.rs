use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_llm::Embedder;
use motel_tenancy::http::{Answer, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::view::DocumentView;
use crate::{UploadName, commands, queries};

/// What a document is called, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawUpload {
    /// The file's name, 1 to 200 characters without `/`. Its ending says what it is: `.md`, `.html`, `.txt`, `.csv` or `.docx`. A
    /// document that was uploaded under this name is replaced.
    #[param(example = "summer-offer.md", min_length = 1, max_length = 200)]
    name: String,
    /// The last day on which guests are told it; for good when absent.
    valid_until: Option<String>,
}

/// The same, parsed.
pub(crate) struct Upload {
    name: UploadName,
    valid_until: Option<NaiveDate>,
}

impl Input for Upload {
    type Raw = RawUpload;

    fn parse(raw: RawUpload) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("name", UploadName::parse(&raw.name));
        let until = raw.valid_until.as_deref().map(str::parse::<NaiveDate>);
        let until = until
            .transpose()
            .map_err(|_| "is no day such as 2026-12-31");
        let until = errors.check("valid_until", until);
        name.zip(until)
            .map(|(name, valid_until)| Self { name, valid_until })
            .ok_or(errors)
    }
}

/// Adds a document, or replaces the one that was uploaded under this name.
///
/// The body is the file itself, at most 4 MiB. Passages that say what they said before keep their vectors. The same file again
/// changes nothing but the last day.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "put_document",
    params(RawUpload, WriteParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 201, description = "It is taken in", body = DocumentView),
        (status = 409, description = "`source_taken`, `too_many_documents`, `knowledge_busy`"),
        (status = 413, description = "`too_large`: more than 4 MiB"),
        (status = 422, description = "`invalid_input`; `unfit_document`: it is not what its name says, or says too much"),
        (status = 503, description = "The embedding service is away"),
    )
)]
#[post("/knowledge/documents")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteKnowledge>,
    db: web::Data<Db>,
    embedder: web::Data<dyn Embedder>,
    ValidQuery(upload): ValidQuery<Upload>,
    body: web::Payload,
) -> Result<HttpResponse, Problem> {
    let bytes = read(body).await?;
    let Upload { name, valid_until } = upload;
    let asked = (&name, valid_until, Sha256::digest(&bytes).to_vec());
    write
        .run(&db, &asked, async |tx: &mut TenantTx| {
            let uploading = commands::upload_document(tx, &**embedder, &name, valid_until, &bytes);
            let put = uploading.await?;
            let document = queries::document(tx, put.document).await?;
            let path = format!("/api/v1/knowledge/documents/{}", document.id);
            Ok(Answer::created(DocumentView::from(document)).location(path))
        })
        .await
}

async fn read(body: web::Payload) -> Result<web::Bytes, Problem> {
    match body.to_bytes_limited(UploadName::MOST_BYTES).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::malformed("The body could not be read.")),
        Err(_) => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("A document has at most {} bytes.", UploadName::MOST_BYTES),
        )),
    }
}
