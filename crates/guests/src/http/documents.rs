use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, GuestId, IdentityDocumentId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{guest_id, known, occasion};
use crate::{Country, Document, DocumentDetails, DocumentKind, commands, queries};

/// A document that was seen, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIdentityDocument {
    /// `passport`, `id_card`, `driving_licence`, `residence_permit` or `other`.
    #[schema(pattern = "^(passport|id_card|driving_licence|residence_permit|other)$")]
    kind: String,
    /// Who issued it, by two letters.
    #[schema(min_length = 2, max_length = 2)]
    issuing_country: String,
    /// The last day on which it is valid, in this century or the last.
    expires_on: Option<NaiveDate>,
    /// The last four letters or digits of its number, and never more of it.
    #[schema(pattern = "^[A-Za-z0-9]{4}$")]
    last_four: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct DocumentInput(DocumentDetails);

impl Input for DocumentInput {
    type Raw = RawIdentityDocument;

    fn parse(raw: RawIdentityDocument) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind: Option<DocumentKind> = errors.check("kind", raw.kind.parse());
        let country = errors.check("issuing_country", Country::parse(&raw.issuing_country));
        let last_four = errors.check("last_four", last_four(&raw.last_four));
        let sane = raw.expires_on.is_none_or(of_our_time);
        errors.check("expires_on", sane.then_some(()).ok_or("is no such day"));
        match (kind, country, last_four) {
            (Some(kind), Some(issuing_country), Some(last_four)) if errors.is_empty() => {
                Ok(Self(DocumentDetails {
                    kind,
                    issuing_country,
                    expires_on: raw.expires_on,
                    last_four,
                }))
            }
            _ => Err(errors),
        }
    }
}

fn last_four(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let four = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    four.then(|| text.to_ascii_uppercase())
        .ok_or("must be four letters or digits")
}

fn of_our_time(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (1900..=2199).contains(&day.year())
}

/// A document that was seen.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdentityDocumentView {
    #[schema(value_type = Uuid)]
    id: IdentityDocumentId,
    /// On whom.
    #[schema(value_type = Uuid)]
    guest_id: GuestId,
    /// `passport`, `id_card`, `driving_licence`, `residence_permit` or `other`.
    #[schema(value_type = String)]
    kind: DocumentKind,
    /// Who issued it, by two letters.
    issuing_country: String,
    /// The last day on which it is valid.
    #[schema(required)]
    expires_on: Option<NaiveDate>,
    /// The last four letters or digits of its number.
    last_four: String,
    /// Who saw it: `staff:…` or `api_key:…`.
    #[schema(value_type = String)]
    actor: Actor,
    at: DateTime<Utc>,
}

impl From<Document> for IdentityDocumentView {
    fn from(document: Document) -> Self {
        Self {
            id: document.id,
            guest_id: document.guest,
            kind: document.details.kind,
            issuing_country: document.details.issuing_country.to_string(),
            expires_on: document.details.expires_on,
            last_four: document.details.last_four,
            actor: document.actor,
            at: document.at,
        }
    }
}

/// Lists a guest's documents, the newest first.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guest_documents",
    params(("id" = Uuid, Path, description = "Which guest"), CursorParams),
    responses((status = 200, description = "A page of documents", body = CursorPage<IdentityDocumentView>))
)]
#[get("/guests/{id}/documents")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<IdentityDocumentView>>, Problem> {
    let id = guest_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = known(&mut tx, id).await?.id;
    let documents = queries::documents(&mut tx, guest, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(documents, &page, |document| document.id)?;
    Ok(web::Json(page.map(IdentityDocumentView::from)))
}

/// Notes that a document was seen: what it is, and enough to know it again. No number and no picture is kept.
#[utoipa::path(
    tag = "guests",
    operation_id = "add_guest_document",
    params(("id" = Uuid, Path, description = "Which guest"), WriteParams),
    request_body = RawIdentityDocument,
    responses(
        (status = 201, description = "The document", body = IdentityDocumentView),
        (status = 409, description = "`guest_erased`, `too_many_documents`"),
    )
)]
#[post("/guests/{id}/documents")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<DocumentInput>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let document = commands::add_document(tx, id, &input.0, occasion).await?;
            Ok(Answer::created(IdentityDocumentView::from(document)))
        })
        .await
}

/// Removes a document.
#[utoipa::path(
    tag = "guests",
    operation_id = "remove_guest_document",
    params(
        ("id" = Uuid, Path, description = "Which guest"),
        ("document_id" = Uuid, Path, description = "Which document"),
        WriteParams,
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`guest_erased`"),
    )
)]
#[delete("/guests/{id}/documents/{document_id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path.0)?, occasion(&write, &clock));
    let document: IdentityDocumentId =
        path.1.parse().map_err(|_| Problem::not_found("document"))?;
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_document(tx, id, document, occasion).await?;
            Ok(Answer::no_content())
        })
        .await
}
