use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::{Actor, GuestEventId, GuestId};
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{guest_id, known};
use crate::{GuestEvent, GuestEventKind, queries};

/// Who did what to a guest.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestEventView {
    #[schema(value_type = Uuid)]
    id: GuestEventId,
    /// `changed`, `note_added`, `note_removed`, `consent_given`, `consent_withdrawn`, `document_added`, `document_removed`,
    /// `merged` or `erased`.
    #[schema(value_type = String)]
    kind: GuestEventKind,
    /// Which fields; of a consent, which channel. What they were changed to is not kept.
    fields: Vec<String>,
    /// Which guest was merged into this one.
    #[schema(value_type = Option<Uuid>, required)]
    merged_guest_id: Option<GuestId>,
    /// Who: `staff:…` or `api_key:…`.
    #[schema(value_type = String)]
    actor: Actor,
    at: DateTime<Utc>,
}

impl From<GuestEvent> for GuestEventView {
    fn from(event: GuestEvent) -> Self {
        Self {
            id: event.id,
            kind: event.kind,
            fields: event.fields,
            merged_guest_id: event.merged_guest,
            actor: event.actor,
            at: event.at,
        }
    }
}

/// Lists what staff did to a guest, and to those who were merged into them, the newest first.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guest_events",
    params(("id" = Uuid, Path, description = "Which guest"), CursorParams),
    responses((status = 200, description = "A page of events", body = CursorPage<GuestEventView>))
)]
#[get("/guests/{id}/events")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<GuestEventView>>, Problem> {
    let id = guest_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = known(&mut tx, id).await?;
    let person = queries::person(&mut tx, &guest).await?;
    let events = queries::events(&mut tx, &person.ids, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(events, &page, |event| event.id)?;
    Ok(web::Json(page.map(GuestEventView::from)))
}
